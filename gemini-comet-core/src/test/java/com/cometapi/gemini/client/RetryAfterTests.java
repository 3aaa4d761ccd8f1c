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

import java.time.Duration;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0                             | PT0S
			120                           | PT2M
			' 7 '                         | PT7S
			1.5                           | PT1.5S
			00042                         | PT42S
			999999999999999999            | PT8760H
			99999999999999999999          | PT8760H
			99999999999999999999999999999999999999 | PT8760H
			00000000000000000000007       | PT7S
			Thu, 01 Jan 1970 00:00:00 GMT | PT0S
			Wed, 25 Mar 2026 04:22:10 GMT | PT30S
			Wed, 25 Mar 2026 04:21:00 GMT | PT0S
			Wednesday, 25-Mar-26 04:21:50 GMT | PT10S
			Fri, 31 Dec 9999 23:59:59 GMT | PT8760H
			""")
	void headerIsRead(String value, Duration expected) {
		assertThat(wait(Errors.header("Retry-After", value), "{}")).isEqualTo(expected);
	}

	@Test
	void dateInTheHeaderCountsFromTheClockOfTheServer() {
		HttpHeaders headers = Errors.header("Retry-After", "Wed, 25 Mar 2026 10:00:30 GMT");
		headers.set("Date", "Wed, 25 Mar 2026 10:00:10 GMT");

		assertThat(wait(headers, "{}")).isEqualTo(Duration.ofSeconds(20));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "-5", "1e9", "12,5", "NaN", "Wed, 99 Foo 2026 04:22:10 GMT", "1 2", "٣" })
	void garbageInTheHeaderIsIgnored(String value) {
		assertThat(wait(Errors.header("Retry-After", value), "{}")).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"34.074824224s"             | PT34.074824224S
			"38s"                       | PT38S
			"0s"                        | PT0S
			"0.000000001s"              | PT0.000000001S
			"1m30s"                     | PT1M30S
			"250ms"                     | PT0.25S
			45                          | PT45S
			{"seconds":"3","nanos":500} | PT3.0000005S
			{"seconds":3}               | PT3S
			"99999999999999999s"        | PT8760H
			"99999999999999999999s"     | PT8760H
			{"seconds":"99999999999999999999"} | PT8760H
			""", quoteCharacter = '`')
	void retryInfoIsRead(String delay, Duration expected) {
		assertThat(wait(new HttpHeaders(), retryInfo(delay, "m"))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"soon\"", "null", "[]", "{}x", "true", "\"-3s\"" })
	void garbageInRetryInfoIsIgnored(String delay) {
		assertThat(wait(new HttpHeaders(), retryInfo(delay, "m"))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Please retry in 47.434392449s.                 | PT47.434392449S
			Quota exceeded.\\nPlease retry in 342.5ms.     | PT0.3425S
			Please retry in 1m30s.                         | PT1M30S
			Please retry in 2h3m4s.                        | PT2H3M4S
			Please retry in 1m2.5s.                        | PT1M2.5S
			please retry after 30 seconds, or ask          | PT30S
			Rate limit reached. Please try again in 20s.   | PT20S
			Please try again in 5 minutes                  | PT5M
			""")
	void messageIsRead(String message, Duration expected) {
		assertThat(wait(new HttpHeaders(), "{\"error\":{\"message\":\"" + message.replace("\\\\", "\\") + "\"}}"))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Please retry with other thinking level.", "then retry. If you enabled",
			"retry in a moment", "Please try again later.", "retry in 5 apples", "retry in ......s" })
	void otherMessagesAskForNoWait(String message) {
		assertThat(wait(new HttpHeaders(), "{\"error\":{\"message\":\"" + message + "\"}}")).isNull();
	}

	@Test
	void headerTakesPrecedenceOverRetryInfoAndRetryInfoOverMessage() {
		String body = retryInfo("\"38s\"", "Please retry in 50s.");

		assertThat(wait(Errors.header("Retry-After", "3"), body)).isEqualTo(Duration.ofSeconds(3));
		assertThat(wait(Errors.header("Retry-After", "x"), body)).isEqualTo(Duration.ofSeconds(38));
	}

	@Test
	void rateLimitExceptionTellsTheWait() {
		GeminiException exception = Errors.translate(429, Errors.header("Retry-After", "7"), "");

		assertThat(((GeminiRateLimitException) exception).getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
		assertThat(exception).hasMessageContaining("wait 7.0 s");
	}

	@Test
	void veryLongMessageIsSearchedQuickly() {
		String message = "retry in " + "1 s ".repeat(200_000) + "retry in 9";

		assertThat(Errors.translate(429, message)).isExactlyInstanceOf(GeminiRateLimitException.class);
	}

	private static @Nullable Duration wait(HttpHeaders headers, String body) {
		return Errors.translate(429, headers, body).getError().retryAfter();
	}

	private static String retryInfo(String delay, String message) {
		return """
				{"error":{"code":429,"message":"%s","status":"RESOURCE_EXHAUSTED","details":[
				{"@type":"type.googleapis.com/google.rpc.Help","links":[]},
				{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":%s}]}}""".formatted(message, delay);
	}

}
