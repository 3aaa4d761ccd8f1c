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

package com.cometapi.gemini.autoconfigure.health;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.fallback.GeminiCircuit;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link GeminiHealthIndicator}.
 */
class GeminiHealthIndicatorTests {

	private static final String LIST = """
			{"success":true,"object":"list","data":[{"id":"gemini-3.5-flash","object":"model"}]}""";

	private static final Duration WAIT = Duration.ofSeconds(30);

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@Test
	void listOfModelsIsUp() throws InterruptedException {
		respond(200, LIST);

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnlyKeys("host", "latency", "defaultModel", "defaultModelListed")
			.contains(entry("host", this.server.url().getHost()), entry("defaultModel", "gemini-3.5-flash"),
					entry("defaultModelListed", true));
		RecordedRequest request = this.server.takeRequest();
		assertThat(request.getMethod()).isEqualTo("GET");
		assertThat(request.getTarget()).isEqualTo("/v1/models");
		assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sk-health-key");
		assertThat(request.getHeaders().get("x-goog-api-key")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "401, credentials", "403, credentials", "402, quota", "500, server", "502, server", "503, server",
			"524, server" })
	void failureIsDown(int status, String reason) {
		respond(status, """
				{"error":{"message":"no, sk-health-key","type":"comet_api_error","code":""}}""");

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsOnlyKeys("host", "latency", "reason", "status")
			.contains(entry("host", this.server.url().getHost()), entry("reason", reason), entry("status", status));
	}

	@Test
	void tooManyRequestsIsUp() {
		respond(429, """
				{"error":{"message":"slow down","type":"comet_api_error","code":""}}""");

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("reason", "rate limit");
	}

	@Test
	void usedUpQuotaIsDown() {
		respond(429, """
				{"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure",
				"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}""");

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "quota");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"error":{"message":"The model '' does not exist","code":"model_not_found"}}
			<!doctype html><html><body>Welcome</body></html>
			{"data":"none"}
			{}
			[]
			""")
	void successWithoutListIsDown(String body) {
		respond(200, body);

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsKeys("host", "reason").doesNotContainValue(body);
	}

	@Test
	void redirectIsDownAndNotFollowed() {
		this.server.answer(new MockResponse.Builder().code(301).setHeader("Location", "/elsewhere").build());

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void silenceIsDownAfterTheTimeout() {
		this.server.answer(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

		Health health = check("cometapi.gemini.health.timeout=1s");

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "timeout");
	}

	@Test
	void closedPortIsDown() throws IOException {
		this.server.close();

		Health health = check();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("reason", "connection");
	}

	@Test
	void concurrentChecksShareOneCall() {
		this.server.answer(new MockResponse.Builder().body(LIST).headersDelay(300, TimeUnit.MILLISECONDS).build());

		run((indicator) -> Mono.zip(indicator.health(), indicator.health(), indicator.health()).block(WAIT));

		assertThat(this.server.requestCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "30s", "999999d" })
	void resultIsCached(String cacheTtl) {
		respond(200, LIST);
		respond(401, "");

		run((indicator) -> {
			assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.UP);
			assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.UP);
		}, "cometapi.gemini.health.cache-ttl=" + cacheTtl);

		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void whenCacheTtlHasPassedThenTheEndpointIsCalledAgain() {
		respond(200, LIST);
		respond(401, "");

		run((indicator) -> {
			assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.UP);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.DOWN));
		}, "cometapi.gemini.health.cache-ttl=200ms");
	}

	@Test
	void failureIsCachedForAShorterTime() {
		respond(503, "");
		respond(200, LIST);

		run((indicator) -> {
			assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.DOWN);
			Awaitility.await()
				.atMost(WAIT)
				.untilAsserted(() -> assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.UP));
		}, "cometapi.gemini.health.cache-ttl=1h");
	}

	@Test
	void onlyTheCircuitOfTheDefaultModelChangesTheStatus() {
		respond(200, LIST);
		Map<String, GeminiCircuit.State> circuits = new HashMap<>();

		runApplication((context) -> {
			GeminiHealthIndicator indicator = new GeminiHealthIndicator(() -> context.getBean(GeminiClient.class),
					"models/gemini-3.5-flash", () -> circuits, Duration.ofHours(1), WAIT);
			assertThat(indicator.health().block(WAIT).getDetails()).doesNotContainKey("circuits");
			circuits.put("gemini-other", GeminiCircuit.State.OPEN);
			circuits.put("gemini-3.5-flash", GeminiCircuit.State.HALF_OPEN);
			Health health = indicator.health().block(WAIT);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("circuits", circuits).containsKey("latency");
			circuits.put("gemini-3.5-flash", GeminiCircuit.State.OPEN);
			assertThat(indicator.health().block(WAIT).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		});

		assertThat(this.server.requestCount()).isOne();
	}

	@Test
	void whenDefaultModelIsNotListedThenStatusIsUpAndADetailSaysSo() {
		respond(200, LIST);

		run((indicator) -> {
			Health health = indicator.health().block(WAIT);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).contains(entry("defaultModel", "gemini-other"),
					entry("defaultModelListed", false));
		}, "cometapi.gemini.model=models/gemini-other");
	}

	@Test
	void modelsThatWillBeRetiredAreNamed() {
		String response = """
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}],"modelStatus":%s}""";
		respond(200, response.formatted("{\"retirementTime\":\"2027-05-07T00:00:00Z\",\"message\":\"soon\"}"));
		respond(200, response.formatted("{\"modelStage\":\"DEPRECATED\"}"));
		respond(200, response.formatted("{\"modelStage\":\"STABLE\"}"));
		respond(200, LIST);

		runApplication((context) -> {
			for (String model : List.of("gemini-b", "gemini-a", "gemini-c")) {
				context.getBean(GeminiTemplate.class).prompt("Hi").model(model).text();
			}
			Health health = context.getBean(GeminiHealthIndicator.class).health().block(WAIT);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("retiringModels",
					Map.of("gemini-a", "DEPRECATED", "gemini-b", "2027-05-07T00:00:00Z"));
		});
	}

	private void respond(int status, String body) {
		this.server.answer(new MockResponse.Builder().code(status)
			.setHeader("Content-Type", body.startsWith("<") ? "text/html" : "application/json")
			.body(body)
			.build());
	}

	private Health check(String... properties) {
		AtomicReference<Health> health = new AtomicReference<>();
		run((indicator) -> health.set(indicator.health().block(WAIT)), properties);
		return health.get();
	}

	private void run(Consumer<GeminiHealthIndicator> check, String... properties) {
		runApplication((context) -> check.accept(context.getBean(GeminiHealthIndicator.class)), properties);
	}

	private void runApplication(ContextConsumer<AssertableApplicationContext> check, String... properties) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class,
					GeminiHealthContributorAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.api-key=sk-health-key", "cometapi.gemini.health.timeout=20s",
					"cometapi.gemini.base-url=" + this.server.url())
			.withPropertyValues(properties)
			.run(check);
	}

}
