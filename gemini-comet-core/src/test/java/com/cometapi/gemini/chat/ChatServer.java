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

package com.cometapi.gemini.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * An endpoint that remembers what it was asked, and answers what it is told to or else,
 * unless there is another reply, "re: " and the last text.
 */
public final class ChatServer extends Dispatcher implements AutoCloseable {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final MockWebServer server = new MockWebServer();

	private final Deque<MockResponse> answers = new ArrayDeque<>();

	private final List<GenerateContentRequest> requests = new ArrayList<>();

	private Duration delay = Duration.ZERO;

	private UnaryOperator<String> reply = (text) -> "re: " + text;

	public ChatServer() {
		this.server.setDispatcher(this);
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public GeminiTemplate template() {
		return template(UnaryOperator.identity());
	}

	public GeminiTemplate template(UnaryOperator<GeminiClientSettings.Builder> change) {
		GeminiClientSettings settings = change
			.apply(GeminiClientSettings.builder("sk-chat")
				.baseUrl(this.server.url("/").uri())
				.retry(GeminiRetrySettings.NONE))
			.build();
		return new GeminiTemplate(GeminiClient.create(WebClient.builder(), mapper, settings),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

	public ChatServer delay(Duration delay) {
		this.delay = delay;
		return this;
	}

	public ChatServer reply(UnaryOperator<String> reply) {
		this.reply = reply;
		return this;
	}

	public synchronized ChatServer answer(String json) {
		return answer(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body(json.replace('\'', '"'))
			.build());
	}

	public synchronized ChatServer answerEvents(String... events) {
		return answer(events(Stream.of(events).map((event) -> event.replace('\'', '"')).toList()));
	}

	public synchronized ChatServer answerFile(String name) {
		try (var file = Objects.requireNonNull(ChatServer.class.getResourceAsStream("/wire/" + name))) {
			String body = new String(file.readAllBytes(), StandardCharsets.UTF_8);
			return answer(new MockResponse.Builder()
				.addHeader("Content-Type", name.endsWith(".sse") ? "text/event-stream" : "application/json")
				.body(body)
				.build());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public synchronized ChatServer answer(MockResponse response) {
		this.answers.add(response);
		return this;
	}

	public synchronized List<GenerateContentRequest> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * The texts of a request's contents, joined.
	 */
	public String texts(int index) {
		return requests().get(index).contents().stream().map(Content::text).collect(Collectors.joining("|"));
	}

	public String lastTexts() {
		return texts(requests().size() - 1);
	}

	@Override
	public MockResponse dispatch(RecordedRequest recorded) {
		GenerateContentRequest request = mapper.readValue(Objects.requireNonNull(recorded.getBody()).toByteArray(),
				GenerateContentRequest.class);
		synchronized (this) {
			this.requests.add(request);
			if (!this.answers.isEmpty()) {
				return this.answers.remove();
			}
		}
		String text = this.reply.apply(request.contents().get(request.contents().size() - 1).text());
		if (recorded.getTarget().contains("stream")) {
			int half = Math.min(text.length(), "re: ".length());
			return events(List.of(event(text.substring(0, half), ""),
					event(text.substring(half), ", \"finishReason\": \"STOP\"")));
		}
		return delayed(new MockResponse.Builder().addHeader("Content-Type", "application/json")
			.body(event(text, ", \"finishReason\": \"STOP\"")));
	}

	private MockResponse events(List<String> events) {
		return delayed(new MockResponse.Builder().addHeader("Content-Type", "text/event-stream")
			.body(events.stream().map((event) -> "data: " + event + "\n\n").collect(Collectors.joining())));
	}

	private MockResponse delayed(MockResponse.Builder response) {
		return response.headersDelay(this.delay.toMillis(), TimeUnit.MILLISECONDS).build();
	}

	private static String event(String text, String more) {
		return "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": "
				+ mapper.writeValueAsString(text) + "}]}" + more + "}], \"usageMetadata\": {\"totalTokenCount\": 1}}";
	}

	@Override
	public void close() {
		this.server.close();
	}

}
