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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.Assert;

/**
 * Turns a stream of responses into server-sent events that a page can show, for WebFlux
 * and for the return values of Spring MVC. Thread-safe.
 *
 * <p>
 * Each event has a name, an id that counts up from 1, and a JSON object as data, so that
 * blanks and newlines survive:
 * <table class="striped">
 * <caption>Events</caption> <thead>
 * <tr>
 * <th scope="col">Name</th>
 * <th scope="col">Data</th>
 * </tr>
 * </thead> <tbody>
 * <tr>
 * <td>{@code text}</td>
 * <td>{@code text}: a piece of the answer, to append</td>
 * </tr>
 * <tr>
 * <td>{@code thought}</td>
 * <td>{@code text}: a piece of the thoughts, to append; {@code mimeType} and {@code data}
 * for a draft image</td>
 * </tr>
 * <tr>
 * <td>{@code function-call}</td>
 * <td>{@code id}, {@code name}, {@code args}: once, when all arguments are there, also if
 * the model streams them; {@code willContinue} is {@code true} if the stream ended before
 * they did, and {@code partialArgs} are pieces that belong to no argument</td>
 * </tr>
 * <tr>
 * <td>{@code function-result}</td>
 * <td>{@code id}, {@code name}, {@code response}: what a function came to, without its
 * media</td>
 * </tr>
 * <tr>
 * <td>{@code inline-data}</td>
 * <td>{@code mimeType}, {@code data} in base64: an image or sound</td>
 * </tr>
 * <tr>
 * <td>{@code code}</td>
 * <td>{@code executableCode} or {@code codeExecutionResult}</td>
 * </tr>
 * <tr>
 * <td>{@code grounding}</td>
 * <td>{@code sources}, each with {@code uri} and {@code title}, and
 * {@code groundingMetadata}, {@code urlContextMetadata} and {@code citationMetadata} as
 * far as they came</td>
 * </tr>
 * <tr>
 * <td>{@code usage}</td>
 * <td>the token counts, once, if there were any</td>
 * </tr>
 * <tr>
 * <td>{@code done}</td>
 * <td>{@code finishReason}, {@code finishMessage}, {@code modelVersion},
 * {@code responseId}; the last event of a stream that ended well, as
 * {@link com.cometapi.gemini.error.GeminiResponseOutcome} decides it</td>
 * </tr>
 * <tr>
 * <td>{@code error}</td>
 * <td>{@code code}, {@code message}, {@code transient}; the last event of a stream that
 * failed. If the response itself did not end well, such as one that was blocked, also the
 * members of {@code done}, with {@code blockReason} and {@code blockReasonMessage}</td>
 * </tr>
 * </tbody>
 * </table>
 * Members that are not known are left out. The events of a candidate other than the first
 * have its index as {@code candidate}.
 *
 * <p>
 * A stream never fails: what had arrived is handed over, then comes {@code error} with a
 * text that says nothing of the inside, and the stream completes. A comment goes out at
 * once, so that the browser sees the headers, and after each time without an event, so
 * that proxies keep the connection and the server notices that a browser left. A browser
 * that leaves cancels the stream of responses, and a slow one slows it down: responses
 * are requested one at a time, in WebFlux on Reactor Netty with the help of
 * {@link GeminiEventStreamFilter}.
 *
 * <p>
 * {@link #entityEvents(Publisher)} does the same for an answer that grows as a Java
 * object: its events are {@code entity}, {@code done} and {@code error}.
 *
 * <p>
 * A page should close its {@code EventSource} on {@code done} and {@code error}: it would
 * connect again, and ask again, otherwise.
 */
public final class GeminiServerSentEvents {

	private static final MediaType TEXT_EVENT_STREAM_UTF8 = MediaType.parseMediaType("text/event-stream;charset=UTF-8");

	private final JsonMapper mapper;

	private final Duration heartbeatInterval;

	private final GeminiErrorEventMapper errorMapper;

	private final JsonMapper entityMapper;

	private final @Nullable Duration timeout;

	private final @Nullable Duration writeTimeout;

	private final Mono<?> shutdown;

	/**
	 * Create the mapping with the standard texts for failures.
	 * @param mapper writes the data of the events; usually that of
	 * {@link com.cometapi.gemini.client.GeminiJsonMapper}
	 * @param heartbeatInterval the time without an event after which a comment is sent,
	 * at least a millisecond
	 */
	public GeminiServerSentEvents(JsonMapper mapper, Duration heartbeatInterval) {
		this(mapper, heartbeatInterval, GeminiErrorEventMapper.standard());
	}

	/**
	 * Create the mapping.
	 * @param mapper writes the data of the events; usually that of
	 * {@link com.cometapi.gemini.client.GeminiJsonMapper}
	 * @param heartbeatInterval the time without an event after which a comment is sent,
	 * at least a millisecond
	 * @param errorMapper decides what a visitor is told of a failure
	 */
	public GeminiServerSentEvents(JsonMapper mapper, Duration heartbeatInterval, GeminiErrorEventMapper errorMapper) {
		this(mapper, heartbeatInterval, errorMapper, JsonMapper.shared(), null, null, Mono.never());
	}

	private GeminiServerSentEvents(JsonMapper mapper, Duration heartbeatInterval, GeminiErrorEventMapper errorMapper,
			JsonMapper entityMapper, @Nullable Duration timeout, @Nullable Duration writeTimeout, Mono<?> shutdown) {
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.notNull(heartbeatInterval, "'heartbeatInterval' must not be null");
		Assert.isTrue(heartbeatInterval.toMillis() > 0, "'heartbeatInterval' must be at least a millisecond");
		Assert.notNull(errorMapper, "'errorMapper' must not be null");
		Assert.notNull(entityMapper, "'entityMapper' must not be null");
		Assert.isTrue(timeout == null || timeout.toMillis() > 0, "'timeout' must be at least a millisecond");
		Assert.isTrue(writeTimeout == null || writeTimeout.toMillis() > 0,
				"'writeTimeout' must be at least a millisecond");
		Assert.notNull(shutdown, "'shutdown' must not be null");
		this.mapper = onOneLine(mapper);
		this.heartbeatInterval = heartbeatInterval;
		this.errorMapper = errorMapper;
		this.entityMapper = onOneLine(entityMapper);
		this.timeout = timeout;
		this.writeTimeout = writeTimeout;
		this.shutdown = shutdown;
	}

	// As is the data of an event
	private static JsonMapper onOneLine(JsonMapper mapper) {
		return mapper.rebuild().disable(SerializationFeature.INDENT_OUTPUT).build();
	}

	/**
	 * Return the same mapping, but with entities as another mapper writes them.
	 * @param entityMapper the mapper; usually that of the application
	 * @return a new mapping
	 */
	public GeminiServerSentEvents withEntityMapper(JsonMapper entityMapper) {
		return new GeminiServerSentEvents(this.mapper, this.heartbeatInterval, this.errorMapper, entityMapper,
				this.timeout, this.writeTimeout, this.shutdown);
	}

	/**
	 * Return the same mapping with other limits of time.
	 * @param timeout the time after which a stream ends with the error {@code timeout},
	 * or {@code null} for none
	 * @param writeTimeout the time after which a browser that takes nothing is given up
	 * and its stream cancelled, or {@code null} for that of the server; needs a
	 * {@link GeminiEventStreamFilter} in WebFlux, or {@link GeminiSseEmitters} in MVC
	 * @return a new mapping
	 */
	public GeminiServerSentEvents withTimeouts(@Nullable Duration timeout, @Nullable Duration writeTimeout) {
		return new GeminiServerSentEvents(this.mapper, this.heartbeatInterval, this.errorMapper, this.entityMapper,
				timeout, writeTimeout, this.shutdown);
	}

	/**
	 * Return the same mapping, whose streams end with the error {@code shutdown} as soon
	 * as the application is about to stop.
	 * @param shutdown completes when streams have to end, and without an error
	 * @return a new mapping
	 */
	public GeminiServerSentEvents withShutdown(Mono<?> shutdown) {
		return new GeminiServerSentEvents(this.mapper, this.heartbeatInterval, this.errorMapper, this.entityMapper,
				this.timeout, this.writeTimeout, shutdown);
	}

	@Nullable Duration writeTimeout() {
		return this.writeTimeout;
	}

	/**
	 * Return the events of a stream of responses. Does not block; the responses are
	 * subscribed to when the events are, each time anew.
	 * @param responses the responses, such as those of
	 * {@code GeminiOperations.streamGenerateContent}
	 * @return the events, which end with {@code done} or {@code error} and never fail
	 */
	public Flux<ServerSentEvent<String>> events(Publisher<? extends GenerateContentResponse> responses) {
		Assert.notNull(responses, "'responses' must not be null");
		return map(responses, () -> new ResponseEventMapper(this.mapper, numberedEvents()));
	}

	/**
	 * Return a response with the events of a stream of responses as body, and headers
	 * that keep proxies from buffering it. Does not block.
	 * @param responses the responses, as for {@link #events(Publisher)}
	 * @return the response, to be returned from a handler method of WebFlux or MVC
	 */
	public ResponseEntity<Flux<ServerSentEvent<String>>> response(
			Publisher<? extends GenerateContentResponse> responses) {
		return response(events(responses));
	}

	/**
	 * Return the events of a value that grows: {@code entity} with the whole value as
	 * JSON for each state of it, to be shown instead of the one before, and at the end
	 * {@code done} or {@code error}, with ids and comments as {@link #events(Publisher)}
	 * has them. Does not block; the states are subscribed to when the events are, each
	 * time anew.
	 * @param entities the states, such as those of {@code PromptSpec.streamEntity}
	 * @return the events, which end with {@code done} or {@code error} and never fail
	 */
	public Flux<ServerSentEvent<String>> entityEvents(Publisher<?> entities) {
		Assert.notNull(entities, "'entities' must not be null");
		return map(entities, () -> new EntityEventMapper(this.entityMapper, numberedEvents()));
	}

	/**
	 * Return a response with the events of a value that grows as body, and headers that
	 * keep proxies from buffering it. Does not block.
	 * @param entities the states, as for {@link #entityEvents(Publisher)}
	 * @return the response, to be returned from a handler method of WebFlux or MVC
	 */
	public ResponseEntity<Flux<ServerSentEvent<String>>> entityResponse(Publisher<?> entities) {
		return response(entityEvents(entities));
	}

	private EventBuffer numberedEvents() {
		return new EventBuffer(this.mapper, this.errorMapper);
	}

	private <T> Flux<ServerSentEvent<String>> map(Publisher<? extends T> elements, Supplier<EventMapper<T>> mappings) {
		return Flux.deferContextual((context) -> {
			EventMapper<T> mapping = mappings.get();
			// As signals, so that an error waits its turn behind the elements before it
			Flux<ServerSentEvent<String>> events = this.<T>untilEnd(elements)
				.materialize()
				.concatMapIterable(mapping::map, 1)
				.onErrorResume((ex) -> Flux.fromIterable(mapping.fail(ex)));
			Flux<ServerSentEvent<String>> all = new HeartbeatComments(this.heartbeatInterval).addTo(events);
			return context.<Channel>getOrEmpty(NettyBackpressureHandler.class)
				.map((channel) -> NettyBackpressureHandler.limit(all, channel, this.writeTimeout))
				.orElse(all);
		});
	}

	private <T> Flux<T> untilEnd(Publisher<? extends T> elements) {
		AtomicReference<Throwable> reason = new AtomicReference<>();
		Mono<?> end = this.shutdown.then(Mono.fromRunnable(() -> reason.set(new GeminiShutdownException())));
		if (this.timeout != null) {
			// Not the server's limit: when that is reached it is too late to tell the
			// browser
			Duration limit = this.timeout;
			end = Mono.firstWithSignal(end, Mono.delay(limit)
				.doOnNext((tick) -> reason.set(new TimeoutException("The stream did not end within " + limit))));
		}
		return Flux.<T>from(elements).takeUntilOther(end).concatWith(Mono.defer(() -> {
			Throwable failure = reason.get();
			return (failure != null) ? Mono.error(failure) : Mono.empty();
		}));
	}

	private static ResponseEntity<Flux<ServerSentEvent<String>>> response(Flux<ServerSentEvent<String>> events) {
		return ResponseEntity.ok().headers(GeminiServerSentEvents::setHeaders).body(events);
	}

	static void setHeaders(HttpHeaders headers) {
		// The charset is for MVC, whose String converter may default to ISO-8859-1
		headers.setContentType(TEXT_EVENT_STREAM_UTF8);
		headers.setCacheControl("no-cache, no-store, no-transform");
		headers.put("X-Accel-Buffering", List.of("no"));
	}

}
