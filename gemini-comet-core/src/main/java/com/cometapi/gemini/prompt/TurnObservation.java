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

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.observation.GeminiObservations;
import com.cometapi.gemini.observation.GeminiTurnObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * Observes a turn, from its subscription to its end. The observations of its calls and
 * functions become children.
 */
final class TurnObservation extends DefaultSignalListener<GenerateContentResponse> {

	private final Observation observation;

	private final GeminiTurnObservationContext observed;

	private final PromptRun run;

	private TurnObservation(Observation observation, GeminiTurnObservationContext observed, PromptRun run) {
		this.observation = observation;
		this.observed = observed;
		this.run = run;
	}

	/**
	 * Observe a turn if there is a registry.
	 * @param events the events of the turn
	 * @param run the run of the prompt
	 * @param model the requested model
	 * @return the observed events
	 */
	static Flux<GenerateContentResponse> observe(Flux<GenerateContentResponse> events, PromptRun run,
			@Nullable String model) {
		ObservationRegistry registry = run.factory().client().getObservationRegistry();
		if (registry.isNoop()) {
			return events;
		}
		return Flux.deferContextual((context) -> {
			GeminiTurnObservationContext observed = new GeminiTurnObservationContext(model, run.isStreamed());
			run.observed(observed);
			Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			Observation observation = GeminiObservations.startTurn(observed, registry, parent);
			return (observation.isNoop()) ? events : events.tap(() -> new TurnObservation(observation, observed, run));
		});
	}

	@Override
	public Context addToContext(Context context) {
		return context.put(ObservationThreadLocalAccessor.KEY, this.observation);
	}

	@Override
	public void doOnComplete() {
		end(null, false);
	}

	@Override
	public void doOnError(Throwable failure) {
		end(failure, false);
	}

	@Override
	public void doOnCancel() {
		end(null, true);
	}

	private void end(@Nullable Throwable failure, boolean cancelled) {
		GeminiObservations.stop(this.observation, () -> {
			if (cancelled) {
				this.observed.markCancelled();
			}
			if (failure != null) {
				this.observation.error(failure);
			}
			this.observed.setRounds(this.run.calls());
			if (!cancelled) {
				// The thread that cancels must not read what the other one records.
				TurnRecorder recorder = this.run.recorder();
				GenerateContentResponse response = recorder.response();
				this.observed.setUsage(recorder.totalUsage(response), recorder.totalCost(response));
			}
		});
	}

}
