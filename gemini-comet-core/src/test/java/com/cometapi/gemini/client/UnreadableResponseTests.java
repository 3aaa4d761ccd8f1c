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

import java.nio.charset.StandardCharsets;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for bodies with status 200 that are not a response.
 */
class UnreadableResponseTests {

	private static final HttpHeaders HEADERS = Errors.header("X-Oneapi-Request-Id", "r-1");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''                                            | the response is empty.
					'   '                                         | the response is empty.
					<!DOCTYPE html><title>CometAPI</title>        | the response is a page instead of JSON: <!DOCTYPE html><title>
					[]                                            | the response is a JSON array instead of an object: []
					[{"candidates":[]}]                           | the response is a JSON array instead of an object: [{"candi
					{"candidates":5}                              | the response is JSON, but not a response: {"candidates":5}
					{"candidates":[                               | the response is not JSON: {"candidates":[
					OK                                            | the response is not JSON: OK
					""")
	void bodyThatIsNotAResponseIsAProtocolException(String body, String message) {
		GeminiException exception = Errors.TRANSLATOR.unreadableResponse(200, HEADERS, bytes(body), null,
				Errors.CONTEXT);

		assertThat(exception).isExactlyInstanceOf(GeminiProtocolException.class)
			.hasMessageStartingWith("generateContent of model 'gemini-3.5-flash': " + message);
		assertThat(exception.isTransient()).isFalse();
		assertThat(exception.getError().status()).isEqualTo(200);
		assertThat(exception.getError().requestId()).isEqualTo("r-1");
		assertThat(exception.getError().body()).isEqualTo(body.isBlank() ? null : body);
	}

	@Test
	void jsonWithoutAnyKnownMemberIsNotAResponse() {
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> ServedBody.of("{\"choices\":[{}]}").call())
			.withMessageContaining("the response is JSON, but not a response: {\"choices\":[{}]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"responseId\":\"r-1\"", "\"modelVersion\":\"m-1\"",
			"\"createTime\":\"2026-11-26T09:00:00Z\"", "\"modelStatus\":{\"modelStage\":\"STABLE\"}" })
	void metadataBesideAnUnknownMemberIsAResponse(String metadata) {
		assertThat(ServedBody.of("{%s,\"later\":1}".formatted(metadata)).call().additional()).containsKey("later");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			<html><head><title>502 Bad Gateway</title></head></html>                      | 502 | true
			<!DOCTYPE html><title>Error 503 - down</title>                                | 503 | true
			<html><body><h1>HTTP Status 403 - Forbidden</h1></body></html>                | 403 | false
			""")
	void pageOfAnErrorIsThatError(String page, int status, boolean isTransient) {
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> ServedBody.of(page).stream())
			.withMessageContaining(String.valueOf(status))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("base-url"))
			.satisfies((ex) -> assertThat(ex.getError().status()).isEqualTo(status))
			.satisfies((ex) -> assertThat(ex.isTransient()).isEqualTo(isTransient));
	}

	@Test
	void pageAmongEventsIsNotBlamedOnTheBaseUrl() {
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> ServedBody.of("<html><title>Sign in</title></html>").stream())
			.withMessageContaining("is a page instead of JSON: <html><title>Sign in")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("base-url"));
	}

	@Test
	void errorInsteadOfAResponseIsThatError() {
		GeminiException exception = Errors.TRANSLATOR.unreadableResponse(200, HEADERS,
				Wire.bytes("google-error-array.error.json"), null, Errors.CONTEXT);

		assertThat(exception).isExactlyInstanceOf(GeminiInvalidRequestException.class);
		assertThat(exception.getError().status()).isEqualTo(400);
	}

	@Test
	void eventThatCannotBeReadTellsWhichOne() {
		GeminiException exception = Errors.TRANSLATOR.unreadableEvent(HEADERS, bytes("{\"candidates\":[{]}"), 3,
				new IllegalStateException("Unexpected character"), Errors.CONTEXT);

		assertThat(exception).isInstanceOfSatisfying(GeminiProtocolException.class, (protocol) -> {
			assertThat(protocol.getEventCount()).isEqualTo(3);
			assertThat(protocol).hasMessageContaining("event 4 is not JSON")
				.hasRootCauseMessage("Unexpected character");
		});
	}

	@Test
	void truncatedEventTellsHowMuchHadArrived() {
		GeminiException exception = Errors.TRANSLATOR.truncatedEvent(HEADERS, bytes("data: {\"cand"), 2,
				Errors.CONTEXT);

		assertThat(exception).isInstanceOfSatisfying(GeminiProtocolException.class, (protocol) -> {
			assertThat(protocol.getEventCount()).isEqualTo(2);
			assertThat(protocol).hasMessageContaining("in the middle of event 3, after 12 bytes");
			assertThat(protocol.getError().body()).isEqualTo("data: {\"cand");
		});
	}

	@Test
	void missingFinishReasonTellsTheEvents() {
		assertThat(Errors.TRANSLATOR.noFinishReason(HEADERS, 4, Errors.CONTEXT))
			.hasMessageContaining("after 4 events without a finish reason")
			.extracting(GeminiProtocolException::getEventCount)
			.isEqualTo(4);
		assertThat(Errors.TRANSLATOR.noFinishReason(HEADERS, 0, Errors.CONTEXT))
			.hasMessageContaining("without any event");
	}

	@Test
	void pieceOfTheBodyIsBoundedAndWithoutKeys() {
		String body = "token " + Errors.KEY + " " + "long ".repeat(10_000);

		GeminiException exception = Errors.TRANSLATOR.unreadableResponse(200, HEADERS, bytes(body),
				new IllegalStateException("Unrecognized token '" + Errors.KEY + "'"), Errors.CONTEXT);

		assertThat(exception.getMessage()).hasSizeLessThan(500);
		assertThat(exception.getError().body()).hasSizeLessThan(2100);
		assertThat(Errors.print(exception)).doesNotContain(Errors.KEY).contains("Unrecognized token");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
