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

package com.cometapi.gemini;

import java.util.List;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.PromptSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operations of the Gemini native API, implemented by {@link GeminiTemplate}. An
 * interface, so that tests can replace it.
 *
 * <p>
 * Start with {@link #prompt(String)}: <pre class="code">
 * String text = gemini.prompt("Explain how AI works in a few words").text();
 *
 * Flux&lt;GenerateContentResponse&gt; events = gemini.prompt()
 *     .system("You are a math tutor. Always show your work.")
 *     .user("What is 2+2?")
 *     .stream();
 * </pre> A prompt starts with the configured defaults. A {@link GenerateContentRequest}
 * that the application builds is sent unchanged, with two exceptions: a missing model is
 * replaced by the configured one, and a content without a role gets the role
 * {@code user}.
 *
 * <p>
 * A method that returns a {@link Mono} or a {@link Flux} sends nothing before it is
 * subscribed to, and one request for each subscription; cancelling closes the connection.
 * A method that returns the result itself blocks; on a thread that must not block, such
 * as an event loop, it throws an {@link IllegalStateException} at once. If the waiting
 * thread is interrupted, the call is cancelled, a
 * {@link java.util.concurrent.CancellationException} is thrown and the thread stays
 * interrupted.
 *
 * <p>
 * A failure of the endpoint or of the connection is a {@link GeminiException}. A mistake
 * of the caller, such as a malformed model id or a thinking level together with a
 * thinking budget, is an {@link IllegalArgumentException} before anything is sent.
 * Blocking methods throw both, the others signal them.
 */
public interface GeminiOperations {

	/**
	 * Start a prompt.
	 * @return a new prompt
	 */
	PromptSpec prompt();

	/**
	 * Start a prompt with the given user text.
	 * @param text the text
	 * @return a new prompt
	 */
	default PromptSpec prompt(String text) {
		return prompt().user(text);
	}

	/**
	 * Send a request and wait for the whole response. Blocks; billed.
	 * @param request the request
	 * @return the response, even if it was blocked
	 * @throws GeminiException if the call failed or the response is incomplete
	 */
	default GenerateContentResponse generateContent(GenerateContentRequest request) {
		return generateContent(request, GeminiCallOptions.DEFAULTS);
	}

	/**
	 * Send a request and wait for the whole response. Blocks; billed.
	 * @param request the request
	 * @param options the per-call options
	 * @return the response, even if it was blocked
	 * @throws GeminiException if the call failed or the response is incomplete
	 */
	GenerateContentResponse generateContent(GenerateContentRequest request, GeminiCallOptions options);

	/**
	 * Send a request and return the whole response. Billed for each subscription.
	 * @param request the request
	 * @return the response, even if it was blocked, or a {@link GeminiException}
	 */
	default Mono<GenerateContentResponse> generateContentAsync(GenerateContentRequest request) {
		return generateContentAsync(request, GeminiCallOptions.DEFAULTS);
	}

	/**
	 * Send a request and return the whole response. Billed for each subscription.
	 * @param request the request
	 * @param options the per-call options
	 * @return the response, even if it was blocked, or a {@link GeminiException}
	 */
	Mono<GenerateContentResponse> generateContentAsync(GenerateContentRequest request, GeminiCallOptions options);

	/**
	 * Send a request and return the events of the response as they arrive. Billed for
	 * each subscription.
	 * @param request the request
	 * @return the events, each as soon as its last byte has arrived; fails with a
	 * {@link GeminiException}
	 */
	default Flux<GenerateContentResponse> streamGenerateContent(GenerateContentRequest request) {
		return streamGenerateContent(request, GeminiCallOptions.DEFAULTS);
	}

	/**
	 * Send a request and return the events of the response as they arrive. Billed for
	 * each subscription.
	 * @param request the request
	 * @param options the per-call options
	 * @return the events, each as soon as its last byte has arrived; fails with a
	 * {@link GeminiException}
	 */
	Flux<GenerateContentResponse> streamGenerateContent(GenerateContentRequest request, GeminiCallOptions options);

	/**
	 * Return the models that the endpoint offers. Blocks; never billed.
	 * @return the models
	 * @throws GeminiException if the endpoint did not list them
	 */
	default List<Model> models() {
		return models(GeminiCallOptions.DEFAULTS);
	}

	/**
	 * Return the models that the endpoint offers. Blocks; never billed.
	 * @param options the per-call options
	 * @return the models
	 * @throws GeminiException if the endpoint did not list them
	 */
	List<Model> models(GeminiCallOptions options);

	/**
	 * Return the models that the endpoint offers. Never billed.
	 * @return the models, or a {@link GeminiException}
	 */
	default Mono<List<Model>> modelsAsync() {
		return modelsAsync(GeminiCallOptions.DEFAULTS);
	}

	/**
	 * Return the models that the endpoint offers. Never billed.
	 * @param options the per-call options
	 * @return the models, or a {@link GeminiException}
	 */
	Mono<List<Model>> modelsAsync(GeminiCallOptions options);

}
