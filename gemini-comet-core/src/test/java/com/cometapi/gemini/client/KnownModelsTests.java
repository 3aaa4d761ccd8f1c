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

import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link KnownModels} with a {@link GeminiClient} over a socket.
 */
@ExtendWith(OutputCaptureExtension.class)
class KnownModelsTests {

	private static final String LIST = """
			{"data":[{"id":"gemini-3.5-flash"},{"id":"gemini-3.6-flash"},{"id":"gemini-3.8-flash"},
			{"id":"gemini-2.5-flash"},{"id":"gemini-2.5-flash-lite"},{"id":"gemini-3-pro-preview"},{"id":"gpt-6"},
			{"id":"gemini-3.1-pro-preview"},{"id":"gemini-3.1-flash-image"},{"id":"gemini-3.1-flash-image-preview"},
			{"id":"gemini-4-flash\\nHello"},
			{"id":"gemini-embedding-2","supportedGenerationMethods":["embedContent"]}]}""";

	private static final String NOT_FOUND = """
			{"error":{"message":"no channel","code":"model_not_found","type":"comet_api_error"}}""";

	private static final String STATUS = """
			"modelStatus":{"modelStage":"LEGACY","message":"Say\\ngood-bye to sk-secret-0123456789",\
			"retirementTime":"2027-05-07T00:00:00Z"}""";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private volatile String status = STATUS;

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private GeminiClient client;

	@BeforeEach
	void createClient() {
		this.server.respond(this::respond);
		this.client = GeminiClient.create(WebClient.builder().clientConnector(new ReactorClientHttpConnector()),
				GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-secret-0123456789")
					.baseUrl(this.server.url())
					.retry(GeminiRetrySettings.NONE)
					.build());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gemini-3.5-flsh        | gemini-3.5-flash,gemini-3.8-flash,gemini-3.6-flash
			Gemini-3.6-Flash       | gemini-3.6-flash,gemini-3.8-flash,gemini-3.5-flash
			gemini-flash-3.8       | gemini-3.8-flash,gemini-3.6-flash,gemini-3.5-flash
			gemini-2.5-flash       | gemini-3.5-flash,gemini-2.5-flash-lite,gemini-3.8-flash
			gemini-3.1-pro         | gemini-3.1-pro-preview
			gemini-3.1-flash-imaeg | gemini-3.1-flash-image,gemini-3.8-flash,gemini-3.6-flash
			gpt-5.5                |
			gemini-embedding-1     |
			""")
	void modelThatIsNotFoundNamesSimilarOnesOfTheListThatWasLoadedBefore(String model, String similar) {
		this.client.models(GeminiCallOptions.DEFAULTS).block();

		GeminiModelNotFoundException ex = notFound(model, GeminiCallOptions.DEFAULTS);

		String[] expected = StringUtils.commaDelimitedListToStringArray(similar);
		assertThat(ex.getSimilarModels()).containsExactly(expected);
		if (expected.length > 0) {
			assertThat(ex).hasMessageContaining("Did you mean '" + String.join("' or '", expected) + "'?");
		}
		else {
			assertThat(ex.getMessage()).doesNotContain("Did you mean");
		}
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@Test
	void modelThatIsNotFoundIsNotProposedAlthoughItIsListed() {
		this.client.models(GeminiCallOptions.DEFAULTS).block();
		assertThat(notFound("gemini-3.5-flash", GeminiCallOptions.DEFAULTS).getSimilarModels())
			.doesNotContain("gemini-3.5-flash")
			.contains("gemini-3.6-flash");
	}

	@Test
	void withoutAListNothingIsProposedAndNothingIsAsked() {
		assertThat(notFound("gemini-3.5-flsh", GeminiCallOptions.DEFAULTS).getSimilarModels()).isEmpty();
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void listOfOneKeyIsNotShownToAnother() {
		GeminiCallOptions tenant = GeminiCallOptions.builder().apiKey("sk-tenant-0123456789").build();
		this.client.models(tenant).block();
		assertThat(notFound("gemini-3.5-flsh", GeminiCallOptions.DEFAULTS).getSimilarModels()).isEmpty();
		this.client.models(GeminiCallOptions.DEFAULTS).block();
		assertThat(notFound("gemini-3.5-flsh", tenant).getSimilarModels()).isEmpty();
		assertThat(notFound("gemini-3.5-flsh", GeminiCallOptions.DEFAULTS).getSimilarModels()).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "RETIRED,, false", "DEPRECATED, 2026-01-01T00:00:00Z, false", "LEGACY,, true",
			"LEGACY, 2999-01-01T00:00:00Z, true" })
	void modelWhoseResponsesSaidThatItIsRetiredIsNotProposed(String stage, String time, boolean proposed) {
		this.status = "\"modelStatus\":{\"modelStage\":\"%s\"%s}".formatted(stage,
				(time != null) ? ",\"retirementTime\":\"" + time + "\"" : "");
		call("gemini-3.5-flash");
		this.client.models(GeminiCallOptions.DEFAULTS).block();
		List<String> similar = notFound("gemini-3.5-flsh", GeminiCallOptions.DEFAULTS).getSimilarModels();
		assertThat(similar.contains("gemini-3.5-flash")).isEqualTo(proposed);
	}

	@Test
	void retirementIsLoggedOnceForEachModelOfCallsAndStreams(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			call("gemini-a");
			stream("gemini-a");
		}
		stream("gemini-b");
		call("gemini-b");
		assertThat(output.getOut().lines().filter((line) -> line.contains("retirement"))).hasSize(2)
			.allMatch((line) -> line.contains("WARN"))
			.allMatch((line) -> line.endsWith(
					"(stage LEGACY): Say good-bye to ***. Change 'cometapi.gemini.model', or the prompts that name this "
							+ "model, to another one. This is logged once for each model."))
			.anyMatch((line) -> line.contains(
					"The endpoint announces 2027-05-07 as the date of the retirement of model 'gemini-a' (stage LEGACY)"))
			.anyMatch((line) -> line.contains("of model 'gemini-b' (stage LEGACY)"));
		assertThat(this.client.getRetiringModels()).containsOnlyKeys("gemini-a", "gemini-b")
			.allSatisfy((model, status) -> {
				assertThat(status.retirementTime()).isEqualTo("2027-05-07T00:00:00Z");
				assertThat(status.message()).isEqualTo("Say good-bye to ***");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"modelStage":"DEPRECATED"}      | The endpoint announces the retirement of model 'gemini-a' (stage DEPRECATED)
					{"retirementTime":"next autumn"} | The endpoint announces next autumn as the date of the retirement of model
					""")
	void retirementWithoutTimeOrStageIsLogged(String status, String expected, CapturedOutput output) {
		this.status = "\"modelStatus\":" + status;
		call("gemini-a");
		assertThat(output).contains(expected);
		assertThat(this.client.getRetiringModels()).containsOnlyKeys("gemini-a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"modelStage\":\"STABLE\"}", "{\"modelStage\":\"PREVIEW\",\"message\":\"new\"}", "{}",
			"{\"modelStage\":\"LUNAR\"}" })
	void otherStatusIsNotLogged(String status, CapturedOutput output) {
		this.status = "\"modelStatus\":" + status;
		call("gemini-a");
		stream("gemini-a");
		assertThat(output).doesNotContain("retirement");
		assertThat(this.client.getRetiringModels()).isEmpty();
	}

	@Test
	void numberAndSizeOfAnnouncementsAreBounded(CapturedOutput output) {
		this.status = "\"modelStatus\":{\"retirementTime\":\"%s\",\"message\":\"%s\"}".formatted("9 ".repeat(5000),
				"m ".repeat(5000));
		for (int i = 0; i < 101; i++) {
			call("gemini-" + i);
		}
		assertThat(this.client.getRetiringModels()).hasSize(100)
			.allSatisfy((model, status) -> assertThat(status.toString()).hasSizeLessThan(500));
		assertThat(output.getOut().lines().filter((line) -> line.contains("retirement"))).hasSize(100)
			.allMatch((line) -> line.length() < 700);
	}

	private void call(String model) {
		GenerateContentResponse response = this.client.generateContent(model, REQUEST, GeminiCallOptions.DEFAULTS)
			.block();
		assertThat(response.text()).isEqualTo("Hello");
	}

	private void stream(String model) {
		assertThat(this.client.streamGenerateContent(model, REQUEST, GeminiCallOptions.DEFAULTS)
			.map(GenerateContentResponse::text)
			.collectList()
			.block()).containsExactly("Hello");
	}

	private GeminiModelNotFoundException notFound(String model, GeminiCallOptions options) {
		this.status = null;
		return catchThrowableOfType(GeminiModelNotFoundException.class,
				() -> this.client.generateContent(model, REQUEST, options).block());
	}

	private MockResponse respond(RecordedRequest request) {
		String status = this.status;
		if (request.getTarget().equals("/v1/models")) {
			return response(200, "application/json", LIST);
		}
		if (status == null) {
			return response(503, "application/json", NOT_FOUND);
		}
		String response = """
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}],%s}"""
			.formatted(status);
		return request.getTarget().contains(":streamGenerateContent")
				? response(200, "text/event-stream", "data: " + response + "\n\n")
				: response(200, "application/json", response);
	}

	private static MockResponse response(int code, String contentType, String body) {
		return new MockResponse.Builder().code(code).setHeader("Content-Type", contentType).body(body).build();
	}

}
