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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.Durations;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.Assert;

/**
 * Creates streams of events that are sent to one browser, or stored for several.
 *
 * @param mapper serializes the data of the events
 * @param heartbeatInterval the time without an event after which a comment is sent
 * @param errorMapper maps failures to the data of {@code error} events
 * @param entityMapper serializes typed responses
 * @param timeout the maximum time of a stream, or {@code null} for none
 * @param writeTimeout the maximum time for a browser that does not read, or {@code null}
 * for that of the server
 * @param shutdown completes when streams have to end
 */
record EventStreamFactory(JsonMapper mapper, Duration heartbeatInterval, GeminiErrorEventMapper errorMapper,
		JsonMapper entityMapper, @Nullable Duration timeout, @Nullable Duration writeTimeout, Mono<?> shutdown) {

	private static final int MAX_WAITING_DATA = 256;

	EventStreamFactory {
		Assert.notNull(mapper, "'mapper' must not be null");
		Assert.notNull(heartbeatInterval, "'heartbeatInterval' must not be null");
		heartbeatInterval = Durations.capped(heartbeatInterval);
		Assert.isTrue(heartbeatInterval.toMillis() > 0, "'heartbeatInterval' must be at least a millisecond");
		Assert.notNull(errorMapper, "'errorMapper' must not be null");
		Assert.notNull(entityMapper, "'entityMapper' must not be null");
		Assert.isTrue(timeout == null || timeout.toMillis() > 0, "'timeout' must be at least a millisecond");
		Assert.isTrue(writeTimeout == null || writeTimeout.toMillis() > 0,
				"'writeTimeout' must be at least a millisecond");
		Assert.notNull(shutdown, "'shutdown' must not be null");
		mapper = onOneLine(mapper);
		entityMapper = onOneLine(entityMapper);
	}

	// The data of an event must not contain line breaks
	private static JsonMapper onOneLine(JsonMapper mapper) {
		return mapper.rebuild().disable(SerializationFeature.INDENT_OUTPUT).build();
	}

	EventStreamFactory withEntityMapper(JsonMapper entityMapper) {
		return new EventStreamFactory(this.mapper, this.heartbeatInterval, this.errorMapper, entityMapper, this.timeout,
				this.writeTimeout, this.shutdown);
	}

	EventStreamFactory withTimeouts(@Nullable Duration timeout, @Nullable Duration writeTimeout) {
		return new EventStreamFactory(this.mapper, this.heartbeatInterval, this.errorMapper, this.entityMapper, timeout,
				writeTimeout, this.shutdown);
	}

	EventStreamFactory withShutdown(Mono<?> shutdown) {
		return new EventStreamFactory(this.mapper, this.heartbeatInterval, this.errorMapper, this.entityMapper,
				this.timeout, this.writeTimeout, shutdown);
	}

	EventMapper newResponseMapper() {
		EventBuffer events = newBuffer();
		return new ResponseEventMapper(this.mapper, events, new NamedEventFormat(this.mapper, events));
	}

	EventMapper newEntityMapper() {
		return new EntityEventMapper(this.entityMapper, newBuffer());
	}

	EventMapper newUiMessageMapper(UiMessageStreamOptions options) {
		EventBuffer events = newBuffer();
		return new ResponseEventMapper(this.mapper, events,
				new UiMessageFormat(this.mapper, this.entityMapper, events, options));
	}

	private EventBuffer newBuffer() {
		return new EventBuffer(this.mapper, this.errorMapper);
	}

	/**
	 * Add the data of the application to the responses of a UI message stream.
	 * @param responses the responses
	 * @param options the options with the data, if any
	 * @return both, as they arrive
	 */
	// Errors are delayed, so that none overtakes the responses before it
	static Publisher<?> withData(Publisher<? extends GenerateContentResponse> responses,
			UiMessageStreamOptions options) {
		Publisher<UiDataPart> data = options.data();
		if (data == null) {
			return responses;
		}
		return Flux.<Object>defer(() -> {
			Sinks.Empty<Void> end = Sinks.empty();
			// Data that have arrived before the end wait here for a slow browser
			Flux<UiDataPart> arrived = Flux.from(data)
				.takeUntilOther(end.asMono())
				.publishOn(Schedulers.immediate(), MAX_WAITING_DATA);
			return Flux.mergeDelayError(1, arrived, Flux.from(responses).doOnTerminate(end::tryEmitEmpty));
		});
	}

	/**
	 * Map the elements of a stream to the events for one browser.
	 * @param elements the elements
	 * @param mappers creates the mapper of a subscription
	 * @return the events, with heartbeats
	 */
	Flux<ServerSentEvent<String>> events(Publisher<?> elements, Supplier<EventMapper> mappers) {
		return toBrowser(Flux
			.defer(() -> batches(elements, mappers.get(), Mono.never()).concatMapIterable(EventBatch::events, 1)));
	}

	/**
	 * Add the heartbeats, and hold one event at most for a slow browser.
	 * @param events the events for one browser
	 * @return the events as they are written
	 */
	Flux<ServerSentEvent<String>> toBrowser(Flux<ServerSentEvent<String>> events) {
		return Flux.deferContextual((context) -> {
			Flux<ServerSentEvent<String>> all = new HeartbeatComments(this.heartbeatInterval).addTo(events);
			return context.<Channel>getOrEmpty(NettyBackpressureHandler.class)
				.map((channel) -> NettyBackpressureHandler.limit(all, channel, this.writeTimeout))
				.orElse(all);
		});
	}

	/**
	 * Map the elements of a stream to the events to be stored.
	 * @param elements the elements
	 * @param mappers creates the mapper of a subscription
	 * @param earlyEnd emits the failure with which the stream has to end early
	 * @return the events of one element after the other
	 */
	Flux<List<GeminiStreamEvent>> storedEvents(Publisher<?> elements, Supplier<EventMapper> mappers,
			Mono<Throwable> earlyEnd) {
		return Flux.defer(() -> {
			AtomicLong position = new AtomicLong();
			return batches(elements, mappers.get(), earlyEnd).map((batch) -> batch.toStored(position));
		}).contextWrite((context) -> context.delete(NettyBackpressureHandler.class));
	}

	// Materialized, so that an error cannot overtake the elements before it
	private Flux<EventBatch> batches(Publisher<?> elements, EventMapper mapper, Mono<Throwable> earlyEnd) {
		return untilEnd(elements, earlyEnd).materialize()
			.map((signal) -> new EventBatch(mapper.map(signal), !signal.isOnNext()))
			.onErrorResume((ex) -> Mono.just(new EventBatch(mapper.fail(ex), true)));
	}

	private Flux<Object> untilEnd(Publisher<?> elements, Mono<Throwable> earlyEnd) {
		AtomicReference<Throwable> reason = new AtomicReference<>();
		Mono<Throwable> end = Mono.firstWithSignal(earlyEnd,
				this.shutdown.then(Mono.fromSupplier(GeminiShutdownException::new)));
		if (this.timeout != null) {
			// The server's own timeout would leave no time to send an error event
			Duration limit = this.timeout;
			end = Mono.firstWithSignal(end, Mono.delay(Durations.capped(limit))
				.map((tick) -> new TimeoutException("The stream did not end within " + limit)));
		}
		return Flux.<Object>from(elements).takeUntilOther(end.doOnNext(reason::set)).concatWith(Mono.defer(() -> {
			Throwable failure = reason.get();
			return (failure != null) ? Mono.error(failure) : Mono.empty();
		}));
	}

	/**
	 * Events of one element or of the end of a stream.
	 */
	private record EventBatch(List<ServerSentEvent<String>> events, boolean last) {

		List<GeminiStreamEvent> toStored(AtomicLong position) {
			List<GeminiStreamEvent> stored = new ArrayList<>(this.events.size());
			for (ServerSentEvent<String> event : this.events) {
				String data = (event.data() != null) ? event.data() : "";
				stored.add(new GeminiStreamEvent(position.incrementAndGet(), event.event(), data,
						this.last && stored.size() == this.events.size() - 1));
			}
			return stored;
		}

	}

}
