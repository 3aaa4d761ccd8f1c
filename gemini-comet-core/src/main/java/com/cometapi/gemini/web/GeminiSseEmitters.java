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

import java.util.function.Consumer;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.GeminiThreads;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.Assert;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Creates {@link SseEmitter}s that send the events of {@link GeminiServerSentEvents}. The
 * recommended way to stream to a browser in Spring MVC; in Spring WebFlux use
 * {@link GeminiServerSentEvents#response}. Thread-safe.
 *
 * <p>
 * The stream starts when the handler method returns the emitter. The next event is
 * requested after the previous one was written. Writes do not block: a slow browser slows
 * its own stream down and holds one event in memory and no thread, until the timeout of
 * {@link GeminiServerSentEvents#withTimeouts} or of the server (Tomcat:
 * {@code server.tomcat.connection-timeout}, one minute by default) ends the stream. A
 * closed connection is detected with the next write, at the latest with the next
 * heartbeat, and cancels the stream of responses.
 *
 * <p>
 * If the output does not support a {@code WriteListener}, for example because a filter
 * wraps the response, events are written on one of the {@link GeminiThreads} for
 * browsers, which a slow browser then blocks.
 */
public final class GeminiSseEmitters {

	/**
	 * Name of the request attribute with a {@code Consumer<IOException>} that immediately
	 * closes the connection to the browser and reports the reason to the response. Set
	 * for the embedded Tomcat. Without it, a connection whose write timeout has expired
	 * stays open until the timeout of the server.
	 */
	public static final String CLOSE_ATTRIBUTE = GeminiSseEmitters.class.getName() + ".close";

	private final GeminiServerSentEvents events;

	private final GeminiThreads threads;

	/**
	 * Create the factory with the {@linkplain GeminiThreads#shared() shared threads}.
	 * @param events maps responses to events and defines the timeouts
	 */
	public GeminiSseEmitters(GeminiServerSentEvents events) {
		this(events, GeminiThreads.shared());
	}

	/**
	 * Create the factory.
	 * @param events maps responses to events and defines the timeouts
	 * @param threads the threads for responses that support blocking writes only
	 */
	public GeminiSseEmitters(GeminiServerSentEvents events, GeminiThreads threads) {
		Assert.notNull(events, "'events' must not be null");
		Assert.notNull(threads, "'threads' must not be null");
		this.events = events;
		this.threads = threads;
	}

	/**
	 * Create an emitter that sends the events of a stream of responses. Does not block,
	 * and subscribes to the responses when Spring MVC handles the return value.
	 * @param responses the responses, as for
	 * {@link GeminiServerSentEvents#events(Publisher)}; subscribed to on the thread of
	 * the request
	 * @return the return value of a handler method, to be used once; its {@code send}
	 * methods reject other events
	 */
	public SseEmitter emitter(Publisher<? extends GenerateContentResponse> responses) {
		Assert.notNull(responses, "'responses' must not be null");
		return stream(this.events.events(responses));
	}

	/**
	 * Create an emitter that sends the events of a streamed typed response. Does not
	 * block, and subscribes to the entities when Spring MVC handles the return value.
	 * @param entities the states, as for
	 * {@link GeminiServerSentEvents#entityEvents(Publisher)}; subscribed to on the thread
	 * of the request
	 * @return the return value of a handler method, to be used once; its {@code send}
	 * methods reject other events
	 */
	public SseEmitter entityEmitter(Publisher<?> entities) {
		Assert.notNull(entities, "'entities' must not be null");
		return stream(this.events.entityEvents(entities));
	}

	/**
	 * Create an emitter that sends the UI message stream of the AI SDK, which its
	 * {@code useChat} reads. Does not block, and subscribes to the responses when Spring
	 * MVC handles the return value.
	 * @param responses the responses, as for {@link #emitter(Publisher)}
	 * @return the return value of a handler method, as for {@link #emitter(Publisher)}
	 */
	public SseEmitter uiMessageStream(Publisher<? extends GenerateContentResponse> responses) {
		return uiMessageStream(responses, UiMessageStreamOptions.DEFAULTS);
	}

	/**
	 * Create an emitter that sends the UI message stream of the AI SDK, which its
	 * {@code useChat} reads. Does not block, and subscribes to the responses when Spring
	 * MVC handles the return value.
	 * @param responses the responses, as for {@link #emitter(Publisher)}
	 * @param options the options of this stream
	 * @return the return value of a handler method, as for {@link #emitter(Publisher)}
	 * @see GeminiServerSentEvents#uiMessageStream(Publisher, UiMessageStreamOptions)
	 */
	public SseEmitter uiMessageStream(Publisher<? extends GenerateContentResponse> responses,
			UiMessageStreamOptions options) {
		return stream(this.events.uiMessageEvents(responses, options),
				GeminiServerSentEvents::setUiMessageStreamHeaders);
	}

	/**
	 * Return a factory for streams that go on when the browser disconnects, and that the
	 * browser can resume.
	 * @return the factory
	 * @see GeminiServerSentEvents#resumable()
	 */
	public ResumableSseEmitters resumable() {
		return new ResumableSseEmitters(this, this.events.resumableEvents());
	}

	SseEmitter stream(Flux<ServerSentEvent<String>> events) {
		return stream(events, GeminiServerSentEvents::setHeaders);
	}

	SseEmitter stream(Flux<ServerSentEvent<String>> events, Consumer<HttpHeaders> headers) {
		return new StreamingSseEmitter(events.contextCapture(), headers, this.events.writeTimeout(), this.threads);
	}

}
