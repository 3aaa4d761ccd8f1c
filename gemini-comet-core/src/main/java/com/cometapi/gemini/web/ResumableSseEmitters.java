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

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Creates emitters for streams that a browser can resume in Spring MVC. Immutable.
 *
 * <p>
 * The events are those of {@link GeminiSseEmitters}, but a stream goes on when the
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
public final class ResumableSseEmitters {

	private final GeminiSseEmitters emitters;

	private final ResumableEvents events;

	ResumableSseEmitters(GeminiSseEmitters emitters, ResumableEvents events) {
		this.emitters = emitters;
		this.events = events;
	}

	/**
	 * Set the id of the last event that the browser has.
	 * @param lastEventId the header {@code Last-Event-ID} of the request, or {@code null}
	 * if it has none
	 * @return a new instance
	 */
	public ResumableSseEmitters lastEventId(@Nullable String lastEventId) {
		return new ResumableSseEmitters(this.emitters, this.events.withLastEventId(lastEventId));
	}

	/**
	 * Set the key of the stream, for pages that do not know the id of an event. It should
	 * contain what the user is authenticated with: a stream with a key is resumed with
	 * the same key only. If the same key is used again, it refers to the newest stream.
	 * @param key the key, such as the name of the user and the id of a conversation
	 * @return a new instance
	 */
	public ResumableSseEmitters key(String key) {
		return new ResumableSseEmitters(this.emitters, this.events.withKey(key));
	}

	/**
	 * Send the events of a stream of responses, or those after the last event id if there
	 * is one.
	 * @param responses the responses, as for
	 * {@link GeminiSseEmitters#emitter(Publisher)}; must not block
	 * @return the return value of a handler method
	 */
	public SseEmitter emitter(Publisher<? extends GenerateContentResponse> responses) {
		return toEmitter(this.events.events(responses));
	}

	/**
	 * Send the events of a streamed typed response, or those after the last event id if
	 * there is one.
	 * @param entities the states, as for
	 * {@link GeminiSseEmitters#entityEmitter(Publisher)}; must not block
	 * @return the return value of a handler method
	 */
	public SseEmitter entityEmitter(Publisher<?> entities) {
		return toEmitter(this.events.entityEvents(entities));
	}

	/**
	 * Send the UI message stream of the AI SDK.
	 * @param responses the responses, as for {@link #emitter(Publisher)}
	 * @return the return value of a handler method
	 */
	public SseEmitter uiMessageStream(Publisher<? extends GenerateContentResponse> responses) {
		return uiMessageStream(responses, UiMessageStreamOptions.DEFAULTS);
	}

	/**
	 * Send the UI message stream of the AI SDK, which needs a {@link #key(String)} to be
	 * resumed.
	 * @param responses the responses, as for {@link #emitter(Publisher)}
	 * @param options the options of this stream
	 * @return the return value of a handler method
	 */
	public SseEmitter uiMessageStream(Publisher<? extends GenerateContentResponse> responses,
			UiMessageStreamOptions options) {
		return toUiMessageEmitter(this.events.uiMessageEvents(responses, options));
	}

	/**
	 * Resume a stream without starting one: after the last event id if there is one, else
	 * the running stream of the key from its first event.
	 * @return the return value of a handler method; the response has status 204 if no
	 * stream is running
	 */
	public SseEmitter resume() {
		return toEmitter(this.events.resume());
	}

	/**
	 * Resume the UI message stream of the key from its start, for the {@code GET
	 * {api}/{chatId}/stream} of {@code useChat({ resume: true })}.
	 * @return the return value of a handler method; the response has status 204 if no
	 * stream is running
	 */
	public SseEmitter resumeUiMessageStream() {
		return toUiMessageEmitter(this.events.resumeUiMessage());
	}

	private SseEmitter toEmitter(Mono<Flux<ServerSentEvent<String>>> events) {
		return this.emitters.stream(events.flatMapMany(Function.identity()));
	}

	private SseEmitter toUiMessageEmitter(Mono<Flux<ServerSentEvent<String>>> events) {
		return this.emitters.stream(events.flatMapMany(Function.identity()),
				GeminiServerSentEvents::setUiMessageStreamHeaders);
	}

}
