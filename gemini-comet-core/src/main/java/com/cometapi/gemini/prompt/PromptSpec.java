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

import java.time.Duration;
import java.util.function.Consumer;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.client.GeminiMediaSink;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A prompt under construction. What it does not set itself is taken from the configured
 * defaults; nothing else is sent.
 *
 * <p>
 * A prompt belongs to one thread while it is built. Each of the methods that end it takes
 * what has been set so far, may be called again and again, and may be subscribed to by
 * any thread; each call and each subscription is a request of its own.
 */
public interface PromptSpec extends PromptContentSpec<PromptSpec>, PromptGenerationSpec<PromptSpec>,
		PromptToolSpec<PromptSpec>, PromptFunctionSpec<PromptSpec>, PromptEntitySpec<PromptSpec>, PromptImageSpec {

	/**
	 * Add advisors of the turns that this prompt takes. They are outside of the
	 * configured ones, the first one outermost.
	 * @param advisors the advisors
	 * @return this prompt
	 */
	PromptSpec advisors(TurnAdvisor... advisors);

	/**
	 * Set the model to ask, instead of the configured one.
	 * @param model the id, such as {@code gemini-3.5-flash}, with or without
	 * {@code models/} before it
	 * @return this prompt
	 */
	PromptSpec model(String model);

	/**
	 * Set from which probability of harm on an answer is blocked, instead of the
	 * configured threshold of the category.
	 * @param category the kind of harm
	 * @param threshold the threshold
	 * @return this prompt
	 */
	PromptSpec safety(HarmCategory category, HarmBlockThreshold threshold);

	/**
	 * Let the prompt stand behind a context that the endpoint has cached.
	 * @param cachedContent the name of the context, {@code cachedContents/...}
	 * @return this prompt
	 */
	PromptSpec cachedContent(String cachedContent);

	/**
	 * Change the request in a way for which there is no method here, such as its labels
	 * or its service tier. Applied last, in the order of the calls; thinking defaults and
	 * roles are added after it.
	 * @param change changes the request
	 * @return this prompt
	 */
	PromptSpec request(Consumer<GenerateContentRequest.Builder> change);

	/**
	 * Set the key to use for this prompt, instead of the configured one.
	 * @param apiKey the key
	 * @return this prompt
	 * @throws IllegalArgumentException if the key has a character that no key has
	 */
	PromptSpec apiKey(String apiKey);

	/**
	 * Add a header to the HTTP request.
	 * @param name the name
	 * @param value the value
	 * @return this prompt
	 * @throws IllegalArgumentException if RFC 9110 forbids the name or the value
	 */
	PromptSpec header(String name, String value);

	/**
	 * Set the time until the first event, or until the answer of a call that does not
	 * stream.
	 * @param timeout the time
	 * @return this prompt
	 */
	PromptSpec firstEventTimeout(Duration timeout);

	/**
	 * Set the time between two events of a stream.
	 * @param timeout the time
	 * @return this prompt
	 */
	PromptSpec idleTimeout(Duration timeout);

	/**
	 * Set the time of the whole call, all attempts included.
	 * @param timeout the time
	 * @return this prompt
	 */
	PromptSpec totalTimeout(Duration timeout);

	/**
	 * Set when and how often to try again, instead of the configured way.
	 * @param retry the settings, {@link GeminiRetrySettings#NONE} for never
	 * @return this prompt
	 */
	PromptSpec retry(GeminiRetrySettings retry);

	/**
	 * Give the media of the answer away while they arrive, instead of holding them in the
	 * answer: for pictures of any size, and those that are only passed on. What was given
	 * away cannot be sent back to the model, so that a prompt with functions, of a chat,
	 * for an entity or ended with {@link #result()} is refused with an
	 * {@link IllegalArgumentException}.
	 *
	 * <p>
	 * A response without any medium, drafts in the thoughts aside, ends with a
	 * {@link GeminiNoMediaException}, also if it has a text and ended in the regular way,
	 * or with a {@link GeminiBlockedException}. Where the model may answer with words
	 * alone, their {@code getResponse()} has them; a stream has handed them over before.
	 * @param sink takes the media
	 * @return this prompt
	 */
	PromptSpec mediaSink(GeminiMediaSink sink);

	/**
	 * Send the prompt and wait for the whole answer. Blocks; billed.
	 * @return the answer, also if a filter blocked it
	 * @throws GeminiException if there is no whole answer
	 */
	GenerateContentResponse call();

	/**
	 * Send the prompt and return the whole answer. Billed for each subscription.
	 * @return the answer, also if a filter blocked it, or a {@link GeminiException}
	 */
	Mono<GenerateContentResponse> callAsync();

	/**
	 * Send the prompt and return the answer as it grows. Billed for each subscription.
	 *
	 * <p>
	 * With functions to run the pieces of each round's answer are followed by one
	 * response that holds the results of the functions, in a content with the role
	 * {@code user}, as it is sent back to the model.
	 * @return the pieces of the answer, each when its last byte arrives, then the end or
	 * a {@link GeminiException}
	 */
	Flux<GenerateContentResponse> stream();

	/**
	 * Send the prompt, wait for the whole answer and return it with all that belongs into
	 * the history of a conversation. Blocks; billed.
	 * @return the turn, also if a filter blocked the answer
	 * @throws GeminiException if there is no whole answer
	 */
	PromptResult result();

	/**
	 * Send the prompt and return the whole answer with all that belongs into the history
	 * of a conversation. Billed for each subscription.
	 * @return the turn, also if a filter blocked the answer, or a {@link GeminiException}
	 */
	Mono<PromptResult> resultAsync();

	/**
	 * Send the prompt and wait for the text of the answer, without thoughts. Blocks;
	 * billed.
	 *
	 * <p>
	 * A text that was cut because it reached {@code maxOutputTokens} is returned as far
	 * as it goes; {@link #call()} tells by its finish reason. The text is empty only if
	 * the model ended with {@code STOP} and said nothing at all, as it may do after
	 * functions have run. A chat keeps the turn if, and only if, there is no exception.
	 * @return the text
	 * @throws GeminiBlockedException if a filter blocked the prompt or the answer, also
	 * if there is some text
	 * @throws GeminiResponseTruncatedException if the model ended the answer by a fault,
	 * such as a malformed function call, after some text
	 * @throws GeminiNoTextException if the answer has no text, for example because
	 * thoughts used up all tokens or because the model asks for a function instead
	 * @throws GeminiException if there is no whole answer
	 */
	String text();

	/**
	 * Send the prompt and return the text of the answer, without thoughts. Billed for
	 * each subscription.
	 * @return the text, or one of the exceptions that {@link #text()} throws
	 */
	Mono<String> textAsync();

	/**
	 * Send the prompt and return the text of the answer as it grows, without thoughts.
	 * Billed for each subscription.
	 * @return the pieces of the text, none of them empty, then the end or one of the
	 * exceptions that {@link #text()} throws
	 */
	Flux<String> streamText();

	/**
	 * Return the request that would be sent, without sending it. Reads media that have
	 * not been read yet.
	 * @return the request, with its model, its roles and the configured defaults
	 * @throws IllegalArgumentException if it would be refused
	 */
	GenerateContentRequest request();

}
