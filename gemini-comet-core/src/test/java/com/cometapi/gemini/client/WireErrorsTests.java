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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiPermissionException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the exception of every recorded error.
 */
class WireErrorsTests {

	private static final String REQUEST_ID = "20260205132859798638387SIHCnxzJ";

	private static final String INVALID_ARGUMENT = "INVALID_ARGUMENT";

	static List<Expected> errors() {
		return List.of(
				new Expected("cometapi-400-model-required", 400, GeminiInvalidRequestException.class).id(REQUEST_ID),
				new Expected("cometapi-401", 401, GeminiAuthenticationException.class).id(REQUEST_ID),
				new Expected("cometapi-500-invalid-request", 500, GeminiInvalidRequestException.class)
					.code("invalid_request")
					.id(REQUEST_ID),
				new Expected("cometapi-503-model-not-found", 503, GeminiModelNotFoundException.class)
					.code("model_not_found")
					.id(REQUEST_ID),
				new Expected("cometapi-convert-request-failed", 500, GeminiInvalidRequestException.class)
					.code("convert_request_failed"),
				new Expected("cometapi-convert-request-failed", 400, GeminiInvalidRequestException.class)
					.code("convert_request_failed"),
				new Expected("cometapi-models-with-goog-key", 200, GeminiModelNotFoundException.class)
					.code("model_not_found"),
				new Expected("cometapi-null-members", 400, GeminiInvalidRequestException.class),
				new Expected("cometapi-null-members", 502, GeminiServerException.class).passing(),
				new Expected("cometapi-relayed-google", 400, GeminiInvalidRequestException.class).code("400")
					.id(REQUEST_ID),
				new Expected("cometapi-relayed-google", 500, GeminiInvalidRequestException.class).code("400")
					.id(REQUEST_ID),
				new Expected("cometapi-route-not-found", 404, GeminiInvalidRequestException.class),
				new Expected("cometapi-upstream-status", 429, GeminiRateLimitException.class).passing()
					.code("bad_response_status_code"),
				new Expected("cometapi-upstream-status", 503, GeminiServerException.class).passing()
					.code("bad_response_status_code"),
				new Expected("cometapi-upstream-status", 200, GeminiRateLimitException.class).passing()
					.code("bad_response_status_code"),
				new Expected("google-400-api-key-invalid", 400, GeminiAuthenticationException.class).code("400")
					.google(INVALID_ARGUMENT),
				invalid("google-400-function-response-count"), invalid("google-400-invalid-argument"),
				new Expected("google-400-location", 400, GeminiInvalidRequestException.class).code("400")
					.google("FAILED_PRECONDITION"),
				invalid("google-400-penalty-not-enabled"), invalid("google-400-thinking-budget-invalid"),
				invalid("google-400-thinking-level-and-budget"), invalid("google-400-thinking-level-minimal"),
				invalid("google-400-thinking-level-on-2.5"), invalid("google-400-thought-signature-missing"),
				invalid("google-400-unknown-field"),
				new Expected("google-403-api-not-enabled", 403, GeminiPermissionException.class).code("403")
					.google("PERMISSION_DENIED"),
				new Expected("google-403-permission-denied", 403, GeminiPermissionException.class).code("403")
					.google("PERMISSION_DENIED"),
				new Expected("google-404-cached-content-not-found", 404, GeminiInvalidRequestException.class)
					.code("404")
					.google("NOT_FOUND"),
				new Expected("google-404-model-not-found-stream", 404, GeminiModelNotFoundException.class).code("404")
					.google("NOT_FOUND"),
				new Expected("google-404-model-not-found", 404, GeminiModelNotFoundException.class).code("404")
					.google("NOT_FOUND"),
				new Expected("google-429-quota-exceeded", 429, GeminiRateLimitException.class).passing()
					.code("429")
					.google("RESOURCE_EXHAUSTED"),
				new Expected("google-429-retry-info-short", 429, GeminiRateLimitException.class).passing()
					.code("429")
					.google("RESOURCE_EXHAUSTED")
					.wait(Duration.ofMillis(34400)),
				new Expected("google-429-retry-info", 429, GeminiRateLimitException.class).passing()
					.code("429")
					.google("RESOURCE_EXHAUSTED")
					.wait(Duration.ofSeconds(47)),
				new Expected("google-500-internal", 500, GeminiServerException.class).passing()
					.code("500")
					.google("INTERNAL"),
				new Expected("google-503-overloaded", 503, GeminiServerException.class).passing()
					.code("503")
					.google("UNAVAILABLE"),
				new Expected("google-error-array", 400, GeminiInvalidRequestException.class).code("400")
					.google(INVALID_ARGUMENT),
				new Expected("html-404", 404, GeminiInvalidRequestException.class),
				invalid("vertex-400-invalid-thought-signature"), invalid("vertex-400-thinking-level-unsupported-pro"),
				invalid("vertex-400-thinking-level-unsupported"),
				new Expected("vertex-429-resource-exhausted", 429, GeminiRateLimitException.class).passing()
					.code("429")
					.google("RESOURCE_EXHAUSTED"));
	}

	private static Expected invalid(String name) {
		return new Expected(name, 400, GeminiInvalidRequestException.class).code("400").google(INVALID_ARGUMENT);
	}

	@ParameterizedTest
	@MethodSource("errors")
	void everyRecordedErrorBecomesItsException(Expected expected) {
		GeminiException exception = Errors.translate(expected.status, new HttpHeaders(), Wire.bytes(expected.file()));

		assertThat(exception).isExactlyInstanceOf(expected.type);
		assertThat(exception.isTransient()).isEqualTo(expected.passes);
		GeminiError error = exception.getError();
		assertThat(error.status()).isEqualTo(expected.status);
		assertThat(error.code()).isEqualTo(expected.code);
		assertThat(error.googleStatus()).isEqualTo(expected.googleStatus);
		assertThat(error.requestId()).isEqualTo(expected.requestId);
		assertThat(error.retryAfter()).isEqualTo(expected.retryAfter);
		assertThat(error.message()).isNotBlank();
		assertThat(error.body()).isNotBlank().hasSizeLessThanOrEqualTo(2001);
		assertThat(exception).hasMessageContaining("generateContent of model 'gemini-3.5-flash'")
			.hasMessageContaining("HTTP " + expected.status);
		assertThat(exception.getMessage()).hasSizeLessThan(1200);
	}

	@Test
	void noRecordedErrorIsLeftOut() throws Exception {
		Path folder = Path.of(Objects.requireNonNull(getClass().getResource("/wire")).toURI());
		try (Stream<Path> files = Files.list(folder)) {
			assertThat(files.map((file) -> file.getFileName().toString()).filter((name) -> name.contains(".error.")))
				.containsExactlyInAnyOrderElementsOf(new TreeSet<>(errors().stream().map(Expected::file).toList()));
		}
	}

	@Test
	void detailsAreKept() {
		GeminiError error = Errors.translate(429, new HttpHeaders(), Wire.bytes("google-429-retry-info.error.json"))
			.getError();

		assertThat(error.details()).hasSize(3);
		assertThat(error.details().get(2)).containsEntry("@type", "type.googleapis.com/google.rpc.RetryInfo")
			.containsEntry("retryDelay", "47s");
	}

	@Test
	void bareErrorBetweenEventsIsTranslated() {
		String stream = Wire.text("error-mid-stream.sse");
		byte[] text = stream.substring(stream.indexOf("\n{") + 1).getBytes(StandardCharsets.UTF_8);

		GeminiException exception = Errors.TRANSLATOR.unreadableEvent(new HttpHeaders(), text, 2, null, Errors.CONTEXT);

		assertThat(exception).isExactlyInstanceOf(GeminiServerException.class);
		assertThat(exception.isTransient()).isFalse();
		assertThat(exception.getError().status()).isEqualTo(499);
		assertThat(exception.getError().googleStatus()).isEqualTo("CANCELLED");
	}

	@Test
	void errorInsteadOfAStreamIsTranslated() {
		GeminiException exception = Errors.translate(400, Errors.header("Content-Type", "text/event-stream"),
				Wire.bytes("error-instead-of-stream.sse"));

		assertThat(exception).isExactlyInstanceOf(GeminiInvalidRequestException.class);
		assertThat(exception.getError().googleStatus()).isEqualTo("FAILED_PRECONDITION");
	}

	private static final class Expected {

		private final String name;

		private final int status;

		private final Class<? extends GeminiException> type;

		private boolean passes;

		private @Nullable String code;

		private @Nullable String googleStatus;

		private @Nullable String requestId;

		private @Nullable Duration retryAfter;

		Expected(String name, int status, Class<? extends GeminiException> type) {
			this.name = name;
			this.status = status;
			this.type = type;
		}

		Expected passing() {
			this.passes = true;
			return this;
		}

		Expected code(String code) {
			this.code = code;
			return this;
		}

		Expected google(String googleStatus) {
			this.googleStatus = googleStatus;
			return this;
		}

		Expected id(String requestId) {
			this.requestId = requestId;
			return this;
		}

		Expected wait(Duration retryAfter) {
			this.retryAfter = retryAfter;
			return this;
		}

		String file() {
			return this.name + (this.name.startsWith("html") ? ".error.html" : ".error.json");
		}

		@Override
		public String toString() {
			return this.name + " with " + this.status;
		}

	}

}
