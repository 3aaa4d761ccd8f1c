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

import java.time.Duration;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of the page for Spring AI.
 */
@SpringBootTest(properties = "cometapi.gemini.retry.max-attempts=1")
@AutoConfigureGeminiSimulator
class SpringAiReadmeTests {

	@Autowired
	private ChatClient.Builder builder;

	@Autowired
	private ChatMemory memory;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiConnections connections;

	@Test
	void everyExampleResponds() {
		ChatClient chatClient = this.builder.build();
		assertThat(SpringAiRecipes.call(chatClient)).isNotEmpty();
		assertThat(SpringAiRecipes.stream(chatClient).collectList().block(Duration.ofSeconds(30))).isNotEmpty();
		ChatResponse response = SpringAiRecipes.options(chatClient);
		assertThat(SpringAiRecipes.metadata(response)).isNotEmpty();
		assertThat(SpringAiRecipes.memory(chatClient, this.memory)).isNotEmpty();
		assertThat(this.memory.get("a")).hasSize(2);
		assertThat(SpringAiRecipes.call(SpringAiRecipes.withoutBoot(this.gemini))).isNotEmpty();
		assertThat(SpringAiRecipes.call(SpringAiRecipes.connection(this.connections, GeminiConnections.DEFAULT)))
			.isNotEmpty();
		this.simulator.next().error(429).retryAfter(Duration.ofSeconds(7));
		assertThat(SpringAiRecipes.errors(chatClient)).isEqualTo("Try again in 7 s");
		this.simulator.next().error(429);
		assertThat(SpringAiRecipes.errors(chatClient)).isEqualTo("Try again later");
	}

}
