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

import java.util.function.Function;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamEventId;
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Events of resumable streams for one browser: starts a stream, or continues the one that
 * the browser knows.
 *
 * @param factory creates the events
 * @param streams runs the streams
 * @param lastEventId the id of the last event that the browser has, or {@code null}
 * @param key the key of the stream, or {@code null} for none
 */
record ResumableEvents(EventStreamFactory factory, GeminiStreams streams, @Nullable String lastEventId,
		@Nullable String key) {

	// In the Reactor context of a request whose response has no body
	static final String WITHOUT_BODY = ResumableEvents.class.getName() + ".withoutBody";

	// At shutdown the connection just ends: an EventSource connects to another instance
	private static final Mono<?> RECONNECT = Mono.just(true);

	ResumableEvents withLastEventId(@Nullable String lastEventId) {
		return new ResumableEvents(this.factory, this.streams,
				(StringUtils.hasText(lastEventId)) ? lastEventId.trim() : null, this.key);
	}

	ResumableEvents withKey(String key) {
		Assert.hasText(key, "'key' must not be empty");
		return new ResumableEvents(this.factory, this.streams, this.lastEventId, key);
	}

	/**
	 * Start a stream, or continue after the last event id.
	 * @param responses the responses of a new stream
	 * @return the events, empty if the browser has all of them
	 */
	Mono<Flux<ServerSentEvent<String>>> events(Publisher<? extends GenerateContentResponse> responses) {
		return startOrResume(responses, this.factory::newResponseMapper, ResumableEvents::startEvent);
	}

	Mono<Flux<ServerSentEvent<String>>> entityEvents(Publisher<?> entities) {
		return startOrResume(entities, this.factory::newEntityMapper, ResumableEvents::startEvent);
	}

	Mono<Flux<ServerSentEvent<String>>> uiMessageEvents(Publisher<? extends GenerateContentResponse> responses,
			UiMessageStreamOptions options) {
		return startOrResume(EventStreamFactory.withData(responses, options),
				() -> this.factory.newUiMessageMapper(options), (streamId) -> Mono.empty());
	}

	private Mono<Flux<ServerSentEvent<String>>> startOrResume(Publisher<?> elements, Supplier<EventMapper> mappers,
			Function<String, Mono<ServerSentEvent<String>>> startEvents) {
		if (this.lastEventId != null) {
			return resume(mappers, RECONNECT);
		}
		// The stream would go on without a reader, and its call would be billed
		return Mono.deferContextual((context) -> context.hasKey(WITHOUT_BODY) ? Mono.just(Flux.empty())
				: start(elements, mappers, startEvents));
	}

	private Mono<Flux<ServerSentEvent<String>>> start(Publisher<?> elements, Supplier<EventMapper> mappers,
			Function<String, Mono<ServerSentEvent<String>>> startEvents) {
		// The response begins when the stream exists, so that the browser can cancel it
		return this.streams.start(this.key, (earlyEnd) -> this.factory.storedEvents(elements, mappers, earlyEnd))
			.map((id) -> toBrowser(startEvents.apply(id).concatWith(read(id, 0)), mappers))
			.onErrorResume((ex) -> Mono.just(toBrowser(Flux.error(ex), mappers)));
	}

	// A browser that loses its connection before the first event resumes by this id
	private static Mono<ServerSentEvent<String>> startEvent(String streamId) {
		return Mono.just(ServerSentEvent.<String>builder().id(GeminiStreamEventId.start(streamId).toString()).build());
	}

	/**
	 * Continue after the last event id, or from the start of the running stream of the
	 * key.
	 * @return the events, empty if no stream is running or the browser has all of it
	 */
	Mono<Flux<ServerSentEvent<String>>> resume() {
		return resume(this.factory::newResponseMapper, RECONNECT);
	}

	/**
	 * Resume a UI message stream, as {@link #resume()} does.
	 * @return the events, empty if no stream is running
	 */
	Mono<Flux<ServerSentEvent<String>>> resumeUiMessage() {
		return resume(() -> this.factory.newUiMessageMapper(UiMessageStreamOptions.DEFAULTS),
				Mono.error(GeminiShutdownException::new));
	}

	private Mono<Flux<ServerSentEvent<String>>> resume(Supplier<EventMapper> mappers, Mono<?> atShutdown) {
		return findPosition().map((from) -> toBrowser(readUntilShutdown(from, atShutdown), mappers))
			.onErrorResume((ex) -> Mono.just(toBrowser(Flux.error(ex), mappers)));
	}

	private Mono<GeminiStreamEventId> findPosition() {
		if (this.lastEventId != null) {
			String id = this.lastEventId;
			return Mono.fromSupplier(() -> GeminiStreamEventId.parse(id)).filter((position) -> !position.last());
		}
		Assert.state(this.key != null, "Set 'lastEventId' or 'key' to resume a stream");
		return this.streams.findRunning(this.key).map(GeminiStreamEventId::start);
	}

	private Flux<ServerSentEvent<String>> read(String streamId, long afterPosition) {
		return this.streams.read(streamId, this.key, afterPosition).map((event) -> toServerSentEvent(streamId, event));
	}

	// A stream that runs on this instance ends by itself at shutdown
	private Flux<ServerSentEvent<String>> readUntilShutdown(GeminiStreamEventId from, Mono<?> atShutdown) {
		return Flux.defer(() -> {
			Mono<?> end = (this.streams.isLocal(from.streamId())) ? Mono.never()
					: this.factory.shutdown().then(atShutdown);
			return read(from.streamId(), from.position()).takeUntilOther(end);
		});
	}

	private static ServerSentEvent<String> toServerSentEvent(String streamId, GeminiStreamEvent event) {
		ServerSentEvent.Builder<String> result = ServerSentEvent.builder(event.data());
		if (event.name() != null) {
			result.id(GeminiStreamEventId.of(streamId, event).toString()).event(event.name());
		}
		return result.build();
	}

	private Flux<ServerSentEvent<String>> toBrowser(Flux<ServerSentEvent<String>> events,
			Supplier<EventMapper> mappers) {
		return this.factory.toBrowser(events
			.onErrorResume((ex) -> Flux.fromIterable(mappers.get().fail(ex)).map(ResumableEvents::withoutId)));
	}

	// The error is not an event of the stream, which the browser may still resume
	private static ServerSentEvent<String> withoutId(ServerSentEvent<String> event) {
		ServerSentEvent.Builder<String> result = ServerSentEvent.builder();
		if (event.event() != null) {
			result.event(event.event());
		}
		return result.data(event.data()).build();
	}

}
