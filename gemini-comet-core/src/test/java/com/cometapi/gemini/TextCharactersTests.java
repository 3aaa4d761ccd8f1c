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

import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that all operations return the same characters of a text.
 */
class TextCharactersTests extends AbstractRoundsTests {

	@ParameterizedTest
	@ValueSource(strings = { "a\\u0000b", "\\ud83d\\ude00", "\\ud83d", "x\\ude00", "\\u2028\u2029", "\uFEFFa\\ufeff",
			"\uD83D\uDE00\\ud83d\\ude00", "e\u0301\\r\\n" })
	void textKeepsItsCharacters(String written) {
		String expected = GeminiServer.MAPPER.readValue("\"" + written + "\"", String.class);
		String part = "{\"text\": \"" + written + "\"}";
		GeminiChat chat = GeminiChat.create(this.gemini);

		this.server.answerParts(part);
		assertThat(chat.prompt("call").text()).isEqualTo(expected);
		this.server.answerEvents(GeminiServer.response(part, null), GeminiServer.response(part, "STOP"));
		assertThat(join(chat.prompt("stream").streamText().collectList().block())).isEqualTo(expected + expected);
		this.server.answerText("ok");
		chat.prompt("last").call();

		this.server.takeJson();
		this.server.takeJson();
		JsonNode sent = this.server.takeJson().path("contents");
		assertThat(sent.at("/1/parts/0/text").stringValue()).isEqualTo(expected);
		assertThat(sent.at("/3/parts/0/text").stringValue()).isEqualTo(expected + expected);
		assertThat(GeminiConversation.fromJson(chat.conversation().toJson())).isEqualTo(chat.conversation());
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\\\\u0000b", "\\\\ud83d\\\\ude00", "\\\\ud83d", "\\\\u2028", "\uFEFF", "\uD83D\uDE00" })
	void textOfATypedResponseKeepsItsCharacters(String written) {
		String expected = GeminiServer.MAPPER.readValue("\"" + written.replace("\\\\", "\\") + "\"", String.class);
		this.server.answerParts("{\"text\": \"{\\\"text\\\":\\\"" + written + "\\\"}\"}");
		assertThat(this.gemini.prompt("Go").entity(Answer.class)).isEqualTo(new Answer(expected));
	}

	@Test
	void characterSplitBetweenTwoEventsIsEmittedWhole() {
		this.server.answerEvents(GeminiServer.response("{\"text\": \"a\\ud83d\"}", null),
				GeminiServer.textResponse("", null), GeminiServer.response("{\"text\": \"\\ude00\\ud83d\"}", null),
				GeminiServer.response("{\"text\": \"\\ude00b\\ud83d\"}", "STOP"));
		assertThat(this.gemini.prompt("Go").streamText().collectList().block()).containsExactly("a", "\uD83D\uDE00",
				"\uD83D\uDE00b", "\uD83D");
	}

	private static String join(List<String> pieces) {
		return String.join("", pieces);
	}

	record Answer(String text) {

	}

}
