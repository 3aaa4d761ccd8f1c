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

package com.cometapi.gemini.autoconfigure;

import java.time.Duration;

import com.cometapi.gemini.autoconfigure.GeminiProperties.Chat;
import com.cometapi.gemini.chat.GeminiChatRetention;
import com.cometapi.gemini.chat.GeminiChatWindow;
import org.jspecify.annotations.Nullable;

/**
 * Creates the settings of chats from properties.
 */
final class GeminiChatSettingsFactory {

	static final String REPOSITORY = "cometapi.gemini.chat.repository";

	private static final Duration TIME_TO_LIVE_IN_MEMORY = Duration.ofDays(1);

	private GeminiChatSettingsFactory() {
	}

	static int maxConversations(Chat chat) {
		return PropertyChecks.positive("cometapi.gemini.chat.max-conversations", chat.maxConversations());
	}

	static GeminiChatWindow window(Chat chat) {
		return new GeminiChatWindow(positiveIfSet("cometapi.gemini.chat.window.max-turns", chat.window().maxTurns()),
				positiveIfSet("cometapi.gemini.chat.window.max-tokens", chat.window().maxTokens()));
	}

	static GeminiChatRetention retention(Chat chat) {
		return retention(chat, null);
	}

	static GeminiChatRetention retentionInMemory(Chat chat) {
		return retention(chat, TIME_TO_LIVE_IN_MEMORY);
	}

	private static GeminiChatRetention retention(Chat chat, @Nullable Duration defaultTimeToLive) {
		Duration timeToLive = PropertyChecks.positiveIfSet("cometapi.gemini.chat.time-to-live", chat.timeToLive());
		return new GeminiChatRetention((timeToLive != null) ? timeToLive : defaultTimeToLive,
				PropertyChecks.positive("cometapi.gemini.chat.max-turns", chat.maxTurns()));
	}

	private static @Nullable Integer positiveIfSet(String name, @Nullable Integer value) {
		return (value != null) ? PropertyChecks.positive(name, value) : null;
	}

}
