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

package com.cometapi.gemini.web;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the events of {@link GeminiServerSentEvents} to a browser through Spring MVC's
 * {@link SseEmitter}. Thread-safe.
 *
 * <p>
 * The stream starts when the handler method returns the emitter. One event is requested
 * after another was written. Nothing waits for the browser: one that does not read slows
 * its own responses down, holds one event in memory and no thread, until the server's
 * time limit for writing ends it (Tomcat: {@code server.tomcat.connection-timeout}, a
 * minute unless set). A browser that leaves is noticed when something is written, at the
 * latest at the next heartbeat, and cancels the stream of responses.
 */
public final class GeminiSseEmitters {

	private final GeminiServerSentEvents events;

	private final @Nullable Duration timeout;

	/**
	 * Create the factory.
	 * @param events maps responses to events
	 * @param timeout the time after which a stream ends with the error {@code timeout},
	 * or {@code null} for none
	 */
	public GeminiSseEmitters(GeminiServerSentEvents events, @Nullable Duration timeout) {
		Assert.notNull(events, "'events' must not be null");
		Assert.isTrue(timeout == null || timeout.toMillis() > 0, "'timeout' must be at least a millisecond");
		this.events = events;
		this.timeout = timeout;
	}

	/**
	 * Return an emitter that sends the events of a stream of responses. Does not block,
	 * and does not subscribe to the responses before Spring MVC has taken the emitter
	 * over.
	 * @param responses the responses, as for
	 * {@link GeminiServerSentEvents#events(Publisher)}; subscribed to on the thread of
	 * the request
	 * @return the emitter, to be returned from a handler method, once; its {@code send}
	 * methods refuse other events
	 */
	public SseEmitter emitter(Publisher<? extends GenerateContentResponse> responses) {
		Assert.notNull(responses, "'responses' must not be null");
		return new StreamingSseEmitter(this.events.events(limitTime(responses)).contextCapture());
	}

	/**
	 * Return an emitter that sends the events of a value that grows. Does not block, and
	 * does not subscribe to the states before Spring MVC has taken the emitter over.
	 * @param entities the states, as for
	 * {@link GeminiServerSentEvents#entityEvents(Publisher)}; subscribed to on the thread
	 * of the request
	 * @return the emitter, to be returned from a handler method, once; its {@code send}
	 * methods refuse other events
	 */
	public SseEmitter entityEmitter(Publisher<?> entities) {
		Assert.notNull(entities, "'entities' must not be null");
		return new StreamingSseEmitter(this.events.entityEvents(limitTime(entities)).contextCapture());
	}

	private <T> Publisher<T> limitTime(Publisher<T> elements) {
		if (this.timeout == null) {
			return elements;
		}
		// Not the container's limit: when that is reached it is too late to tell the
		// browser
		Duration limit = this.timeout;
		return Flux.defer(() -> {
			AtomicBoolean exceeded = new AtomicBoolean();
			return Flux.from(elements)
				.takeUntilOther(Mono.delay(limit).doOnNext((tick) -> exceeded.set(true)))
				.concatWith(Mono.defer(() -> exceeded.get() ? Mono.error(timeout(limit)) : Mono.empty()));
		});
	}

	private static TimeoutException timeout(Duration limit) {
		return new TimeoutException("The stream did not end within " + limit);
	}

}
