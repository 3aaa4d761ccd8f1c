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

package com.cometapi.gemini.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.cometapi.gemini.chat.GeminiConversation.Turn;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.error.JsonErrorDescription;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Converts conversations to and from JSON, with the mapper for requests and responses.
 */
final class ConversationJson {

	private static final int FORMAT = 1;

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private static final SingletonSupplier<JsonMapper> tolerantMapper = SingletonSupplier
		.of(() -> GeminiJsonMapper.tolerantBuilder()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build());

	private ConversationJson() {
	}

	static String write(GeminiConversation conversation) {
		return toJson(new Document(FORMAT, conversation.version(), conversation.turns()));
	}

	static String write(Turn turn) {
		return toJson(turn);
	}

	// Writing bytes escapes half of a surrogate pair, which no store could encode.
	private static String toJson(Object value) {
		return new String(MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8);
	}

	static GeminiConversation readConversation(String json) {
		Document document = read(json, Document.class);
		if (document.version() == null || document.version() != FORMAT) {
			throw new GeminiInvalidConversationException("version",
					"it is %s, but this version of the library reads %d".formatted(document.version(), FORMAT), null);
		}
		List<Turn> turns = document.turns();
		if (turns == null) {
			throw new GeminiInvalidConversationException("turns", "it is missing", null);
		}
		int missing = turns.indexOf(null);
		if (missing >= 0) {
			throw new GeminiInvalidConversationException("turns[%s]".formatted(missing), "it is null", null);
		}
		long version = (document.turnCount() != null) ? document.turnCount() : turns.size();
		if (version < turns.size()) {
			throw new GeminiInvalidConversationException("turnCount",
					"it is %d, but there are %d turns".formatted(version, turns.size()), null);
		}
		GeminiConversation conversation = new GeminiConversation(version, turns);
		ConversationChecks.checkContents(conversation);
		return conversation;
	}

	static Turn readTurn(String json) {
		return read(json, Turn.class);
	}

	private static <T> T read(String json, Class<T> type) {
		Assert.notNull(json, "'json' must not be null");
		T value;
		try {
			value = MAPPER.readValue(json, type);
		}
		catch (JacksonException ex) {
			value = readTolerantly(json, type, ex);
		}
		if (value == null) {
			throw new GeminiInvalidConversationException("", "it is null", null);
		}
		return value;
	}

	// A stored response may contain members that could not be read when it arrived.
	private static <T> @Nullable T readTolerantly(String json, Class<T> type, JacksonException failure) {
		try {
			return tolerantMapper.obtain().readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new GeminiInvalidConversationException(JsonErrorDescription.path("", failure), problem(failure),
					failure);
		}
	}

	private static String problem(JacksonException failure) {
		return (failure.getCause() instanceof IllegalArgumentException cause) ? String.valueOf(cause.getMessage())
				: failure.getOriginalMessage();
	}

	/**
	 * A conversation in JSON.
	 *
	 * @param version the version of the format
	 * @param turnCount the number of turns that the conversation has had
	 * @param turns the turns
	 */
	record Document(@Nullable Integer version, @Nullable Long turnCount, @Nullable List<Turn> turns) {

	}

}
