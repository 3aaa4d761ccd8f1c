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

package com.cometapi.gemini.web;

import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link GeminiProblemDetails}.
 */
class GeminiProblemDetailsTests {

	private final GeminiProblemDetails problemDetails = new GeminiProblemDetails(GeminiErrorEventMapper.standard());

	@ParameterizedTest
	@EnumSource
	void everyCodeHasAnErrorStatusAndTheMessageOfTheErrorEvent(GeminiFailureCode code) {
		TestException failure = new TestException(code);

		ErrorResponse response = this.problemDetails.create(failure);

		GeminiErrorEvent event = GeminiErrorEventMapper.standard().map(failure);
		assertThat(response.getStatusCode().isError()).isTrue();
		assertThat(response.getStatusCode().value()).isNotIn(401, 402, 403, 404);
		ProblemDetail body = response.getBody();
		assertThat(body.getStatus()).isEqualTo(response.getStatusCode().value());
		assertThat(body.getDetail()).isEqualTo(event.message());
		assertThat(body.getProperties()).containsOnly(entry("code", code.value()), entry("transient", true));
		assertThat(body.toString()).doesNotContain("sk-secret");
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "1,1", "1000,1", "1001,2", "59999,60" })
	void waitIsRoundedUpToSeconds(long millis, String retryAfter) {
		ErrorResponse response = this.problemDetails
			.create(new GeminiRateLimitException("Slow down", error(429, Duration.ofMillis(millis)), null));

		assertThat(response.getStatusCode().value()).isEqualTo(429);
		assertThat(response.getHeaders().get(HttpHeaders.RETRY_AFTER)).containsExactly(retryAfter);
	}

	@Test
	void whenFailureHasNoWaitThenResponseHasNone() {
		ErrorResponse response = this.problemDetails
			.create(new GeminiRateLimitException("Slow down", error(429, null), null));

		assertThat(response.getHeaders().isEmpty()).isTrue();
	}

	@Test
	void whenEndpointRefusesTheSizeOfTheRequestThenResponseDoesToo() {
		ErrorResponse response = this.problemDetails
			.create(new GeminiInvalidRequestException("Too large", error(413, null), null));

		assertThat(response.getStatusCode().value()).isEqualTo(413);
		assertThat(response.getBody().getProperties()).containsEntry("code", "invalid-request");
	}

	@Test
	void whenMapperOfTheApplicationFailsThenTextsAreTheDefaultOnes() {
		GeminiProblemDetails problemDetails = new GeminiProblemDetails((failure) -> {
			throw new IllegalStateException("No bundle for this language");
		});

		ErrorResponse response = problemDetails.create(new TestException(GeminiFailureCode.BLOCKED));

		assertThat(response.getStatusCode().value()).isEqualTo(422);
		assertThat(response.getBody().getDetail()).contains("blocked by a filter");
	}

	private static GeminiError error(int status, @Nullable Duration retryAfter) {
		return new GeminiError(status, null, null, null, List.of(), null, retryAfter, null);
	}

	private static final class TestException extends GeminiException {

		TestException(GeminiFailureCode code) {
			super(code, "The endpoint does not accept the key sk-secret", true, null);
		}

	}

}
