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
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

import com.cometapi.gemini.thread.GeminiThreads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.Assert;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@link SseEmitter} that subscribes to its events once Spring MVC has started
 * asynchronous processing, and cancels the subscription when the browser disconnects.
 */
final class StreamingSseEmitter extends SseEmitter {

	private static final long NO_TIMEOUT = -1L;

	private final Flux<ServerSentEvent<String>> events;

	private final Consumer<HttpHeaders> headers;

	private final @Nullable Duration writeTimeout;

	private final GeminiThreads threads;

	StreamingSseEmitter(Flux<ServerSentEvent<String>> events, Consumer<HttpHeaders> headers,
			@Nullable Duration writeTimeout, GeminiThreads threads) {
		super(NO_TIMEOUT);
		this.headers = headers;
		this.threads = threads;
		this.events = events;
		this.writeTimeout = writeTimeout;
	}

	@Override
	protected void extendResponse(ServerHttpResponse outputMessage) {
		this.headers.accept(outputMessage.getHeaders());
		ServletRequestAttributes attributes = (ServletRequestAttributes) RequestContextHolder
			.currentRequestAttributes();
		WebAsyncUtils.getAsyncManager(attributes.getRequest())
			.registerDeferredResultInterceptor(this, new Lifecycle(outputMessage));
	}

	@Override
	public void send(SseEventBuilder builder) {
		throw new UnsupportedOperationException("The emitter sends the events of its responses only");
	}

	@Override
	public void send(Set<DataWithMediaType> items) {
		send(event());
	}

	/**
	 * Starts the writer as soon as the request is asynchronous, since a listener cannot
	 * be set earlier.
	 */
	private final class Lifecycle implements DeferredResultProcessingInterceptor {

		private final ServerHttpResponse outputMessage;

		private @Nullable ServletEventWriter writer;

		Lifecycle(ServerHttpResponse outputMessage) {
			this.outputMessage = outputMessage;
		}

		@Override
		public <T> void preProcess(NativeWebRequest request, DeferredResult<T> result) throws IOException {
			// Passes the headers on, which are sent with the first event
			this.outputMessage.flush();
			HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
			if (servletRequest != null && "HEAD".equals(servletRequest.getMethod())) {
				// The body of the response is discarded, but the call would be billed
				complete();
				return;
			}
			HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
			Assert.state(response != null, "No HttpServletResponse");
			this.writer = new ServletEventWriter(StreamingSseEmitter.this, response.getOutputStream(),
					StreamingSseEmitter.this.writeTimeout, findClose(request), StreamingSseEmitter.this.threads);
			// Nothing is sent yet when there are no events, not even a heartbeat
			this.writer.start(StreamingSseEmitter.this.events.switchIfEmpty(Flux.defer(() -> {
				response.setStatus(HttpServletResponse.SC_NO_CONTENT);
				return Flux.empty();
			})));
		}

		@SuppressWarnings("unchecked")
		private static @Nullable Consumer<IOException> findClose(NativeWebRequest request) {
			return (Consumer<IOException>) request.getAttribute(GeminiSseEmitters.CLOSE_ATTRIBUTE,
					RequestAttributes.SCOPE_REQUEST);
		}

		@Override
		public <T> void afterCompletion(NativeWebRequest request, DeferredResult<T> result) {
			if (this.writer != null) {
				this.writer.stop();
			}
		}

	}

}
