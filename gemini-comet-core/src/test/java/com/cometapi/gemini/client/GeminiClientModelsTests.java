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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the list of models of a {@link GeminiClient}.
 */
class GeminiClientModelsTests extends AbstractGeminiClientTests {

	@Test
	void modelsAreListedWithABearerKey() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models.response.json")));
		assertThat(client().models(GeminiCallOptions.DEFAULTS).block()).extracting(Model::name)
			.containsExactly("gemini-2.5-flash");
		assertThat(this.server.takeRequest().head()).startsWith("GET /v1/models HTTP/1.1")
			.containsIgnoringCase("authorization: Bearer " + KEY);
	}

	@Test
	void addressWithEncodedCharactersIsUsedAsItIs() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models.response.json")));
		client((settings) -> settings.baseUrl(URI.create(this.server.url() + "/a%20b")))
			.models(GeminiCallOptions.DEFAULTS)
			.block();
		assertThat(this.server.takeRequest().head()).startsWith("GET /a%20b/v1/models HTTP/1.1");
	}

	@Test
	void listOfModelsInGooglesFormIsReadToo() throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				"{\"models\":[{\"name\":\"models/gemini-3.5-flash\",\"inputTokenLimit\":1048576}]}"
					.getBytes(StandardCharsets.UTF_8)));
		GeminiClient client = client((settings) -> settings.modelsPath("/v1beta/models"));
		assertThat(client.models(GeminiCallOptions.DEFAULTS).block()).singleElement()
			.satisfies((model) -> assertThat(model.inputTokenLimit()).isEqualTo(1048576));
		assertThat(this.server.takeRequest().head()).containsIgnoringCase("x-goog-api-key: " + KEY);
	}

	@Test
	void allPagesOfTheListOfModelsAreRead() throws InterruptedException {
		AtomicInteger requests = new AtomicInteger();
		start((connection) -> connection.respond("200 OK", "application/json",
				((requests.incrementAndGet() == 2) ? "{\"models\":[{\"name\":\"models/second\"}]}"
						: "{\"models\":[{\"name\":\"models/first\"}],\"nextPageToken\":\"a/b\"}")
					.getBytes(StandardCharsets.UTF_8)));
		GeminiClient client = client((settings) -> settings.modelsPath("/v1beta/models"));
		assertThat(client.models(GeminiCallOptions.DEFAULTS).block()).extracting(Model::name)
			.containsExactly("models/first", "models/second");
		assertThat(this.server.takeRequest().head()).startsWith("GET /v1beta/models HTTP/1.1");
		assertThat(this.server.takeRequest().head()).startsWith("GET /v1beta/models?pageToken=a%2Fb HTTP/1.1");
	}

	@Test
	void listOfModelsThatNeverEndsIsAnError() {
		start((connection) -> connection.respond("200 OK", "application/json",
				"{\"models\":[{\"name\":\"x\"}],\"nextPageToken\":\"again\"}".getBytes(StandardCharsets.UTF_8)));
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> client().models(GeminiCallOptions.DEFAULTS).block())
			.withMessageContaining("does not end");
	}

	@Test
	void pagesOfModelsThatAreTooLargeTogetherAreAnError() {
		AtomicInteger requests = new AtomicInteger();
		start((connection) -> connection.respond("200 OK", "application/json",
				"{\"models\":[%s{}],\"nextPageToken\":\"%d\"}"
					.formatted("{\"name\":\"m\"},".repeat(1_000), requests.incrementAndGet())
					.getBytes(StandardCharsets.UTF_8)));
		GeminiClient client = client((settings) -> settings.maxResponseSize(DataSize.ofKilobytes(64)));
		assertThatExceptionOfType(GeminiResponseTooLargeException.class)
			.isThrownBy(() -> client.models(GeminiCallOptions.DEFAULTS).block())
			.withMessageContaining("cometapi.gemini.max-response-size");
		assertThat(requests.get()).isLessThan(5);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/models, , authorization: Bearer", "/v1/models, X_GOOG_API_KEY, x-goog-api-key:",
			"/v1/models/all, , x-goog-api-key:", "/v1beta/models, BEARER, authorization: Bearer" })
	void keyOfTheListOfModelsIsSentAsConfigured(String path, GeminiAuth auth, String header)
			throws InterruptedException {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models.response.json")));
		client((settings) -> settings.modelsPath(path).modelsAuth(auth)).models(GeminiCallOptions.DEFAULTS).block();
		assertThat(this.server.takeRequest().head()).containsIgnoringCase(header);
	}

	@Test
	void listOfModelsWithAnErrorInsideIsAnError() {
		start((connection) -> connection.respond("200 OK", "application/json",
				Wire.bytes("cometapi-models-with-goog-key.error.json")));
		StepVerifier.create(client().models(GeminiCallOptions.DEFAULTS)).expectError(GeminiException.class).verify();
	}

}
