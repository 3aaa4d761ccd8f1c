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

import java.util.function.Function;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiThreads;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends drafts, once or in as many rounds as their functions need.
 */
final class PromptExchange {

	private final GeminiOperations operations;

	private final GeminiClient client;

	private final RequestRules rules;

	PromptExchange(GeminiOperations operations, GeminiClient client, RequestRules rules) {
		this.operations = operations;
		this.client = client;
		this.rules = rules;
	}

	GeminiThreads threads() {
		return this.client.getThreads();
	}

	GenerateContentRequest toRequest(PromptDraft draft) {
		return this.rules.completeThinking(draft.toRequest());
	}

	Mono<GenerateContentResponse> call(PromptDraft draft) {
		if (draft.runner() == null) {
			return this.operations.generateContentAsync(toRequest(draft), draft.toOptions());
		}
		return turn(draft).map(GeminiTurn::response);
	}

	Mono<GeminiTurn> turn(PromptDraft draft) {
		GeminiCallOptions options = draft.toOptions();
		return turns(draft, (request) -> this.operations.generateContentAsync(request, options).flux(),
				(turns) -> turns.turn().flux())
			.single();
	}

	Flux<GenerateContentResponse> stream(PromptDraft draft) {
		GeminiCallOptions options = draft.toOptions();
		if (draft.runner() == null) {
			return this.operations.streamGenerateContent(toRequest(draft), options);
		}
		return turns(draft, (request) -> this.operations.streamGenerateContent(request, options), PromptTurns::events);
	}

	/**
	 * Apply the total time limit of a prompt to all that is done for it.
	 * @param draft the prompt
	 * @param work what is done
	 * @param <T> what comes of it
	 * @return what comes of it, or the failure that the time is over
	 */
	<T> Flux<T> limitTotal(PromptDraft draft, Flux<T> work) {
		return this.client.limitTotal(this.rules.modelOf(draft.request().build()), draft.toOptions(), work);
	}

	private <T> Flux<T> turns(PromptDraft draft,
			Function<GenerateContentRequest, Flux<GenerateContentResponse>> exchange,
			Function<PromptTurns, Flux<T>> result) {
		draft.checkMediaAreKept();
		GenerateContentRequest request = toRequest(draft);
		GeminiFunctionRunner runner = draft.runner();
		Flux<T> rounds = Flux
			.defer(() -> result.apply(new PromptTurns(request, draft.ownContents(), runner, exchange)));
		return (runner != null) ? this.client.limitTotal(this.rules.modelOf(request), draft.toOptions(), rounds)
				: rounds;
	}

}
