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

package com.cometapi.gemini;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiTemplate#builder}.
 */
class GeminiTemplateBuilderTests {

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@Test
	void keyIsEnoughForACall() {
		this.server.answerText("Four");
		GeminiTemplate gemini = builder().build();

		assertThat(gemini.prompt("What is 2+2?").text()).isEqualTo("Four");

		RecordedRequest request = this.server.takeRequest();
		assertThat(request.getTarget()).endsWith("/" + GeminiDefaults.DEFAULT_MODEL + ":generateContent");
		assertThat(request.getHeaders().get("x-goog-api-key")).isEqualTo("sk-builder");
	}

	@Test
	void filtersAreAppliedInTheirOrder() {
		this.server.answerText("Four");
		List<String> called = new ArrayList<>();
		GeminiTemplate gemini = builder().model("gemini-3.1-pro-preview").filters(List.of((exchange, next) -> {
			called.add("first " + exchange.model());
			return next.exchange(exchange);
		}, (exchange, next) -> {
			called.add("second");
			return next.exchange(exchange);
		})).build();

		assertThat(gemini.prompt("What is 2+2?").text()).isEqualTo("Four");
		assertThat(called).containsExactly("first gemini-3.1-pro-preview", "second");
	}

	@Test
	void keyMustNotBeEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiTemplate.builder(" ").build())
			.withMessageContaining("apiKey");
	}

	private GeminiTemplate.Builder builder() {
		return GeminiTemplate.builder("sk-builder").settings((settings) -> settings.baseUrl(this.server.url()));
	}

}
