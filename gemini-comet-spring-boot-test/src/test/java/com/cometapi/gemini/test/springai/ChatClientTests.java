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

package com.cometapi.gemini.test.springai;

import java.util.List;

import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatClient} with the auto-configured chat model.
 */
@SpringBootTest
@AutoConfigureGeminiSimulator
class ChatClientTests {

	private final ChatClient chatClient;

	private final GeminiSimulator simulator;

	ChatClientTests(@Autowired ChatClient.Builder builder, @Autowired GeminiSimulator simulator) {
		this.chatClient = builder.build();
		this.simulator = simulator;
	}

	@Test
	void promptIsAnsweredWithText() {
		this.simulator.next().text("Hello Jo!");
		String text = this.chatClient.prompt().system("Be polite.").user("Hello!").call().content();
		assertThat(text).isEqualTo("Hello Jo!");
		assertThat(this.simulator.requests()).singleElement()
			.satisfies((request) -> assertThat(request.body()).contains("Be polite.", "Hello!"));
	}

	@Test
	void streamDeliversThePiecesOfTheText() {
		this.simulator.next().text("One two three");
		StepVerifier.create(this.chatClient.prompt("Count!").stream().content().collectList())
			.assertNext((pieces) -> assertThat(String.join("", pieces)).isEqualTo("One two three"))
			.verifyComplete();
	}

	@Test
	void responseIsAnObject() {
		Planet planet = this.chatClient.prompt("Name a planet")
			.call()
			.entity(Planet.class, (entity) -> entity.useProviderStructuredOutput());
		assertThat(planet).isNotNull();
		assertThat(this.simulator.requests().get(0).body()).contains("responseJsonSchema").doesNotContain("$schema");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class TestApplication {

	}

	record Planet(String name, List<String> moons) {

	}

}
