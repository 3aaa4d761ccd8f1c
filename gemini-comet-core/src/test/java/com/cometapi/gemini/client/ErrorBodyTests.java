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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for the error bodies that {@link ErrorTranslator} reads.
 */
class ErrorBodyTests {

	private static final byte[] BOM = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"detail":[{"loc":["body","contents",0],"msg":"field required"}]}      | field required (body.contents.0)
					{"detail":[{"msg":"a"},{"msg":"b"}]}                                   | a; b
					{"detail":{"msg":"too long"}}                                          | too long
					{"detail":{"error":{"message":"too long"}}}                            | too long
					{"detail":"not found"}                                                 | not found
					{"message":["a is bad","b is bad"],"statusCode":400,"error":"Bad Request"} | a is bad; b is bad
					{"errors":[{"message":"a","path":"x"},{"detail":"b"}]}                 | a (x); b
					{"errors":["a","b"]}                                                   | a; b
					{"errors":{"model":["is required"],"n":["is low","is odd"]}}           | model: is required; n: is low; is odd
					{"type":"about:blank","title":"Bad Request","status":400,"detail":"x"} | x
					{"title":"Bad Request","status":400}                                   | Bad Request
					{"title":"Invalid","errors":{"Prompt":["It is required."]}}            | Prompt: It is required.
					{"error":"text"}                                                       | text
					{"error":["a","b"]}                                                    | a; b
					{"error":[{"message":"a"},{"message":"b"}]}                            | a; b
					{"error":{"errors":[{"message":"a"}]}}                                 | a
					{"error":{"message":{"text":"a"}}}                                     | {"text":"a"}
					{"fault":{"faultstring":"quota of the proxy"}}                         | quota of the proxy
					{"Message":"forbidden"}                                                | forbidden
					["a is bad"]                                                           | a is bad
					no such thing                                                          | no such thing
					<Error><Code>Bad</Code><Message>Wrong region</Message></Error>         | Wrong region
					<html><head><title>Bad &amp; ugly</title></head></html>                | Bad & ugly
					""")
	void messageIsFoundInEveryForm(String body, String message) {
		for (int status : new int[] { 400, 422 }) {
			GeminiException exception = Errors.translate(status, body);
			assertThat(exception).isExactlyInstanceOf(GeminiInvalidRequestException.class)
				.hasMessageContaining(message);
			assertThat(exception.getError().message()).isEqualTo(message);
			assertThat(exception.getError().status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"detail\":[{\"msg\":\"field required\"}]}",
			"{\"message\":[\"a is bad\"],\"statusCode\":400}", "{\"detail\":{\"msg\":\"m\"}}",
			"{\"errors\":{\"a\":[\"m\"]}}" })
	void errorInsideOfAResponseIsFoundInThoseForms(String body) {
		assertThat(Errors.inside(body)).isNotNull();
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ServedBody.of(body).call())
			.satisfies((ex) -> assertThat(ex.getError().message()).isNotNull());
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ServedBody.ofEvents(body).stream())
			.satisfies((ex) -> assertThat(ex.getError().message()).isNotNull());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"Invalid value: %s"}} | INVALID_ARGUMENT
			{"error":{"message":"Invalid value: %s","code":400,"status":"INVALID_ARGUMENT"}} |
			{"message":"Invalid value: %s"}                                                  |
			{"detail":[{"msg":"Invalid value: %s"}]}                                         |
			Invalid value: %s                                                                |
			""")
	void beginningOfALargeErrorIsRead(String body, String googleStatus) {
		for (int size : new int[] { 100_000, 1_000_000 }) {
			for (String filler : new String[] { "x", "\\\"", "\\u00e4", "\\\\" }) {
				String large = body.formatted(filler.repeat(size / filler.length()));
				assertThatExceptionOfType(GeminiInvalidRequestException.class)
					.isThrownBy(() -> ServedBody.of(large).call("400 Bad Request"))
					.withMessageContaining("Invalid value")
					.satisfies((ex) -> assertThat(ex.getError().message()).startsWith("Invalid value"))
					.satisfies((ex) -> assertThat(ex.getError().googleStatus()).isIn(
							(size < 256 * 1024 && body.contains("status")) ? "INVALID_ARGUMENT" : googleStatus,
							googleStatus));
			}
		}
	}

	@Test
	void beginningOfAnErrorIsReadIfTheConnectionBreaks() throws Exception {
		try (WireServer server = WireServer.start((connection) -> connection
			.head("400 Bad Request", "Content-Type: application/json", "Content-Length: 1000")
			.write("{\"error\":{\"code\":400,\"message\":\"Invalid val")
			.cut())) {
			GeminiClient client = GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder(Errors.KEY).baseUrl(server.url()).build());
			assertThatExceptionOfType(GeminiInvalidRequestException.class)
				.isThrownBy(() -> client.generateContent("m", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS).block())
				.withMessageContaining("Invalid val");
		}
	}

	@Test
	void errorWhoseBodyIsHeldOpenKeepsItsStatus() throws Exception {
		try (WireServer server = WireServer.start(
				(connection) -> connection
					.head("429 Too Many Requests", "Content-Type: application/json", "Retry-After: 7",
							"Transfer-Encoding: chunked")
					.chunk("{\"error\":{\"code\":429,\"message\":\"slow down\"}}"))) {
			GeminiClient client = GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder(Errors.KEY)
						.baseUrl(server.url())
						.firstEventTimeout(Duration.ofSeconds(4))
						.retry(GeminiRetrySettings.NONE)
						.build());
			assertThatExceptionOfType(GeminiRateLimitException.class)
				.isThrownBy(() -> client.generateContent("m", ServedBody.REQUEST, GeminiCallOptions.DEFAULTS).block())
				.withMessageContaining("slow down")
				.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(7)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}""", """
			[{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}]""", """
			[{"candidates":[]},{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}]""", """
			{"error":{"message":"slow down","type":"comet_api_error","param":null,"code":429}}""", """
			{"error":{"message":"slow down","type":"upstream_error","code":"429"}}""", """
			{"error":"slow down"}""", """
			{"message":"slow down"}""", """
			{"success":false,"message":"slow down"}""", """
			{"error":true,"message":"slow down"}""", """
			{"error":"Too Many Requests","message":"slow down","status":429,"path":"/v1beta"}""", """
			{"code":429,"message":"slow down"}""", """
			{"detail":"slow down"}""", """
			{"errors":[{"message":"slow down"}]}""", """
			{"error":{"error":{"code":429,"message":"slow down"}}}""", """
			{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}""",
			"""
					{"error":{"message":"{\\"error\\":{\\"code\\":429,\\"message\\":\\"slow down\\"}}","code":429,"status":"Too Many Requests"}}""",
			"""
					{"error":{"message":"upstream: [{\\"error\\":{\\"message\\":\\"slow down\\",\\"status\\":\\"RESOURCE_EXHAUSTED\\"}}] (request id: 1)"}}""",
			"""
					data: {"error":{"code":429,"message":"slow down"}}

					""", """
					event: error
					data: {"error":{"code":429,
					data: "message":"slow down"}}

					data: [DONE]

					""", "\r\n \t{\"error\":{\"message\":\"slow down\"}}\n\n",
			"{\"error\":{\"message\":\"slow down\"}}trailing", "slow down", "\"slow down\"",
			"<html><head><TITLE lang=en>\nslow\n down</TITLE></head>" })
	void everyFormOfAnErrorIsRead(String body) {
		GeminiException exception = Errors.translate(429, body);

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		assertThat(exception.getError().message()).isEqualTo("slow down");
		assertThat(exception).hasMessageContaining("slow down");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1", "windows-1252" })
	void charsetOfTheBodyIsUsed(String charset) {
		HttpHeaders headers = Errors.header("Content-Type", "application/json;charset=" + charset);

		GeminiException exception = Errors.translate(400, headers,
				"{\"error\":{\"message\":\"wrong café\"}}".getBytes(Charset.forName(charset)));

		assertThat(exception.getError().message()).isEqualTo("wrong café");
	}

	@Test
	void byteOrderMarkAndOddContentTypesAreAccepted() {
		byte[] json = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
		byte[] body = Arrays.copyOf(BOM, BOM.length + json.length);
		System.arraycopy(json, 0, body, BOM.length, json.length);

		for (String type : new String[] { "text/html", "nonsense", "application/json; charset=nonsense" }) {
			assertThat(Errors.translate(400, Errors.header("Content-Type", type), body).getError().message())
				.isEqualTo("no");
		}
	}

	@Test
	void relayedErrorCombinesTheDetailsOfBoth() {
		GeminiException exception = Errors.translate(500,
				"""
						{"error":{"message":"bad response: {\\"error\\":{\\"code\\":429,\\"message\\":\\"Slow. Please retry in 9s.\\",\
						\\"status\\":\\"RESOURCE_EXHAUSTED\\",\\"details\\":[{\\"reason\\":\\"R\\"}]}} (request id: 77)",
						"type":"upstream_error","code":"bad_response_status_code"}}""");

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		GeminiError error = exception.getError();
		assertThat(error.status()).isEqualTo(500);
		assertThat(error.code()).isEqualTo("bad_response_status_code");
		assertThat(error.googleStatus()).isEqualTo("RESOURCE_EXHAUSTED");
		assertThat(error.message()).isEqualTo("Slow. Please retry in 9s.");
		assertThat(error.requestId()).isEqualTo("77");
		assertThat(error.retryAfter()).hasSeconds(9);
		assertThat(error.details()).containsExactly(Map.of("reason", "R"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\":{\"code\":\"model_not_found\",\"message\":\"no \\\"cha",
			"{\"error\":{\"message\":\"no, {x\",\"code\":\"model_not_found\",\"details\":[{\"a\":[1,",
			"data: {\"error\":{\"code\":\"model_not_found\",\"mess",
			"[{\"error\":{\"code\":\"model_not_found\",\"x\":" })
	void codeOfATruncatedBodyIsStillUsed(String body) {
		assertThat(Errors.translate(503, body)).isExactlyInstanceOf(GeminiModelNotFoundException.class);
		assertThat(Errors.TRANSLATOR.truncatedEvent(new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8), 1,
				Errors.CONTEXT))
			.isExactlyInstanceOf(GeminiModelNotFoundException.class);
	}

	@Test
	void truncatedResponseIsNotAnError() {
		byte[] body = "{\"candidates\":[{\"index\":0,\"content\":".getBytes(StandardCharsets.UTF_8);

		assertThat(Errors.TRANSLATOR.truncatedEvent(new HttpHeaders(), body, 1, Errors.CONTEXT))
			.isExactlyInstanceOf(GeminiProtocolException.class);
	}

	@Test
	void garbageAlwaysBecomesAnException() {
		Random random = new Random(7);
		byte[] json = Wire.bytes("google-429-retry-info.error.json");
		for (int i = 0; i < 3000; i++) {
			byte[] body = (i % 2 == 0) ? new byte[random.nextInt(300)]
					: Arrays.copyOf(json, random.nextInt(json.length));
			if (i % 2 == 0) {
				random.nextBytes(body);
			}
			else if (body.length > 0) {
				body[random.nextInt(body.length)] = (byte) random.nextInt();
			}
			int status = 100 + random.nextInt(600);
			assertThatNoException().isThrownBy(() -> Errors.translate(status, new HttpHeaders(), body));
		}
	}

	@Test
	void deepAndStrangeJsonBecomesAnException() {
		for (String body : new String[] { "[".repeat(100_000), "{\"error\":".repeat(100_000),
				"{\"error\":".repeat(400) + "1" + "}".repeat(400), "{\"error\":{\"code\":1e999999999}}",
				"{\"error\":{\"code\":{},\"message\":[1,2],\"status\":7,\"details\":\"x\"}}", "{\"error\":[[[]]]}",
				"{\"error\":{\"message\":{\"a\":1}}}", "{\"error\":{\"details\":[1,null,[],{\"a\":null}]}}",
				"{\"error\":[\"text\"]}", "data:", "data: {", "\uFEFF", "<", "{\"error\":{\"message\":\"{{{{{{\"}}" }) {
			assertThat(Errors.translate(500, body)).as(body.substring(0, Math.min(40, body.length())))
				.isExactlyInstanceOf(GeminiServerException.class);
		}
	}

}
