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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChatNotSavedException;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.GeminiConversation;
import reactor.core.publisher.Flux;

/**
 * The code blocks of the README about conversations, each in a method of its own.
 */
final class ChatRecipes {

	private ChatRecipes() {
	}

	static Flux<String> chat(GeminiOperations gemini) {
		GeminiChat chat = GeminiChat.builder(gemini)
			.system("You are a math tutor. Always show your work.")
			.window(GeminiChatWindow.tokens(50_000))
			.build();

		String first = chat.prompt("What is 2+2?").text();
		Flux<String> second = chat.prompt("And twice as much?").streamText();
		return Flux.concat(Flux.just(first), second);
	}

	static GeminiChat export(GeminiOperations gemini, GeminiChat chat) {
		String json = chat.conversation().toJson();
		GeminiChat copy = GeminiChat.builder(gemini).conversation(GeminiConversation.fromJson(json)).build();
		GeminiChat fork = chat.fork();
		return (copy.conversation().equals(fork.conversation())) ? copy : fork;
	}

	static String remember(GeminiChats chats, String id, String question) {
		GeminiChat chat = chats.chat(id, (prompt) -> prompt.system("Answer in one sentence."));
		try {
			return chat.prompt(question).text();
		}
		catch (GeminiChatNotSavedException ex) {
			return ex.getTurn().response().text() + " (I will not remember that I said so.)";
		}
	}

}
