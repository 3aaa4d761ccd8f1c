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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls to a server that responds with a given body.
 */
final class ServedBody {

	static final GenerateContentRequest REQUEST = GenerateContentRequest.builder().contents(Content.user("Hi")).build();

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final byte[] body;

	private JsonMapper mapper = GeminiJsonMapper.builder().build();

	private DataSize maxSize = DataSize.ofMegabytes(64);

	private boolean keepOpen;

	private ServedBody(byte[] body) {
		this.body = body;
	}

	static ServedBody of(String body) {
		return of(body.getBytes(StandardCharsets.UTF_8));
	}

	static ServedBody of(byte[] body) {
		return new ServedBody(body);
	}

	/**
	 * A body of events, one for each JSON.
	 */
	static ServedBody ofEvents(String... json) {
		return of("data: " + String.join("\n\ndata: ", json) + "\n\n");
	}

	ServedBody mapper(JsonMapper mapper) {
		this.mapper = mapper;
		return this;
	}

	ServedBody maxSize(DataSize maxSize) {
		this.maxSize = maxSize;
		return this;
	}

	/**
	 * Leave the response without an end, as if more was to come.
	 */
	ServedBody keepOpen() {
		this.keepOpen = true;
		return this;
	}

	GenerateContentResponse call() {
		return call("200 OK");
	}

	GenerateContentResponse call(String status) {
		try (WireServer server = WireServer
			.start((connection) -> connection.respond(status, "application/json", this.body))) {
			return client(server).generateContent("gemini-3.5-flash", REQUEST, GeminiCallOptions.DEFAULTS).block(LIMIT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<GenerateContentResponse> stream() {
		return stream(false);
	}

	List<GenerateContentResponse> stream(boolean awaitClientGone) {
		try (WireServer server = WireServer.start(this::writeEvents)) {
			try {
				return client(server).streamGenerateContent("gemini-3.5-flash", REQUEST, GeminiCallOptions.DEFAULTS)
					.collectList()
					.block(LIMIT);
			}
			finally {
				if (awaitClientGone && !server.awaitClientGone(30_000)) {
					throw new IllegalStateException("The client did not close the connection");
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void writeEvents(WireServer.Connection connection) {
		connection.eventStream().chunk(this.body);
		if (!this.keepOpen) {
			connection.end();
		}
	}

	private GeminiClient client(WireServer server) {
		return GeminiClient.create(WebClient.builder(), this.mapper,
				GeminiClientSettings.builder("sk-secret-0123456789")
					.baseUrl(server.url())
					.retry(GeminiRetrySettings.NONE)
					.maxResponseSize(this.maxSize)
					.build());
	}

}
