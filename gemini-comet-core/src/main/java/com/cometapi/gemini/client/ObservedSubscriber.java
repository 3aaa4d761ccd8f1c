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

package com.cometapi.gemini.client;

import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.Events;
import com.cometapi.gemini.observation.GeminiObservations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Stops the observation of a call before the end of the call is signalled to the
 * subscriber.
 */
final class ObservedSubscriber extends ForwardingSubscriber<GenerateContentResponse, GenerateContentResponse> {

	private final Observation observation;

	private final GeminiObservationContext observed;

	private final Context context;

	private final AtomicBoolean ended = new AtomicBoolean();

	// Null for a call that is not streamed. Shared with the thread that cancels.
	private final @Nullable ResponseAccumulator events;

	private boolean hasEvents;

	ObservedSubscriber(CoreSubscriber<? super GenerateContentResponse> actual, Observation observation,
			GeminiObservationContext observed, boolean contentUsed) {
		super(actual);
		this.observation = observation;
		this.observed = observed;
		this.context = actual.currentContext().put(ObservationThreadLocalAccessor.KEY, observation);
		this.events = (observed.isStreaming()) ? accumulator(contentUsed) : null;
	}

	private static ResponseAccumulator accumulator(boolean contentUsed) {
		return (contentUsed) ? new ResponseAccumulator() : ResponseAccumulator.withoutContent();
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onNext(GenerateContentResponse response) {
		if (this.events != null) {
			add(this.events, response);
		}
		else {
			// A caller that waits for the response continues before the call completes.
			end(response, null, false);
		}
		actual().onNext(response);
	}

	private void add(ResponseAccumulator events, GenerateContentResponse event) {
		synchronized (events) {
			if (!this.hasEvents) {
				this.hasEvents = true;
				this.observed.markFirstEvent();
			}
			events.add(event);
		}
	}

	@Override
	public void onError(Throwable failure) {
		end(null, failure, false);
		actual().onError(failure);
	}

	@Override
	public void onComplete() {
		end(null, null, false);
		actual().onComplete();
	}

	@Override
	public void cancel() {
		super.cancel();
		end(null, null, true);
	}

	private void end(@Nullable GenerateContentResponse response, @Nullable Throwable failure, boolean cancelled) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		GeminiObservations.stop(this.observation, () -> {
			GenerateContentResponse whole = (this.events != null) ? whole(this.events) : response;
			this.observed.setResponse(whole);
			if (whole != null && whole.modelStatus() != null && whole.modelStatus().announcesRetirement()) {
				this.observation.event(Events.MODEL_RETIREMENT);
			}
			if (failure != null) {
				this.observation.error(failure);
			}
			if (cancelled) {
				this.observed.markCancelled();
			}
		});
	}

	private @Nullable GenerateContentResponse whole(ResponseAccumulator events) {
		synchronized (events) {
			return this.hasEvents ? events.toResponse() : null;
		}
	}

}
