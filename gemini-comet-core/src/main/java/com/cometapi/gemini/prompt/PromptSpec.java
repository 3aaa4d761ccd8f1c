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
import com.cometapi.gemini.client.GeminiCallPriority;
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
 * A prompt under construction. Settings that are not made have the configured defaults; a
 * setting without a default is not sent.
 *
 * <p>
 * A prompt is not thread-safe while it is built. Each terminal operation takes the
 * settings that have been made so far, and may be called repeatedly. Its result may be
 * subscribed to by any thread. Each blocking call and each subscription sends a request
 * of its own.
 */
public interface PromptSpec extends PromptContentSpec<PromptSpec>, PromptGenerationSpec<PromptSpec>,
		PromptToolSpec<PromptSpec>, PromptFunctionSpec<PromptSpec>, PromptEntitySpec<PromptSpec>, PromptImageSpec {

	/**
	 * Add advisors for this prompt. They are outside of the configured ones, the first
	 * one outermost.
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
	 * Set the threshold at which responses are blocked for a harm category, instead of
	 * the configured one.
	 * @param category the kind of harm
	 * @param threshold the threshold
	 * @return this prompt
	 */
	PromptSpec safety(HarmCategory category, HarmBlockThreshold threshold);

	/**
	 * Use cached content as the context of this prompt.
	 * @param cachedContent the name of the context, {@code cachedContents/...}
	 * @return this prompt
	 */
	PromptSpec cachedContent(String cachedContent);

	/**
	 * Change a part of the request that has no method here, such as its labels or its
	 * service tier. Applied last, in the order of the calls; thinking defaults and roles
	 * are added after it.
	 * @param change changes the request
	 * @return this prompt
	 */
	PromptSpec request(Consumer<GenerateContentRequest.Builder> change);

	/**
	 * Set the key to use for this prompt, instead of the configured one.
	 * @param apiKey the key
	 * @return this prompt
	 * @throws IllegalArgumentException if the key has a character that is not allowed in
	 * keys
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
	 * Set the time until the first event, or until the response of a call that does not
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
	 * Set the time limit of the whole prompt, including retries, function rounds and
	 * storing a chat turn.
	 * @param timeout the time
	 * @return this prompt
	 */
	PromptSpec totalTimeout(Duration timeout);

	/**
	 * Set the retries, instead of the configured ones.
	 * @param retry the settings, {@link GeminiRetrySettings#NONE} for never
	 * @return this prompt
	 */
	PromptSpec retry(GeminiRetrySettings retry);

	/**
	 * Set the priority of the calls of this prompt while they wait for a rate limit of
	 * the application, {@link GeminiCallPriority#INTERACTIVE} by default.
	 * @param priority the priority
	 * @return this prompt
	 */
	PromptSpec priority(GeminiCallPriority priority);

	/**
	 * Set a key whose budgets this prompt is charged to. Any kind of key may be used,
	 * even one without a budget.
	 * @param kind the kind of the key, such as {@code tenant} or {@code user}, as named
	 * by the budgets
	 * @param key the key, such as the name of the tenant
	 * @return this prompt
	 */
	PromptSpec budgetKey(String kind, String key);

	/**
	 * Set whether the response may come from the response cache and be stored in it,
	 * instead of the configured choice. Has no effect without a cache, and none on
	 * prompts with functions.
	 * @param cacheResponse whether it may
	 * @return this prompt
	 */
	PromptSpec cacheResponse(boolean cacheResponse);

	/**
	 * Write the media of the response to a sink while they arrive, instead of holding
	 * them in the response: for media of any size, and for those that are only passed on.
	 * Such media cannot be sent back to the model, so that a prompt with functions, of a
	 * chat, for an entity or with {@link #result()} as its terminal operation is refused
	 * with an {@link IllegalArgumentException}.
	 *
	 * <p>
	 * A response without any medium, drafts in the thoughts aside, ends with a
	 * {@link GeminiNoMediaException}, even if it has a text and ended with {@code STOP},
	 * or with a {@link GeminiBlockedException}. If the model may respond with text alone,
	 * their {@code getResponse()} has it; a stream has delivered it before.
	 * @param sink takes the media
	 * @return this prompt
	 */
	PromptSpec mediaSink(GeminiMediaSink sink);

	/**
	 * Send the prompt and wait for the whole response. Blocks; billed.
	 * @return the response, even if a filter blocked it
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	GenerateContentResponse call();

	/**
	 * Send the prompt and return the whole response. Billed for each subscription.
	 * @return the response, even if a filter blocked it, or a {@link GeminiException}
	 */
	Mono<GenerateContentResponse> callAsync();

	/**
	 * Send the prompt and return the response as it grows. Billed for each subscription.
	 *
	 * <p>
	 * With functions to run, the events of each round are followed by one event with the
	 * function responses, in a content with the role {@code user}, as they are sent back
	 * to the model.
	 * @return the events of the response, each when its last byte arrives, then the end
	 * or a {@link GeminiException}
	 */
	Flux<GenerateContentResponse> stream();

	/**
	 * Send the prompt, wait for the whole response and return it with everything to be
	 * added to the history of a conversation. Blocks; billed.
	 * @return the result, even if a filter blocked the response
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	PromptResult result();

	/**
	 * Send the prompt and return the whole response with everything to be added to the
	 * history of a conversation. Billed for each subscription.
	 * @return the result, even if a filter blocked the response, or a
	 * {@link GeminiException}
	 */
	Mono<PromptResult> resultAsync();

	/**
	 * Send the prompt and wait for the text of the response, without thoughts. Blocks;
	 * billed.
	 *
	 * <p>
	 * A text that was cut off at {@code maxOutputTokens} is returned as far as it goes;
	 * only the finish reason of {@link #call()} shows it. The text is empty only if the
	 * model ended with {@code STOP} and said nothing at all, as it may do after functions
	 * have run. A chat stores the turn only if there is no exception.
	 * @return the text
	 * @throws GeminiBlockedException if a filter blocked the prompt or the response, even
	 * if there is some text
	 * @throws GeminiResponseTruncatedException if the model ended the response by a
	 * fault, such as a malformed function call, after some text
	 * @throws GeminiNoTextException if the response has no text, for example because
	 * thoughts used up all tokens or because the model asks for a function instead
	 * @throws GeminiException if the response did not arrive as a whole
	 */
	String text();

	/**
	 * Send the prompt and return the text of the response, without thoughts. Billed for
	 * each subscription.
	 * @return the text, or one of the exceptions that {@link #text()} throws
	 */
	Mono<String> textAsync();

	/**
	 * Send the prompt and return the text of the response as it grows, without thoughts.
	 * Billed for each subscription.
	 * @return the pieces of the text, none of them empty, then the end or one of the
	 * exceptions that {@link #text()} throws
	 */
	Flux<String> streamText();

	/**
	 * Return the request that would be sent, without sending it. Reads media that have
	 * not been read yet, and asks the sources of functions.
	 * @return the request, with its model, its roles and the configured defaults
	 * @throws IllegalArgumentException if it would be refused
	 */
	GenerateContentRequest request();

}
