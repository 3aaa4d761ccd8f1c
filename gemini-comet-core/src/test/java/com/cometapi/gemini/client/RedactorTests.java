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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Redactor} and for exceptions, which must never contain a key.
 */
class RedactorTests {

	private final Redactor redactor = new Redactor(List.of(Errors.KEY, "it's \"my\" ключ & co", "test"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Incorrect API key provided: sk-abcd1234efgh | Incorrect API key provided: ***
			Invalid API key: key1234                    | Invalid API key: ***
			key sk-abcd1234_-XYZ.                       | key ***.
			sk-ab**********wxyz is wrong                | *** is wrong
			AIzaSyA-1234567890_abcdefghij               | ***
			https://h/v1beta?key=abc123&alt=sse         | https://h/v1beta?key=***&alt=sse
			https://h/?api_key=abc123                   | https://h/?api_key=***
			Authorization: Bearer abc.def-123           | Authorization: Bearer ***
			authorization=[Bearer abc.def-123]          | authorization=[Bearer ***]
			Authorization: Basic dXNlcjpwYXNz           | Authorization: Basic ***
			{\\"Authorization\\": \\"Basic dXNlcjpw\\"} | {\\"Authorization\\": \\"Basic ***\\"}
			{\\"authorization\\":[\\"Bearer ab\\"]}    | {\\"authorization\\":[\\"Bearer ***\\"]}
			Authorization: Token 4f0a9c             | Authorization: Token ***
			sent Bearer abcdef123456                    | sent Bearer ***
			x-goog-api-key: abc                         | x-goog-api-key: ***
			{"x-goog-api-key":"abc","b":1}              | {"x-goog-api-key":"***","b":1}
			{"api_key":"abc"}                           | {"api_key":"***"}
			{"apiKey": "abc"}                           | {"apiKey": "***"}
			this is a test, the latest                  | this is a ***, the latest
			""", quoteCharacter = '`')
	void textThatLooksLikeAKeyIsMasked(String text, String expected) {
		assertThat(this.redactor.redact(text, 500)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "API key not valid. Please pass a valid API key.", "task-management-system is down",
			"models/gemini-2.5-flash is not found for API version v1beta", "Token count exceeds 1048576",
			"generativelanguage.googleapis.com/generate_content_paid_tier_input_token_count, limit: 4000000",
			"projects/test-project-id-1234/locations/us-central1/publishers/google/models/gemini-1.5-flash",
			"the monkey=bar", "Der Schlüssel 日本語 🙂" })
	void otherTextsAreUnchanged(String text) {
		assertThat(new Redactor(List.of(Errors.KEY)).redact(text, 500)).isEqualTo(text);
	}

	@Test
	void keyInUseIsMaskedInEveryForm() {
		String odd = "it's \"my\" ключ & co";
		String json = JsonMapper.shared().writeValueAsString(odd);
		for (String form : List.of(Errors.KEY, URLEncoder.encode(Errors.KEY, StandardCharsets.UTF_8),
				Errors.KEY.replace("/", "\\/"), odd, URLEncoder.encode(odd, StandardCharsets.UTF_8),
				URLEncoder.encode(odd, StandardCharsets.UTF_8).replace("+", "%20"),
				URLEncoder.encode(odd, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
				json.substring(1, json.length() - 1))) {
			assertThat(this.redactor.redact("a" + form + "b", 500)).isEqualTo("a***b");
			assertThat(this.redactor.isClean("a" + form + "b")).isFalse();
		}
	}

	@Test
	void headerWithANumberHidesNoNumbers() {
		assertThat(new Redactor(List.of("1", "", " ", "503")).redact("503: 1 of 2", 500)).isEqualTo("503: 1 of 2");
	}

	@Test
	void longBase64IsShortened() {
		assertThat(this.redactor.redact("\"data\":\"" + "iVBORw0KGgo+/A".repeat(30) + "==\"", 500))
			.isEqualTo("\"data\":\"[422 characters]\"");
	}

	@Test
	void keyAtTheEndOfALongTextIsRemoved() {
		for (int length = 15_000; length < 17_000; length += 61) {
			String text = "A".repeat(length) + " " + Errors.KEY;
			assertThat(this.redactor.redact(text, 20_000)).doesNotContain("sk-4");
			assertThat(this.redactor.redact(text.replace('A', '日'), 20_000)).doesNotContain("sk-4");
		}
	}

	@Test
	void cutNeverLeavesHalfACharacter() {
		assertThat(this.redactor.redact("ab🙂cd", 3)).isEqualTo("ab…");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 301, 400, 401, 403, 404, 429, 500, 503 })
	void noExceptionShowsAKey(int status) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-Oneapi-Request-Id", "id " + Errors.KEY);
		headers.set("Location", "https://h/?key=" + URLEncoder.encode(Errors.KEY, StandardCharsets.UTF_8));
		String key = Errors.KEY;
		for (String body : List.of(key, "<title>" + key + "</title>", "{\"error\":\"" + key + "\"}",
				"{\"error\":{\"message\":\"" + key + "\",\"code\":\"" + key + "\",\"status\":\"" + key
						+ "\",\"details\":[{\"" + key + "\":{\"a\":[\"x" + key + "\",[{\"b\":\"" + key + "\"}]]}}]}}",
				"{\"error\":{\"message\":\"" + key.replace("/", "\\/") + "\"}}",
				"{\"error\":{\"message\":\"x (request id: " + key + ")\"}}")) {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

			assertClean(Errors.translate(status, headers, bytes));
			assertClean(
					Errors.TRANSLATOR.unreadableResponse(200, headers, bytes, new IOException(key), Errors.CONTEXT));
			assertClean(Errors.TRANSLATOR.unreadableEvent(headers, bytes, 1, null, Errors.CONTEXT));
			assertClean(Errors.TRANSLATOR.truncatedEvent(headers, bytes, 1, Errors.CONTEXT));
			assertClean(Errors.TRANSLATOR.noFinishReason(headers, 1, Errors.CONTEXT));
		}
		assertThat(Errors.CONTEXT.toString()).doesNotContain(key);
	}

	@Test
	void keyInTheDetailsOfGoogleIsMasked() {
		GeminiException exception = Errors.translate(400, new HttpHeaders(),
				Wire.bytes("google-400-api-key-invalid.error.json"));

		assertThat(Errors.print(exception)).doesNotContain("key1234").contains("API key not valid");
	}

	@Test
	void causeWithAKeyIsReplaced() {
		IOException safe = new IOException("reset");
		IOException unsafe = new IOException("closed", new IllegalStateException("GET /?key=abcdef"));
		IOException suppressing = new IOException("closed");
		suppressing.addSuppressed(new IllegalStateException("sent " + Errors.KEY));

		assertThat(RedactedCause.of(safe, this.redactor)).isSameAs(safe);
		assertThat(RedactedCause.of(unsafe, this.redactor)).isNotSameAs(unsafe)
			.hasNoCause()
			.hasMessageContaining("closed");
		assertThat(RedactedCause.of(suppressing, this.redactor)).hasNoSuppressedExceptions();
		assertThat(RedactedCause.of(null, this.redactor)).isNull();
	}

	@Test
	void exceptionSurvivesSerialization() throws Exception {
		GeminiException exception = Errors.translate(429, new HttpHeaders(),
				Wire.bytes("google-429-retry-info.error.json"));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(exception);
		}

		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			GeminiRateLimitException copy = (GeminiRateLimitException) in.readObject();
			assertThat(copy.getError()).isEqualTo(exception.getError());
			assertThat(copy.getRetryAfter()).isEqualTo(Duration.ofSeconds(47));
			assertThat(copy).hasMessage(exception.getMessage());
		}
	}

	private static void assertClean(GeminiException exception) {
		assertThat(Errors.print(exception)).doesNotContain("4fJ2").doesNotContain("secret_of");
	}

}
