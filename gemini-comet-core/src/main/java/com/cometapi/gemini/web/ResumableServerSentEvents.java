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
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Creates responses for streams that a browser can resume in Spring WebFlux. Immutable.
 *
 * <p>
 * The events are those of {@link GeminiServerSentEvents}, but a stream goes on when the
 * browser disconnects, until {@link GeminiStreams} cancels it. When an
 * {@code EventSource} connects again, it sends the {@code Last-Event-ID}, and gets the
 * events that it has missed, then those that follow. If it has the last event already,
 * the response has status 204, after which it does not connect again. The responses are
 * then not subscribed to, so that no model is asked twice.
 *
 * <p>
 * A new stream begins with an event that has an id only, which the browser does not
 * dispatch: it can resume the stream before it has another event.
 *
 * <p>
 * If the events cannot be resumed, the stream has a single {@code error} event, with the
 * code {@code stream-expired} or {@code stream-lost}.
 */
public final class ResumableServerSentEvents {

	private static final Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> NO_CONTENT = Mono
		.just(ResponseEntity.noContent().build());

	private final ResumableEvents events;

	ResumableServerSentEvents(ResumableEvents events) {
		this.events = events;
	}

	/**
	 * Set the id of the last event that the browser has.
	 * @param lastEventId the header {@code Last-Event-ID} of the request, or {@code null}
	 * if it has none
	 * @return a new instance
	 */
	public ResumableServerSentEvents lastEventId(@Nullable String lastEventId) {
		return new ResumableServerSentEvents(this.events.withLastEventId(lastEventId));
	}

	/**
	 * Set the key of the stream, for pages that do not know the id of an event. It should
	 * contain what the user is authenticated with: a stream with a key is resumed with
	 * the same key only. If the same key is used again, it refers to the newest stream.
	 * @param key the key, such as the name of the user and the id of a conversation
	 * @return a new instance
	 */
	public ResumableServerSentEvents key(String key) {
		return new ResumableServerSentEvents(this.events.withKey(key));
	}

	/**
	 * Send the events of a stream of responses, or those after the last event id if there
	 * is one.
	 * @param responses the responses, as for
	 * {@link GeminiServerSentEvents#response(Publisher)}
	 * @return the return value of a WebFlux handler method
	 */
	public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> response(
			Publisher<? extends GenerateContentResponse> responses) {
		return toResponse(this.events.events(responses));
	}

	/**
	 * Send the events of a streamed typed response, or those after the last event id if
	 * there is one.
	 * @param entities the states, as for
	 * {@link GeminiServerSentEvents#entityResponse(Publisher)}
	 * @return the return value of a WebFlux handler method
	 */
	public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> entityResponse(Publisher<?> entities) {
		return toResponse(this.events.entityEvents(entities));
	}

	/**
	 * Send the UI message stream of the AI SDK.
	 * @param responses the responses, as for {@link #response(Publisher)}
	 * @return the return value of a WebFlux handler method
	 */
	public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> uiMessageStream(
			Publisher<? extends GenerateContentResponse> responses) {
		return uiMessageStream(responses, UiMessageStreamOptions.DEFAULTS);
	}

	/**
	 * Send the UI message stream of the AI SDK, which needs a {@link #key(String)} to be
	 * resumed.
	 * @param responses the responses, as for {@link #response(Publisher)}
	 * @param options the options of this stream
	 * @return the return value of a WebFlux handler method
	 */
	public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> uiMessageStream(
			Publisher<? extends GenerateContentResponse> responses, UiMessageStreamOptions options) {
		return toUiMessageResponse(this.events.uiMessageEvents(responses, options));
	}

	/**
	 * Resume a stream without starting one: after the last event id if there is one, else
	 * the running stream of the key from its first event.
	 * @return the return value of a WebFlux handler method; the response has status 204
	 * if no stream is running
	 */
	public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> resume() {
		return toResponse(this.events.resume());
	}

	/**
	 * Resume the UI message stream of the key from its start, for the {@code GET
	 * {api}/{chatId}/stream} of {@code useChat({ resume: true })}.
	 * @return the return value of a WebFlux handler method; the response has status 204
	 * if no stream is running
	 */
	public Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> resumeUiMessageStream() {
		return toUiMessageResponse(this.events.resumeUiMessage());
	}

	private static Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> toResponse(
			Mono<Flux<ServerSentEvent<String>>> events) {
		return events.map(GeminiServerSentEvents::toResponse).switchIfEmpty(NO_CONTENT);
	}

	private static Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> toUiMessageResponse(
			Mono<Flux<ServerSentEvent<String>>> events) {
		return events.map(GeminiServerSentEvents::toUiMessageResponse).switchIfEmpty(NO_CONTENT);
	}

}
