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

package com.cometapi.gemini.fallback;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter.Next;
import com.cometapi.gemini.client.GeminiMediaSink;
import com.cometapi.gemini.error.GeminiCircuitOpenException;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.fallback.GeminiCircuitBreaker.Permission;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.prompt.ModelAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Makes one call and tries its fallbacks one after the other. Lives for one subscription.
 */
final class FallbackCall {

	private static final Log logger = LogFactory.getLog(GeminiFallbackExchangeFilter.class);

	private final GeminiExchange exchange;

	private final Iterator<ConnectionModel> models;

	private final Set<GeminiFallbackReason> reasons;

	private final ModelAdapter adapter;

	private final CircuitBreakers breakers;

	private final List<GeminiFallbackListener> listeners;

	private final Next next;

	// The model that was tried last, and the reason to leave it.
	private @Nullable ConnectionModel previous;

	private GeminiFallbackReason reason = GeminiFallbackReason.CIRCUIT_OPEN;

	private @Nullable GeminiException lastFailure;

	private @Nullable GeminiException firstFailure;

	private Duration wait = Duration.ofSeconds(Long.MAX_VALUE);

	// Whether the caller has got a part of the response.
	private volatile boolean handedOver;

	FallbackCall(GeminiExchange exchange, List<ConnectionModel> models, Set<GeminiFallbackReason> reasons,
			ModelAdapter adapter, CircuitBreakers breakers, List<GeminiFallbackListener> listeners, Next next) {
		this.exchange = exchange;
		this.models = models.iterator();
		this.reasons = reasons;
		this.adapter = adapter;
		this.breakers = breakers;
		this.listeners = listeners;
		this.next = next;
	}

	/**
	 * Make the call, to the first model that admits it and does not fail.
	 * @return the events of the response
	 */
	Flux<GenerateContentResponse> events() {
		while (this.models.hasNext()) {
			ConnectionModel model = this.models.next();
			GeminiCircuitBreaker breaker = this.breakers.get(model);
			Permission permission = (breaker != null) ? breaker.tryAcquire() : null;
			if (breaker == null || permission != null) {
				return call(model, permission);
			}
			Duration wait = breaker.getRetryAfter();
			this.wait = (wait.compareTo(this.wait) < 0) ? wait : this.wait;
			// A failure says more than an open circuit.
			this.previous = (this.previous != null) ? this.previous : model;
		}
		return Flux.error((this.firstFailure != null) ? this.firstFailure : circuitsAreOpen());
	}

	private Flux<GenerateContentResponse> call(ConnectionModel model, @Nullable Permission permission) {
		boolean isFallback = this.previous != null;
		GeminiFallbackReason reason = this.reason;
		if (this.previous != null) {
			announce(new GeminiFallbackEvent(this.previous.connection(), this.previous.model(), model.connection(),
					model.model(), reason, this.lastFailure));
		}
		CircuitCall circuit = new CircuitCall(permission);
		Flux<GenerateContentResponse> events = Flux.defer(() -> this.next.exchange(adapt(model))).doOnNext((event) -> {
			this.handedOver = true;
			circuit.markEvent();
		})
			.doOnComplete(circuit::succeed)
			.doOnCancel(circuit::cancel)
			.onErrorResume((ex) -> handleFailure(model, circuit, ex));
		if (!model.model().equals(this.exchange.model())) {
			events = events.map(this.adapter.responseAdapter(model.model(), this.exchange.model()));
		}
		return (isFallback)
				? events.map(FallbackCall::markFallback)
					.contextWrite((context) -> context.put(GeminiObservationContext.FALLBACK_REASON, reason.value()))
				: events;
	}

	private GeminiExchange adapt(ConnectionModel model) {
		GeminiExchange adapted = this.exchange;
		if (!model.model().equals(adapted.model())) {
			adapted = adapted.withModel(model.model())
				.withRequest(this.adapter.adaptRequest(adapted.request(), adapted.model(), model.model()));
		}
		GeminiCallOptions options = adapted.options();
		if (!model.connection().equals(adapted.connection())) {
			adapted = adapted.withConnection(model.connection());
			options = options.toBuilder().clearHeaders().build();
		}
		GeminiMediaSink sink = options.mediaSink();
		return adapted
			.withOptions((sink != null) ? options.toBuilder().mediaSink(markingHandedOver(sink)).build() : options);
	}

	private GeminiMediaSink markingHandedOver(GeminiMediaSink sink) {
		return (mimeType) -> {
			this.handedOver = true;
			return sink.open(mimeType);
		};
	}

	private Flux<GenerateContentResponse> handleFailure(ConnectionModel model, CircuitCall circuit, Throwable ex) {
		GeminiFallbackReason reason = (ex instanceof GeminiException exception) ? GeminiFallbackReason.of(exception)
				: null;
		reason = (reason != null && this.reasons.contains(reason)) ? reason : null;
		circuit.fail(reason, ex);
		if (!(ex instanceof GeminiException failure) || this.handedOver) {
			return Flux.error(ex);
		}
		if (this.firstFailure == null) {
			this.firstFailure = failure;
		}
		else if (this.firstFailure != failure) {
			this.firstFailure.addSuppressed(failure);
		}
		if (reason == null || isCharged(failure)) {
			return Flux.error(this.firstFailure);
		}
		this.previous = model;
		this.reason = reason;
		this.lastFailure = failure;
		// The next request must not be written on an event loop.
		return Flux.defer(this::events).subscribeOn(Schedulers.parallel());
	}

	// Without streaming, the endpoint sends nothing before the response is complete, and
	// billed.
	private boolean isCharged(GeminiException failure) {
		return !this.exchange.streamed() && failure instanceof GeminiConnectionException connection
				&& connection.isResponseStarted();
	}

	private GeminiCircuitOpenException circuitsAreOpen() {
		return new GeminiCircuitOpenException(
				"No call was made to %s: its circuit and those of its fallbacks are open after earlier failures. Try again in %s s"
					.formatted(this.previous, this.wait.toMillis() / 1000.0),
				this.wait);
	}

	private void announce(GeminiFallbackEvent event) {
		if (logger.isDebugEnabled()) {
			logger.debug("Fallback from '%s' (%s) to '%s' (%s): %s".formatted(event.fromModel(), event.fromConnection(),
					event.toModel(), event.toConnection(),
					(event.failure() != null) ? event.failure().getMessage() : event.reason().value()));
		}
		for (GeminiFallbackListener listener : this.listeners) {
			try {
				listener.onFallback(event);
			}
			catch (RuntimeException ex) {
				logger.warn("A fallback listener failed", ex);
			}
		}
	}

	private static GenerateContentResponse markFallback(GenerateContentResponse event) {
		ResponseOrigin origin = event.origin();
		return (origin != null) ? event.toBuilder().origin(origin.withFallback()).build() : event;
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	/**
	 * Reports the outcome of a call to its circuit breaker, once.
	 */
	private static final class CircuitCall {

		private final AtomicReference<@Nullable Permission> permission;

		private final long started = now();

		private volatile @Nullable Duration firstEvent;

		CircuitCall(@Nullable Permission permission) {
			this.permission = new AtomicReference<>(permission);
		}

		void markEvent() {
			if (this.firstEvent == null) {
				this.firstEvent = elapsed();
			}
		}

		void succeed() {
			Duration firstEvent = this.firstEvent;
			end((permission) -> permission.recordSuccess((firstEvent != null) ? firstEvent : elapsed()));
		}

		// A cancelled call is a success if the model had begun to respond, else it does
		// not count.
		void cancel() {
			if (this.firstEvent != null) {
				succeed();
			}
			else {
				end(Permission::release);
			}
		}

		void fail(@Nullable GeminiFallbackReason reason, Throwable failure) {
			if (reason == null || !reason.isFailureOfEndpoint()) {
				end(Permission::release);
			}
			else {
				end((permission) -> permission.recordFailure(elapsed(), failure));
			}
		}

		private void end(Consumer<Permission> outcome) {
			Permission permission = this.permission.getAndSet(null);
			if (permission != null) {
				outcome.accept(permission);
			}
		}

		private Duration elapsed() {
			return Duration.ofNanos(now() - this.started);
		}

	}

}
