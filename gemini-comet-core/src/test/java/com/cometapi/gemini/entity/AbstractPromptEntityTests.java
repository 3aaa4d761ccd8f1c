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

package com.cometapi.gemini.entity;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.schema.ConstraintChecker;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Positive;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * An endpoint that answers with values, and the types of these.
 */
abstract class AbstractPromptEntityTests {

	static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	static final String EARTH = "{\"name\": \"Earth\", \"moonCount\": 1, \"found\": \"2026-11-22\"}";

	@StartStop
	final MockWebServer server = new MockWebServer();

	GeminiTemplate gemini;

	@BeforeEach
	void createTemplate() {
		this.gemini = new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), mapper,
						GeminiClientSettings.builder("sk-entity").baseUrl(this.server.url("/").uri()).build()),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

	GeminiTemplate validating(int repairs) {
		GeminiEntityValidator validator = new ConstraintChecker(
				Validation.buildDefaultValidatorFactory().getValidator())::check;
		return this.gemini.withEntities(new GeminiEntitySettings(JsonMapper.builder().build(), repairs, validator));
	}

	void answer(String text) {
		this.server.enqueue(json(event(text, "STOP")));
	}

	void stream(String... texts) {
		int last = texts.length - 1;
		String[] events = new String[texts.length];
		Arrays.setAll(events, (i) -> event(texts[i], (i == last) ? "STOP" : null));
		this.server.enqueue(sse(events));
	}

	static MockResponse json(String body) {
		return new MockResponse.Builder().setHeader("Content-Type", "application/json").body(body).build();
	}

	static MockResponse sse(String... events) {
		StringBuilder body = new StringBuilder();
		for (String event : events) {
			body.append("data: ").append(event.replace("\n", "")).append("\r\n\r\n");
		}
		return new MockResponse.Builder().setHeader("Content-Type", "text/event-stream").body(body.toString()).build();
	}

	static String event(String text, @Nullable String finishReason) {
		String finish = (finishReason != null) ? ", \"finishReason\": \"" + finishReason + "\"" : "";
		return "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": "
				+ mapper.writeValueAsString(text) + "}]}" + finish + "}]}";
	}

	RecordedRequest takeRequest() {
		try {
			return this.server.takeRequest();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	JsonNode body() {
		return mapper.readTree(takeRequest().getBody().toByteArray());
	}

	record Planet(String name, @Positive int moonCount, @Nullable LocalDate found) {

	}

	record Planets(List<Planet> planets, Optional<String> note, Map<String, Integer> counts) {

	}

	enum Mood {

		HAPPY, SAD

	}

	sealed interface Shape {

		record Circle(double radius) implements Shape {

		}

		@JsonTypeName("box")
		record Square(double side, @Nullable String label) implements Shape {

		}

	}

}
