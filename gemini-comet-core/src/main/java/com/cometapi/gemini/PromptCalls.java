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

import java.util.function.Consumer;
import java.util.function.Function;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends a prompt each time that somebody subscribes, as a turn of its chat if it has one.
 */
final class PromptCalls {

	private final Mono<PromptDraft> draft;

	private final PromptExchange exchange;

	private final @Nullable ChatTurns turns;

	PromptCalls(Mono<PromptDraft> draft, PromptExchange exchange, @Nullable ChatTurns turns) {
		this.draft = draft;
		this.exchange = exchange;
		this.turns = turns;
	}

	PromptCalls with(Consumer<PromptDraft> step) {
		return new PromptCalls(this.draft.doOnNext(step), this.exchange, this.turns);
	}

	/**
	 * Send the prompt and return its last response, or something in it.
	 * @param view finds what is wanted in the response; if it fails, a chat is left as it
	 * was
	 * @param <T> what is wanted
	 * @return what the view returned
	 */
	<T> Mono<T> call(Function<GenerateContentResponse, T> view) {
		return (this.turns != null)
				? turn((ready) -> send(ready).map((turn) -> new TurnValue<>(turn, view.apply(turn.response()))),
						TurnValue::turn)
					.map(TurnValue::value)
				: CallerContext.capture(this.draft.flatMap(this.exchange::call).map(view));
	}

	Mono<GeminiTurn> turn() {
		return turn(this.exchange::turn, Function.identity());
	}

	/**
	 * Have a turn that takes more than one exchange.
	 * @param exchanges sends the draft as often as it takes
	 * @param toTurn returns what is kept
	 * @param <T> what comes of it
	 * @return what came of it, or a failure, which leaves a chat as it was
	 */
	<T> Mono<T> turn(Function<PromptDraft, Mono<T>> exchanges, Function<T, GeminiTurn> toTurn) {
		return CallerContext.capture(this.draft.flatMap((ready) -> (this.turns != null)
				? this.turns.turn(ready, this.exchange::limitTotal, exchanges, toTurn) : exchanges.apply(ready)));
	}

	Mono<GeminiTurn> send(PromptDraft draft) {
		return this.exchange.turn(draft);
	}

	/**
	 * Stream the prompt.
	 * @param view makes what is seen out of the events; if it fails, a chat is left as it
	 * was
	 * @param <T> what is seen
	 * @return what is seen
	 */
	<T> Flux<T> stream(Function<Flux<GenerateContentResponse>, Flux<T>> view) {
		return CallerContext.capture(this.draft.flatMapMany((ready) -> (this.turns != null)
				? this.turns.stream(ready, this.exchange::limitTotal, this.exchange::stream, view)
				: view.apply(this.exchange.stream(ready))));
	}

	/**
	 * A turn and the value that was found in its last response.
	 *
	 * @param turn the turn
	 * @param value the value
	 * @param <T> the type of the value
	 */
	record TurnValue<T>(GeminiTurn turn, T value) {

	}

}
