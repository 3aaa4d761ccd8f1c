/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.cometapi.gemini.function;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import com.cometapi.gemini.api.FunctionDeclaration;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * A function that a model may call and that this application runs.
 *
 * <p>
 * Created from a lambda with one of the {@code of} methods, from a bean method with
 * {@link com.cometapi.gemini.function.annotation.GeminiFunction}, or by implementing this
 * interface. Must be thread-safe: calls of one round run concurrently.
 *
 * <p>
 * The return value of a function becomes the function response for the model:
 * <ul>
 * <li>a record, a bean or a map as the application's {@code JsonMapper} writes it;</li>
 * <li>a text, a number, a list or {@code null} as the member {@code output} of an object,
 * which the API requires;</li>
 * <li>the value of a {@code Mono}, a {@code CompletionStage}, a {@code Future} or any
 * other publisher, the elements of a {@code Flux} as a list;</li>
 * <li>a {@link com.cometapi.gemini.api.Blob}, a
 * {@link org.springframework.core.io.Resource} with a known media type, or a list of
 * these as media; a {@link GeminiFunctionResult} as a value with media;</li>
 * <li>a {@link com.cometapi.gemini.api.FunctionResponse} unchanged except for its name
 * and id.</li>
 * </ul>
 * An exception is reported to the model or ends the prompt, see
 * {@link GeminiFunctionSettings.OnError}. Of all exceptions, the model only sees the
 * message of a {@link GeminiFunctionException}.
 */
public interface GeminiFunctionCallback {

	/**
	 * Return the declaration of the function for the model. The name must always be the
	 * same.
	 * @param types generates the schemas of Java types
	 * @return the declaration
	 */
	FunctionDeclaration declaration(GeminiFunctionTypes types);

	/**
	 * Read and check the arguments of a call, without running it.
	 * @param call the call
	 * @param types converts arguments to Java objects
	 * @return the invocation that runs the call
	 * @throws GeminiFunctionException if the arguments are not valid; the message is for
	 * the model
	 */
	Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types);

	/**
	 * Return whether an invocation may block. Otherwise it runs on any thread, including
	 * event loops.
	 * @return {@code true} unless overridden
	 */
	default boolean isBlocking() {
		return true;
	}

	/**
	 * Return whether the function requires an approval. If the prompt has none, calls are
	 * refused, and the model is told that they were not allowed.
	 * @return {@code false} unless overridden
	 */
	default boolean needsApproval() {
		return false;
	}

	/**
	 * Return the origin of the function.
	 * @return the origin, or {@code null} if the function is part of the application
	 */
	default @Nullable GeminiFunctionOrigin origin() {
		return null;
	}

	/**
	 * Create a function that takes one object. A type that is not an object in JSON, such
	 * as a text or a list, is declared as an object with the member {@code input}.
	 * @param name the name, a letter or {@code _}, followed by at most 63 letters,
	 * digits, {@code _}, {@code -}, {@code .} and {@code :}
	 * @param description the description for the model: the purpose of the function and
	 * when to call it
	 * @param inputType the type of the arguments
	 * @param function runs a call; may block
	 * @param <I> the type of the arguments
	 * @return the function
	 */
	static <I> GeminiFunctionCallback of(String name, String description, Class<I> inputType,
			Function<? super I, ? extends @Nullable Object> function) {
		Assert.notNull(function, "'function' must not be null");
		return of(name, description, inputType, (input, context) -> function.apply(input));
	}

	/**
	 * Create a function that takes one object and the context of the prompt.
	 * @param name the name
	 * @param description the description for the model: the purpose of the function and
	 * when to call it
	 * @param inputType the type of the arguments
	 * @param function runs a call; may block
	 * @param <I> the type of the arguments
	 * @return the function
	 */
	static <I> GeminiFunctionCallback of(String name, String description, Class<I> inputType,
			BiFunction<? super I, GeminiFunctionContext, ? extends @Nullable Object> function) {
		Assert.notNull(inputType, "'inputType' must not be null");
		Assert.notNull(function, "'function' must not be null");
		return new TypedFunctionCallback<>(name, description, inputType, function);
	}

	/**
	 * Create a function that takes one object of a generic type and the context of the
	 * prompt.
	 * @param name the name
	 * @param description the description for the model: the purpose of the function and
	 * when to call it
	 * @param inputType the type of the arguments
	 * @param function runs a call; may block
	 * @param <I> the type of the arguments
	 * @return the function
	 */
	static <I> GeminiFunctionCallback of(String name, String description, ParameterizedTypeReference<I> inputType,
			BiFunction<? super I, GeminiFunctionContext, ? extends @Nullable Object> function) {
		Assert.notNull(inputType, "'inputType' must not be null");
		Assert.notNull(function, "'function' must not be null");
		return new TypedFunctionCallback<>(name, description, inputType.getType(), function);
	}

	/**
	 * Create a function without arguments.
	 * @param name the name
	 * @param description the description for the model: the purpose of the function and
	 * when to call it
	 * @param function runs a call; may block
	 * @return the function
	 */
	static GeminiFunctionCallback of(String name, String description, Supplier<? extends @Nullable Object> function) {
		Assert.notNull(function, "'function' must not be null");
		return new TypedFunctionCallback<>(name, description, Void.class, (input, context) -> function.get());
	}

	/**
	 * Create a function with an explicit declaration that reads its arguments itself.
	 * They are first validated against the declared schema at every depth, for these
	 * keywords: {@code type}, {@code nullable}, {@code format}, {@code enum},
	 * {@code const}, {@code properties}, {@code required}, {@code additionalProperties}
	 * (including {@code false}), {@code items}, {@code prefixItems}, {@code anyOf},
	 * {@code oneOf} (as {@code anyOf}) and {@code $ref} to a place in the same document.
	 * All other keywords are up to the function: bounds, lengths, patterns and counts,
	 * and {@code allOf}, {@code not}, conditions, anchors and references to other
	 * documents.
	 * @param declaration the declaration
	 * @param function runs a call; may block
	 * @return the function
	 */
	static GeminiFunctionCallback of(FunctionDeclaration declaration,
			Function<GeminiFunctionCall, ? extends @Nullable Object> function) {
		Assert.notNull(declaration, "'declaration' must not be null");
		Assert.notNull(function, "'function' must not be null");
		return new DeclaredFunctionCallback(declaration, function);
	}

	/**
	 * A function call with checked arguments, ready to run.
	 */
	@FunctionalInterface
	interface Invocation {

		/**
		 * Run the call. The thread is interrupted on cancellation of the prompt and on
		 * timeout.
		 * @return the result
		 * @throws Exception if the function fails
		 */
		@Nullable Object invoke() throws Exception;

	}

}
