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
import java.time.Duration;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.error.GeminiException;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Makes calls that fail, and checks that each has an exception and an observation but no
 * warning in the log.
 */
final class QuietFailures {

	private static final int CALLS = 6;

	private QuietFailures() {
	}

	static void assertFailsQuietly(URI url, GenerateContentRequest request, UnaryOperator<HttpClient> httpClient,
			UnaryOperator<ClientHttpConnector> connector, Class<? extends GeminiException> expected,
			CapturedOutput output) {
		TestObservationRegistry observations = TestObservationRegistry.create();
		LoopResources loops = LoopResources.create("quiet", 1, true);
		ConnectionProvider pool = ConnectionProvider.create("quiet", 1);
		try {
			GeminiClient client = GeminiClient.create(
					WebClient.builder()
						.observationRegistry(observations)
						.clientConnector(connector.apply(new ReactorClientHttpConnector(
								httpClient.apply(HttpClient.create(pool).runOn(loops))))),
					GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-test").baseUrl(url).retry(GeminiRetrySettings.NONE).build());
			for (int i = 0; i < CALLS; i += 2) {
				assertThatExceptionOfType(expected)
					.isThrownBy(() -> client.generateContent("gemini-3.5-flash", request, GeminiCallOptions.DEFAULTS)
						.block(Duration.ofSeconds(30)));
				assertThatExceptionOfType(expected).isThrownBy(
						() -> client.streamGenerateContent("gemini-3.5-flash", request, GeminiCallOptions.DEFAULTS)
							.blockLast(Duration.ofSeconds(30)));
			}
		}
		finally {
			pool.dispose();
			// Waits for anything that is logged after the exception.
			loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block();
		}
		assertThat(output).doesNotContain("WARN", "ERROR");
		TestObservationRegistryAssert.assertThat(observations)
			.hasNumberOfObservationsWithNameEqualTo("http.client.requests", CALLS)
			.forAllObservationsWithNameEqualTo("http.client.requests", (observation) -> observation.hasError());
	}

}
