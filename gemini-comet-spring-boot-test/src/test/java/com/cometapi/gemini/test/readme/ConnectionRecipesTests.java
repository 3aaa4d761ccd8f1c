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

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.chat.GeminiChatRepository;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the recipes of the page about connections. Both connections lead to the simulator,
 * whatever their properties say.
 */
@SpringBootTest(classes = TestApplication.class,
		properties = { "cometapi.gemini.connections.google.base-url=https://generativelanguage.googleapis.com",
				"cometapi.gemini.connections.google.api-key=sk-google",
				"cometapi.gemini.connections.google.model=gemini-3.1-pro-preview" })
@AutoConfigureGeminiSimulator
@Import(ConnectionRecipes.class)
class ConnectionRecipesTests {

	@Autowired
	private ConnectionRecipes recipes;

	@Autowired
	private GeminiConnections connections;

	@Autowired
	private GeminiSimulator simulator;

	@Test
	void recipesRespond(@Autowired @Qualifier("google") GeminiTemplate google,
			@Autowired GeminiChatRepository repository) {
		this.simulator.next().text("one");
		this.simulator.next().text("two");
		this.simulator.next().text("three");
		this.simulator.next().text("four");

		assertThat(this.recipes.compare("Which?")).isEqualTo("one\ntwo");
		assertThat(ConnectionRecipes.ask(this.connections, "google", "Which?")).isEqualTo("three");
		assertThat(ConnectionRecipes.chats(google, repository).chat("a").prompt("Which?").text()).isEqualTo("four");
	}

}
