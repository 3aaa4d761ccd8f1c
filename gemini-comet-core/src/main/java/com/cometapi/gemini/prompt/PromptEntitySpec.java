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

package com.cometapi.gemini.prompt;

import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Responses as Java objects. Part of {@link PromptSpec}.
 *
 * <p>
 * The type may be a record, a bean, an enum, a sealed or another polymorphic type, a
 * simple value, or a list, an array or a map of these. Its schema is sent with the
 * prompt, and the application's own JSON mapper reads the response. A member that is
 * neither {@code Optional} nor annotated with {@code Nullable} must be there; what refers
 * to itself may be absent. Constraints of Jakarta Validation are part of the schema, and
 * are checked if the application has a validator.
 *
 * <p>
 * Where an endpoint does not hold the model to the schema, JSON is also found inside a
 * Markdown fence, and an object or a list of objects with words around it, but only if
 * there is nothing else in the text that could be meant. Any other text is not a value.
 *
 * @param <S> the type of the prompt
 */
public interface PromptEntitySpec<S extends PromptEntitySpec<S>> {

	/**
	 * Set the maximum number of repairs: calls, each of them billed, that tell the model
	 * which errors its response has and ask for a better one. Replaces the configured
	 * number. Responses that were blocked or cut off are not repaired, and neither are
	 * streams.
	 *
	 * <p>
	 * In a chat all of it is one turn: no other turn comes in between, and the
	 * conversation stores the prompt, the function calls and their responses, and the
	 * response that fits, but neither rejected responses nor their corrections. If no
	 * response fits, nothing is stored.
	 * @param repairs the number, 0 for never
	 * @return this prompt
	 */
	S repairs(int repairs);

	/**
	 * Send the prompt and wait for the response as a value. Blocks; billed.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws IllegalArgumentException if the type has no schema, or if the prompt has a
	 * schema of its own
	 * @throws GeminiBlockedException if a filter blocked the prompt or the response
	 * @throws GeminiNoTextException if the response has no text
	 * @throws GeminiResponseTruncatedException if the response is not complete
	 * @throws GeminiResponseMismatchException if the response is not a value of the type
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	default <T> T entity(Class<T> type) {
		return entity(ParameterizedTypeReference.<T>forType(type));
	}

	/**
	 * Send the prompt and wait for the response as a value. Blocks; billed.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws GeminiException as {@link #entity(Class)} does
	 */
	<T> T entity(ParameterizedTypeReference<T> type);

	/**
	 * Send the prompt and return the response as a value. Billed for each subscription.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value, or one of the exceptions that {@link #entity(Class)} throws
	 */
	default <T> Mono<T> entityAsync(Class<T> type) {
		return entityAsync(ParameterizedTypeReference.<T>forType(type));
	}

	/**
	 * Send the prompt and return the response as a value. Billed for each subscription.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value, or one of the exceptions that {@link #entity(Class)} throws
	 */
	<T> Mono<T> entityAsync(ParameterizedTypeReference<T> type);

	/**
	 * Send the prompt and return the response as a value that grows. Billed for each
	 * subscription.
	 *
	 * <p>
	 * Each element is a value of the type as far as it goes: a text that is being written
	 * is shown as it is, numbers, enums, dates and the like when they are whole. What has
	 * not come yet is {@code null}, 0, {@code false}, an empty {@code Optional}, list or
	 * map. An object of several possible types is shown when its type is known. The last
	 * element is complete and checked as that of {@link #entity(Class)}. A failure comes
	 * after the elements before it: what was shown cannot be taken back, so a response
	 * that does not fit in the end is a {@link GeminiResponseMismatchException} with its
	 * text, and never repaired. A chat stores a turn only if its response fits.
	 *
	 * <p>
	 * A subscriber that is slower than the model gets the latest state. Of a response
	 * that has grown large not every piece is shown, but only when another 64th has come:
	 * the work stays proportional to the length of the response.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the values, or one of the exceptions that {@link #entity(Class)} throws
	 */
	default <T> Flux<T> streamEntity(Class<T> type) {
		return streamEntity(ParameterizedTypeReference.<T>forType(type));
	}

	/**
	 * Send the prompt and return the response as a value that grows. Billed for each
	 * subscription.
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the values, as {@link #streamEntity(Class)} returns them
	 */
	<T> Flux<T> streamEntity(ParameterizedTypeReference<T> type);

}
