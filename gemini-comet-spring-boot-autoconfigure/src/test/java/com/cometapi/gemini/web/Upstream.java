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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.testsupport.HandledServer;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A server that takes the place of the endpoint, for streams through the real client.
 */
final class Upstream implements AutoCloseable {

	static final String API_KEY = "sk-upstream-0123456789";

	private final Sinks.Many<byte[]> events = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final int status;

	private final HandledServer server;

	Upstream(int status) {
		this.status = status;
		this.server = HandledServer.start(this::answer);
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		request.withConnection(
				(connection) -> connection.channel().closeFuture().addListener((future) -> this.closed.set(true)));
		if (this.status != 200) {
			String error = "{\"error\":{\"message\":\"Too many requests of %s\"}}".formatted(API_KEY);
			return response.status(this.status).sendString(Mono.just(error));
		}
		return response.sse().send(this.events.asFlux().map(Unpooled::wrappedBuffer), (event) -> true);
	}

	/**
	 * Send an event.
	 */
	void send(String json) {
		sendInChunks(Integer.MAX_VALUE, json);
	}

	/**
	 * Send an event in pieces of the given number of bytes.
	 */
	void sendInChunks(int size, String json) {
		byte[] event = ("data: " + json + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
		for (int from = 0; from < event.length; from += size) {
			int to = (size < event.length - from) ? from + size : event.length;
			this.events.tryEmitNext(Arrays.copyOfRange(event, from, to)).orThrow();
		}
	}

	/**
	 * Send the events of a file.
	 */
	void sendRecorded(String name) throws IOException {
		String recorded = new ClassPathResource("wire/" + name).getContentAsString(StandardCharsets.UTF_8);
		this.events.tryEmitNext(recorded.getBytes(StandardCharsets.UTF_8)).orThrow();
	}

	/**
	 * Close the connection as at the end of a stream.
	 */
	void end() {
		this.events.tryEmitComplete().orThrow();
	}

	boolean isConnectionClosed() {
		return this.closed.get();
	}

	Flux<GenerateContentResponse> call() {
		GeminiClientSettings settings = GeminiClientSettings.builder(API_KEY)
			.retry(GeminiRetrySettings.NONE)
			.baseUrl(this.server.url())
			.build();
		return GeminiClient.create(WebClient.builder(), ResponseSource.MAPPER, settings)
			.streamGenerateContent("gemini-3.5-flash",
					GenerateContentRequest.builder().contents(List.of(Content.user("Hi"))).build(),
					GeminiCallOptions.DEFAULTS);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
