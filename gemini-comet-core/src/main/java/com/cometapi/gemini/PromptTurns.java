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
import java.util.function.Function;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiTooManyRoundsException;
import com.cometapi.gemini.function.GeminiFunctionRunner;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rounds of one prompt: an answer, the results of the functions it asks for, the next
 * answer. For one subscription.
 */
final class PromptTurns {

	private final Function<GenerateContentRequest, Flux<GenerateContentResponse>> exchange;

	private final @Nullable GeminiFunctionRunner runner;

	private final List<Content> ownContents;

	private final TurnRecorder recorder = new TurnRecorder();

	private GenerateContentRequest request;

	private int rounds;

	PromptTurns(GenerateContentRequest request, List<Content> ownContents, @Nullable GeminiFunctionRunner runner,
			Function<GenerateContentRequest, Flux<GenerateContentResponse>> exchange) {
		this.request = request;
		this.ownContents = ownContents;
		this.runner = runner;
		this.exchange = exchange;
	}

	/**
	 * Go through all rounds.
	 * @return the events of all rounds, and between two rounds the results of the
	 * functions as they are sent back
	 */
	Flux<GenerateContentResponse> events() {
		return this.exchange.apply(this.request).doOnNext(this.recorder::add).concatWith(Flux.defer(this::afterAnswer));
	}

	/**
	 * Go through all rounds.
	 * @return what they came to
	 */
	Mono<GeminiTurn> turn() {
		return events().then(Mono.fromSupplier(() -> this.recorder.toTurn(this.ownContents)));
	}

	private Flux<GenerateContentResponse> afterAnswer() {
		GenerateContentResponse response = this.recorder.answer();
		Content content = TurnContents.toReplay(response.content());
		List<FunctionCall> calls = FunctionTurns.callsToRun(response);
		if (this.runner == null || content == null || calls.isEmpty() || isForCaller(this.runner, calls)) {
			return Flux.empty();
		}
		int maxRounds = this.runner.settings().maxRounds();
		if (this.rounds++ >= maxRounds) {
			return Flux.error(new GeminiTooManyRoundsException(
					"The model asked for functions in more than %d rounds ('cometapi.gemini.functions.max-rounds')"
						.formatted(maxRounds),
					this.recorder.toTurn(this.ownContents).contents(), response));
		}
		return this.runner.run(calls).flatMapMany((results) -> next(content, results));
	}

	// Results go back all together, so one function that the caller runs makes all wait.
	private boolean isForCaller(GeminiFunctionRunner runner, List<FunctionCall> calls) {
		return calls.stream()
			.anyMatch(
					(call) -> !runner.hasFunction(call.name()) && FunctionTurns.isDeclared(this.request, call.name()));
	}

	private Flux<GenerateContentResponse> next(Content content, List<Part> results) {
		Content reply = Content.user(results.toArray(Part[]::new));
		this.request = FunctionTurns.continued(this.request, content, reply);
		GenerateContentResponse event = GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(reply).build())
			.build();
		this.recorder.add(event);
		return Flux.just(event).concatWith(Flux.defer(this::events));
	}

}
