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
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Recipes for several connections.
 */
class ConnectionRecipes {

	private final GeminiTemplate gemini;

	private final GeminiTemplate google;

	ConnectionRecipes(GeminiTemplate gemini, @Qualifier("google") GeminiTemplate google) {
		this.gemini = gemini;
		this.google = google;
	}

	String compare(String question) {
		return this.gemini.prompt(question).text() + "\n" + this.google.prompt(question).text();
	}

	static String ask(GeminiConnections connections, String tenant, String question) {
		return connections.get(tenant).prompt(question).text();
	}

	static GeminiChats chats(@Qualifier("google") GeminiTemplate google, GeminiChatRepository repository) {
		return new GeminiChats(google, repository, GeminiChatWindow.ALL);
	}

}
