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
import java.util.List;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.Assert;

/**
 * Maps a stream of responses to server-sent events. Thread-safe.
 *
 * <p>
 * Return the result of {@link #response(Publisher)} from a handler method of Spring
 * WebFlux. In Spring MVC prefer {@link GeminiSseEmitters}: MVC accepts a {@code Flux} as
 * well, but then writes on a thread that a slow browser blocks, and the write timeout
 * does not apply.
 *
 * <p>
 * Each event has a name, an increasing id that starts at 1, and a JSON object as data,
 * which preserves whitespace and newlines:
 * <table class="striped">
 * <caption>Events</caption> <thead>
 * <tr>
 * <th scope="col">Name</th>
 * <th scope="col">Data</th>
 * </tr>
 * </thead> <tbody>
 * <tr>
 * <td>{@code text}</td>
 * <td>{@code text}: a chunk of the response text, to append</td>
 * </tr>
 * <tr>
 * <td>{@code thought}</td>
 * <td>{@code text}: a chunk of the thought summary, to append; {@code mimeType} and
 * {@code data} for a draft image</td>
 * </tr>
 * <tr>
 * <td>{@code function-call}</td>
 * <td>{@code id}, {@code name}, {@code args}: sent once, when all arguments have arrived,
 * even if the model streams them; {@code willContinue} is {@code true} if the stream
 * ended before the arguments were complete, and {@code partialArgs} holds fragments that
 * could not be assigned to an argument</td>
 * </tr>
 * <tr>
 * <td>{@code function-result}</td>
 * <td>{@code id}, {@code name}, {@code response}: the result of a function, without its
 * media</td>
 * </tr>
 * <tr>
 * <td>{@code inline-data}</td>
 * <td>{@code mimeType}, {@code data} in base64: an image or audio</td>
 * </tr>
 * <tr>
 * <td>{@code code}</td>
 * <td>{@code executableCode} or {@code codeExecutionResult}</td>
 * </tr>
 * <tr>
 * <td>{@code grounding}</td>
 * <td>{@code sources}, each with {@code uri} and {@code title}, and
 * {@code groundingMetadata}, {@code urlContextMetadata} and {@code citationMetadata} if
 * present</td>
 * </tr>
 * <tr>
 * <td>{@code usage}</td>
 * <td>the token counts of all rounds, sent once, if there are any, and their {@code cost}
 * if it is known</td>
 * </tr>
 * <tr>
 * <td>{@code done}</td>
 * <td>{@code finishReason}, {@code finishMessage}, {@code modelVersion},
 * {@code responseId}; the last event of a successful stream, as defined by
 * {@link com.cometapi.gemini.error.GeminiResponseOutcome}</td>
 * </tr>
 * <tr>
 * <td>{@code error}</td>
 * <td>{@code code}, {@code message}, {@code transient}; the last event of a failed
 * stream. If the response itself indicates the failure, for example because it was
 * blocked, also the members of {@code done}, {@code blockReason} and
 * {@code blockReasonMessage}</td>
 * </tr>
 * </tbody>
 * </table>
 * Members without a value are omitted. Events of a candidate other than the first carry
 * its index as {@code candidate}.
 *
 * <p>
 * The stream of events never fails: everything that has arrived is passed on, followed by
 * an {@code error} event whose message reveals no internals, and the stream completes. A
 * comment is sent immediately, so that the browser receives the headers, and after each
 * heartbeat interval without an event, so that proxies keep the connection open and the
 * server detects a closed one. Closing the connection cancels the stream of responses.
 * Responses are requested one at a time, so that a slow browser slows the stream down; on
 * Reactor Netty this requires a {@link GeminiEventStreamFilter}.
 *
 * <p>
 * {@link #entityEvents(Publisher)} does the same for a streamed typed response. Its
 * events are {@code entity}, {@code done} and {@code error}.
 *
 * <p>
 * A page should close its {@code EventSource} on {@code done} and {@code error}.
 * Otherwise the browser reconnects, which sends the prompt again, unless the stream is
 * {@linkplain #resumable() resumable}.
 */
public final class GeminiServerSentEvents {

	private static final MediaType TEXT_EVENT_STREAM_UTF8 = MediaType.parseMediaType("text/event-stream;charset=UTF-8");

	private final EventStreamFactory factory;

	private final @Nullable GeminiStreams streams;

	/**
	 * Create an instance with the {@linkplain GeminiErrorEventMapper#standard() default}
	 * error messages.
	 * @param mapper serializes the data of the events; usually that of
	 * {@link com.cometapi.gemini.client.GeminiJsonMapper}
	 * @param heartbeatInterval the time without an event after which a comment is sent,
	 * at least a millisecond
	 */
	public GeminiServerSentEvents(JsonMapper mapper, Duration heartbeatInterval) {
		this(mapper, heartbeatInterval, GeminiErrorEventMapper.standard());
	}

	/**
	 * Create an instance.
	 * @param mapper serializes the data of the events; usually that of
	 * {@link com.cometapi.gemini.client.GeminiJsonMapper}
	 * @param heartbeatInterval the time without an event after which a comment is sent,
	 * at least a millisecond
	 * @param errorMapper maps failures to the data of {@code error} events
	 */
	public GeminiServerSentEvents(JsonMapper mapper, Duration heartbeatInterval, GeminiErrorEventMapper errorMapper) {
		this(new EventStreamFactory(mapper, heartbeatInterval, errorMapper, JsonMapper.shared(), null, null,
				Mono.never()), null);
	}

	private GeminiServerSentEvents(EventStreamFactory factory, @Nullable GeminiStreams streams) {
		this.factory = factory;
		this.streams = streams;
	}

	/**
	 * Return a copy that serializes typed responses with the given mapper.
	 * @param entityMapper the mapper, usually that of the application
	 * @return a new instance
	 */
	public GeminiServerSentEvents withEntityMapper(JsonMapper entityMapper) {
		return new GeminiServerSentEvents(this.factory.withEntityMapper(entityMapper), this.streams);
	}

	/**
	 * Return a copy with the given timeouts.
	 * @param timeout the time after which a stream ends with the error {@code timeout},
	 * or {@code null} for none
	 * @param writeTimeout the time after which a stream is cancelled if the browser does
	 * not read, or {@code null} for the timeout of the server; requires a
	 * {@link GeminiEventStreamFilter} in WebFlux or {@link GeminiSseEmitters} in MVC
	 * @return a new instance
	 */
	public GeminiServerSentEvents withTimeouts(@Nullable Duration timeout, @Nullable Duration writeTimeout) {
		return new GeminiServerSentEvents(this.factory.withTimeouts(timeout, writeTimeout), this.streams);
	}

	/**
	 * Return a copy whose streams end with the error {@code shutdown} when the
	 * application is about to stop.
	 * @param shutdown a signal that completes when streams have to end, never with an
	 * error
	 * @return a new instance
	 */
	public GeminiServerSentEvents withShutdown(Mono<?> shutdown) {
		return new GeminiServerSentEvents(this.factory.withShutdown(shutdown), this.streams);
	}

	/**
	 * Return a copy that offers {@linkplain #resumable() resumable streams}.
	 * @param streams runs the streams
	 * @return a new instance
	 */
	public GeminiServerSentEvents withStreams(GeminiStreams streams) {
		Assert.notNull(streams, "'streams' must not be null");
		return new GeminiServerSentEvents(this.factory, streams);
	}

	@Nullable Duration writeTimeout() {
		return this.factory.writeTimeout();
	}

	/**
	 * Map a stream of responses to events. Does not block. Each subscription to the
	 * events subscribes to the responses.
	 * @param responses the responses, such as those of
	 * {@code GeminiOperations.streamGenerateContent}
	 * @return the events, terminated by {@code done} or {@code error}
	 */
	public Flux<ServerSentEvent<String>> events(Publisher<? extends GenerateContentResponse> responses) {
		Assert.notNull(responses, "'responses' must not be null");
		return this.factory.events(responses, this.factory::newResponseMapper);
	}

	/**
	 * Return an HTTP response whose body is the {@linkplain #events(Publisher) events},
	 * with headers that prevent proxies from buffering it. Does not block.
	 * @param responses the responses, as for {@link #events(Publisher)}
	 * @return the return value of a WebFlux handler method
	 * @see GeminiSseEmitters#emitter(Publisher)
	 */
	public ResponseEntity<Flux<ServerSentEvent<String>>> response(
			Publisher<? extends GenerateContentResponse> responses) {
		return toResponse(events(responses));
	}

	/**
	 * Map a streamed typed response to events. Each {@code entity} event contains the
	 * complete value as JSON and replaces the previous one. Ids and comments are those of
	 * {@link #events(Publisher)}. Does not block. Each subscription to the events
	 * subscribes to the entities.
	 * @param entities the successive states of the value, such as those of
	 * {@code PromptSpec.streamEntity}
	 * @return the events, terminated by {@code done} or {@code error}
	 */
	public Flux<ServerSentEvent<String>> entityEvents(Publisher<?> entities) {
		Assert.notNull(entities, "'entities' must not be null");
		return this.factory.events(entities, this.factory::newEntityMapper);
	}

	/**
	 * Return an HTTP response whose body is the {@linkplain #entityEvents(Publisher)
	 * events of a typed response}, with headers that prevent proxies from buffering it.
	 * Does not block.
	 * @param entities the states, as for {@link #entityEvents(Publisher)}
	 * @return the return value of a WebFlux handler method
	 * @see GeminiSseEmitters#entityEmitter(Publisher)
	 */
	public ResponseEntity<Flux<ServerSentEvent<String>>> entityResponse(Publisher<?> entities) {
		return toResponse(entityEvents(entities));
	}

	/**
	 * Map a stream of responses to the UI message stream of the AI SDK, which its
	 * {@code useChat} reads. Does not block.
	 * @param responses the responses, as for {@link #events(Publisher)}
	 * @return the return value of a WebFlux handler method
	 * @see #uiMessageStream(Publisher, UiMessageStreamOptions)
	 */
	public ResponseEntity<Flux<ServerSentEvent<String>>> uiMessageStream(
			Publisher<? extends GenerateContentResponse> responses) {
		return uiMessageStream(responses, UiMessageStreamOptions.DEFAULTS);
	}

	/**
	 * Map a stream of responses to the UI message stream of the AI SDK, version 1, which
	 * its {@code useChat} reads. Each event is a chunk of the protocol; comments, slow
	 * browsers, timeouts and shutdown are those of {@link #events(Publisher)}. A failure
	 * is a chunk {@code error} with the message of the {@code error} event, a
	 * {@link java.util.concurrent.CancellationException} of the responses a chunk
	 * {@code abort}. Does not block.
	 * @param responses the responses, as for {@link #events(Publisher)}
	 * @param options the options of this stream
	 * @return the return value of a WebFlux handler method
	 * @see GeminiSseEmitters#uiMessageStream(Publisher, UiMessageStreamOptions)
	 */
	public ResponseEntity<Flux<ServerSentEvent<String>>> uiMessageStream(
			Publisher<? extends GenerateContentResponse> responses, UiMessageStreamOptions options) {
		return toUiMessageResponse(uiMessageEvents(responses, options));
	}

	Flux<ServerSentEvent<String>> uiMessageEvents(Publisher<? extends GenerateContentResponse> responses,
			UiMessageStreamOptions options) {
		Assert.notNull(responses, "'responses' must not be null");
		Assert.notNull(options, "'options' must not be null");
		return this.factory.events(EventStreamFactory.withData(responses, options),
				() -> this.factory.newUiMessageMapper(options));
	}

	/**
	 * Return a factory for streams that go on when the browser disconnects, and that the
	 * browser can resume.
	 * @return the factory
	 * @see GeminiSseEmitters#resumable()
	 */
	public ResumableServerSentEvents resumable() {
		return new ResumableServerSentEvents(resumableEvents());
	}

	ResumableEvents resumableEvents() {
		Assert.state(this.streams != null, "Resumable streams need 'withStreams'");
		return new ResumableEvents(this.factory, this.streams, null, null);
	}

	static ResponseEntity<Flux<ServerSentEvent<String>>> toResponse(Flux<ServerSentEvent<String>> events) {
		return ResponseEntity.ok().headers(GeminiServerSentEvents::setHeaders).body(events);
	}

	static ResponseEntity<Flux<ServerSentEvent<String>>> toUiMessageResponse(Flux<ServerSentEvent<String>> events) {
		return ResponseEntity.ok().headers(GeminiServerSentEvents::setUiMessageStreamHeaders).body(events);
	}

	static void setUiMessageStreamHeaders(HttpHeaders headers) {
		setHeaders(headers);
		headers.put("x-vercel-ai-ui-message-stream", List.of("v1"));
	}

	static void setHeaders(HttpHeaders headers) {
		// The charset is for MVC, whose String converter may default to ISO-8859-1
		headers.setContentType(TEXT_EVENT_STREAM_UTF8);
		headers.setCacheControl("no-cache, no-store, no-transform");
		headers.put("X-Accel-Buffering", List.of("no"));
	}

}
