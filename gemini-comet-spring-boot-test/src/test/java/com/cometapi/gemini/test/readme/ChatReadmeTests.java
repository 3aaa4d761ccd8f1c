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
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the recipes of the README about conversations.
 */
@SpringBootTest
@AutoConfigureGeminiSimulator
class ChatReadmeTests {

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiChats chats;

	@Test
	void chats() {
		assertThat(ChatRecipes.chat(this.gemini).collectList().block()).hasSizeGreaterThan(2);
	}

	@Test
	void exports() {
		GeminiChat chat = GeminiChat.create(this.gemini);
		chat.prompt("Hello").text();

		assertThat(ChatRecipes.export(this.gemini, chat).conversation()).isEqualTo(chat.conversation());
	}

	@Test
	void remembers() {
		assertThat(ChatRecipes.remember(this.chats, "a", "Who are you?")).isNotEmpty();
		ChatRecipes.remember(this.chats, "a", "And who am I?");

		assertThat(this.chats.chat("a").conversation().turns()).hasSize(2);
	}

}
