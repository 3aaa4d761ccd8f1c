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

import java.util.List;

import com.cometapi.gemini.GeminiConversation.Turn;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Writes and reads conversations with the mapper of the wire.
 */
final class ConversationJson {

	private static final int FORMAT = 1;

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private ConversationJson() {
	}

	static String write(GeminiConversation conversation) {
		return MAPPER.writeValueAsString(new Document(FORMAT, conversation.version(), conversation.turns()));
	}

	static String write(Turn turn) {
		return MAPPER.writeValueAsString(turn);
	}

	static GeminiConversation readConversation(String json) {
		Document document = read(json, Document.class, "conversation");
		Assert.isTrue(document.version() != null && document.version() == FORMAT,
				() -> "The JSON of the conversation has the version %s, not %d".formatted(document.version(), FORMAT));
		List<Turn> turns = (document.turns() != null) ? document.turns() : List.of();
		return new GeminiConversation((document.turnCount() != null) ? document.turnCount() : turns.size(), turns);
	}

	static Turn readTurn(String json) {
		return read(json, Turn.class, "turn");
	}

	private static <T> T read(String json, Class<T> type, String what) {
		Assert.notNull(json, "'json' must not be null");
		try {
			T value = MAPPER.readValue(json, type);
			Assert.notNull(value, () -> "This is not the JSON of a " + what);
			return value;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("This is not the JSON of a " + what + ": " + ex.getOriginalMessage(),
					ex);
		}
	}

	/**
	 * A conversation in JSON.
	 *
	 * @param version the version of the format
	 * @param turnCount how many turns the conversation has had
	 * @param turns the turns
	 */
	record Document(@Nullable Integer version, @Nullable Long turnCount, @Nullable List<Turn> turns) {

	}

}
