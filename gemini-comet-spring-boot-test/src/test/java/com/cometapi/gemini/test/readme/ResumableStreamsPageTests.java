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

package com.cometapi.gemini.test.readme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import com.cometapi.gemini.web.resume.GeminiStreams;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the controllers of the page about resumable streams.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "cometapi.gemini.retry.max-attempts=1")
@AutoConfigureGeminiSimulator
class ResumableStreamsPageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private GeminiChats chats;

	@Autowired
	private GeminiStreams streams;

	@LocalServerPort
	private int port;

	@BeforeEach
	void reset() {
		this.simulator.reset();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/resumable-chat", "/reactive-resumable-chat" })
	void browserThatReconnectsGetsWhatItMissedAndTheModelIsAskedOnce(String path) throws Exception {
		this.simulator.next().text("One two three four five.");
		String whole = send(get(path + "?q=Hello")).body();
		List<String> ids = whole.lines()
			.filter((line) -> line.startsWith("id:"))
			.map((line) -> line.substring("id:".length()))
			.toList();

		assertThat(ids).hasSizeGreaterThan(3);
		for (String id : ids.subList(0, ids.size() - 1)) {
			String event = "id:" + id + "\n";
			String rest = whole.substring(whole.indexOf("\n\n", whole.indexOf(event)) + 2);
			assertThat(send(get(path + "?q=Hello").header("Last-Event-ID", id)).body())
				.isEqualTo(":heartbeat\n\n" + rest);
		}
		assertThat(send(get(path + "?q=Hello").header("Last-Event-ID", ids.get(ids.size() - 1))).statusCode())
			.isEqualTo(204);
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void turnIsStoredOnceAlthoughEveryPageLeft() throws Exception {
		this.simulator.next().text("One two three four five.").pace(Duration.ofMillis(50));
		for (String path : List.of("/chats/left/ask?q=Count", "/chats/left/stream", "/chats/left/stream")) {
			leaveAfterFirstEvent(get(path));
		}
		Awaitility.await().atMost(PATIENCE).until(() -> this.streams.getRunningCount() == 0);

		assertThat(this.chats.chat("alice/left").conversation().turns()).singleElement()
			.satisfies((turn) -> assertThat(turn.contents().toString()).contains("Count", "five."));
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void streamBelongsToItsUser() throws Exception {
		this.simulator.next().text("One two three").stallAfterEvents(1);
		String id = leaveAfterFirstEvent(get("/chats/mine/ask?q=Count"));

		assertThat(send(get("/chats/mine/stream").setHeader("X-User", "bob")).statusCode()).isEqualTo(204);
		assertThat(send(get("/chats/mine/stream").setHeader("X-User", "bob").header("Last-Event-ID", id)).body())
			.contains("\"code\":\"stream-expired\"");
		send(get("/chats/mine/stream").setHeader("X-User", "bob").DELETE());
		assertThat(this.simulator.cancelledStreams()).isZero();
		send(get("/chats/mine/stream").DELETE());
		Awaitility.await().atMost(PATIENCE).until(() -> this.simulator.cancelledStreams() == 1);
		assertThat(this.chats.chat("alice/mine").conversation().turns()).isEmpty();
	}

	private HttpRequest.Builder get(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).header("X-User", "alice");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private String leaveAfterFirstEvent(HttpRequest.Builder request) throws Exception {
		InputStream body = this.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body();
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
			return readId(reader);
		}
	}

	private static String readId(BufferedReader reader) throws IOException {
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			if (line.startsWith("id:")) {
				return line.substring("id:".length());
			}
		}
		throw new IOException("The stream ended without an event");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		Filter userFilter() {
			return (request, response, chain) -> chain.doFilter(new UserRequest((HttpServletRequest) request),
					response);
		}

	}

	private static final class UserRequest extends HttpServletRequestWrapper {

		UserRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable Principal getUserPrincipal() {
			String user = getHeader("X-User");
			return (user != null) ? () -> user : null;
		}

	}

}
