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
 * neither {@code Optional} nor annotated with {@code Nullable} must be present; a member
 * that refers back to its own type may be absent. Constraints of Jakarta Validation are
 * part of the schema, and are checked if the application has a validator.
 *
 * <p>
 * An endpoint may not enforce the schema. JSON is therefore also accepted inside a
 * Markdown fence, and an object or a list of objects also with words around it, but only
 * if there is nothing else in the text that could be meant. Any other text is not a
 * value.
 *
 * @param <S> the type of the prompt
 */
public interface PromptEntitySpec<S extends PromptEntitySpec<S>> {

	/**
	 * Set the maximum number of repairs, instead of the configured one. A repair is
	 * another call, which is billed, that tells the model the errors in its response and
	 * asks for a better one. Responses that were blocked or cut off are not repaired, and
	 * neither are streams.
	 *
	 * <p>
	 * In a chat, a prompt and its repairs are one turn: no other turn comes in between,
	 * and the conversation stores the prompt, the function calls and their responses, and
	 * the response that fits, but neither rejected responses nor their corrections. If no
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
	 * Each element is a value of the type with everything that has arrived so far: a text
	 * as far as it is written; numbers, enums, dates and the like when they are complete.
	 * Members that have not arrived are {@code null}, 0, {@code false}, or an empty
	 * {@code Optional}, list or map. An object of several possible types appears when its
	 * type is known. The last element is complete and checked as that of
	 * {@link #entity(Class)}. A response that does not fit in the end is never repaired,
	 * since earlier elements cannot be taken back: the stream ends with a
	 * {@link GeminiResponseMismatchException} with its text. A chat stores a turn only if
	 * its response fits.
	 *
	 * <p>
	 * A subscriber that is slower than the model gets the latest state. A large response
	 * does not have an element for each piece that arrives, but one each time that it has
	 * grown by a 64th: the work stays proportional to its length.
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
