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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An emitter that subscribes to its events when Spring MVC takes it over, and cancels
 * them when the browser has left.
 */
final class StreamingSseEmitter extends SseEmitter {

	private static final Log logger = LogFactory.getLog(GeminiSseEmitters.class);

	/**
	 * Text, so that no JSON converter quotes it.
	 */
	private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

	private static final long NO_TIMEOUT = -1L;

	private final Flux<ServerSentEvent<String>> events;

	private final EventSubscriber subscriber = new EventSubscriber();

	/**
	 * Create the emitter.
	 * @param events the events, handed over on a thread that may block
	 */
	StreamingSseEmitter(Flux<ServerSentEvent<String>> events) {
		super(NO_TIMEOUT);
		this.events = events;
		onCompletion(this.subscriber::cancel);
		onError((ex) -> this.subscriber.cancel());
		onTimeout(this.subscriber::cancel);
	}

	@Override
	protected void extendResponse(ServerHttpResponse outputMessage) {
		GeminiServerSentEvents.setHeaders(outputMessage.getHeaders());
		this.events.subscribe(this.subscriber);
	}

	private void write(ServerSentEvent<String> event) throws IOException {
		String end = (event.data() != null) ? event.data() + "\n\n" : "\n";
		// One piece, and so one packet, where a builder's event would be three
		send(Set.of(new DataWithMediaType(event.format() + end, TEXT)));
	}

	private final class EventSubscriber extends BaseSubscriber<ServerSentEvent<String>> {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(ServerSentEvent<String> event) {
			try {
				write(event);
				request(1);
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("The browser has left: " + ex);
				cancel();
				completeWithError(ex);
			}
		}

		@Override
		protected void hookOnComplete() {
			complete();
		}

		@Override
		protected void hookOnError(Throwable ex) {
			logger.warn("The stream to the browser is cut off", ex);
			completeWithError(ex);
		}

	}

}
