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

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.GeminiThreads;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.Assert;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the events of {@link GeminiServerSentEvents} to a browser through Spring MVC's
 * {@link SseEmitter}. Thread-safe.
 *
 * <p>
 * The stream starts when the handler method returns the emitter. One event is requested
 * after another was written. Nothing waits for the browser: one that does not read slows
 * its own responses down, holds one event in memory and no thread, until the limit of
 * {@link GeminiServerSentEvents#withTimeouts} or the server's own (Tomcat:
 * {@code server.tomcat.connection-timeout}, a minute unless set) ends it. A browser that
 * leaves is noticed when something is written, at the latest at the next heartbeat, and
 * cancels the stream of responses.
 *
 * <p>
 * A response whose output has no {@code WriteListener}, such as that of a filter which
 * wraps it, is written on a thread of {@link GeminiThreads} for browsers, which a browser
 * that does not read holds for as long.
 */
public final class GeminiSseEmitters {

	/**
	 * Name of the request attribute with a {@code Consumer<IOException>} that closes the
	 * connection to the browser at once and reports the reason to the response. Set for
	 * the embedded Tomcat; without it, a browser that is given up is closed when the
	 * server's own limit is reached.
	 */
	public static final String CLOSE_ATTRIBUTE = GeminiSseEmitters.class.getName() + ".close";

	private final GeminiServerSentEvents events;

	private final GeminiThreads threads;

	/**
	 * Create the factory with the {@linkplain GeminiThreads#shared() shared threads}.
	 * @param events maps responses to events, and has the limits of time
	 */
	public GeminiSseEmitters(GeminiServerSentEvents events) {
		this(events, GeminiThreads.shared());
	}

	/**
	 * Create the factory.
	 * @param events maps responses to events, and has the limits of time
	 * @param threads the threads for responses that support blocking writes only
	 */
	public GeminiSseEmitters(GeminiServerSentEvents events, GeminiThreads threads) {
		Assert.notNull(events, "'events' must not be null");
		Assert.notNull(threads, "'threads' must not be null");
		this.events = events;
		this.threads = threads;
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
		return stream(this.events.events(responses));
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
		return stream(this.events.entityEvents(entities));
	}

	private SseEmitter stream(Flux<ServerSentEvent<String>> events) {
		return new StreamingSseEmitter(events.contextCapture(), this.events.writeTimeout(), this.threads);
	}

}
