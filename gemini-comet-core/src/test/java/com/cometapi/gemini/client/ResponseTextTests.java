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

package com.cometapi.gemini.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a text has the same characters however a server splits, escapes or garbles
 * it.
 */
class ResponseTextTests {

	private static final String START = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"";

	private static final String END = "\"}]},\"finishReason\":\"STOP\"}]}";

	@ParameterizedTest
	@ValueSource(strings = { "80", "FF", "C3", "E2 82", "F0 9F 98", "C3 28", "F8 88 80 80 80" })
	void malformedBytesAreReplaced(String hex) {
		byte[] malformed = bytes(hex);
		String expected = "ä" + new String(malformed, StandardCharsets.UTF_8) + "ö";
		assertThat(expected).contains("\uFFFD");
		byte[] json = join(utf8(START + "ä"), malformed, utf8("ö" + END));
		assertThat(ServedBody.of(json).call().text()).isEqualTo(expected);
		assertThat(text(ServedBody.of(join(utf8("data: "), json, utf8("\n\n"))))).isEqualTo(expected);
	}

	@Test
	void malformedBytesDoNotAffectOtherEvents() {
		byte[] json = join(utf8("data: " + START + "a"), bytes("80"),
				utf8("\"}]}}]}\n\ndata: " + START + "b" + END + "\n\n"));
		assertThat(ServedBody.of(json).stream()).extracting(GenerateContentResponse::text)
			.containsExactly("a\uFFFD", "b");
	}

	@Test
	void malformedBytesOfALargeEventAreReplaced() {
		String large = "x".repeat(300_000);
		byte[] json = join(utf8(START + large), bytes("80"), utf8(END));
		assertThat(ServedBody.of(json).call().text()).isEqualTo(large + "\uFFFD");
		assertThat(text(ServedBody.of(join(utf8("data: "), json, utf8("\n\n"))))).isEqualTo(large + "\uFFFD");
	}

	@Test
	void unreadableJsonTellsTheReasonAndThePlaceOfTheParser() {
		String json = START + "a\" oops" + END;
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> ServedBody.of(json).call())
			.withMessageContaining("Unexpected character ('o'")
			.withMessageContaining("line 1, column 64");
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> ServedBody.ofEvents(json).stream())
			.withMessageContaining("Unexpected character ('o'")
			.withMessageContaining("line 1, column 64");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u0000", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u2028", "\u2028\u2029\u0085",
			"\uFEFF", "\\ufeff", "\uD83D\uDE00", "\\r\\n\\t", "e\u0301", "\u0001", "\uFFFF" })
	void charactersAreTheSame(String written) {
		String expected = "<" + unescape(written) + ">";
		String json = START + "<" + written + ">" + END;
		assertThat(ServedBody.of(json).call().text()).isEqualTo(expected);
		assertThat(text(ServedBody.ofEvents(json))).isEqualTo(expected);
		assertThat(text(ServedBody.ofEvents(START + "<" + "\"}]}}]}", START + written + "\"}]}}]}", START + ">" + END)))
			.isEqualTo(expected);
	}

	@Test
	void surrogatesOfTwoEventsAreOneCharacter() {
		assertThat(text(ServedBody.ofEvents(START + "a\\ud83d\"}]}}]}", START + "\\ude00b" + END)))
			.isEqualTo("a\uD83D\uDE00b");
	}

	@Test
	void byteOrderMarkIsNotText() {
		byte[] json = join(utf8("\uFEFF" + START + "a"), bytes("80"), utf8(END));
		assertThat(ServedBody.of(json).call().text()).isEqualTo("a\uFFFD");
		assertThat(ServedBody.of("\uFEFF" + START + "a" + END).call().text()).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "\uDE00", "\uD83D\uD83D\uDE00", "\uDE00\uD83D", "a\u0000" })
	void textIsSentBackUnchanged(String text) throws Exception {
		try (WireServer server = WireServer
			.start((connection) -> connection.respond("200 OK", "application/json", utf8(START + END)))) {
			GeminiClient client = GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-test-key").baseUrl(server.url()).build());
			GenerateContentRequest request = GenerateContentRequest.builder()
				.contents(Content.user("Hi ä"), Content.model(Part.text("<" + text + ">")))
				.build();
			client.generateContent("gemini-3.5-flash", request, GeminiCallOptions.DEFAULTS).block();
			String body = server.takeRequest().body();
			assertThat(GeminiJsonMapper.builder().build().readValue(body, GenerateContentRequest.class))
				.isEqualTo(request);
		}
	}

	private static String text(ServedBody body) {
		List<GenerateContentResponse> events = body.stream();
		ResponseAccumulator whole = new ResponseAccumulator();
		StringBuilder pieces = new StringBuilder();
		events.forEach((event) -> {
			whole.add(event);
			pieces.append(event.text());
		});
		assertThat(whole.toResponse().text()).isEqualTo(pieces.toString());
		return pieces.toString();
	}

	private static String unescape(String json) {
		return GeminiJsonMapper.builder()
			.build()
			.readValue("\"" + json.replace("\u0001", "\\u0001") + "\"", String.class);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String hex) {
		String[] digits = hex.split(" ");
		byte[] bytes = new byte[digits.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) Integer.parseInt(digits[i], 16);
		}
		return bytes;
	}

	private static byte[] join(byte[]... pieces) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] piece : pieces) {
			joined.writeBytes(piece);
		}
		return joined.toByteArray();
	}

}
