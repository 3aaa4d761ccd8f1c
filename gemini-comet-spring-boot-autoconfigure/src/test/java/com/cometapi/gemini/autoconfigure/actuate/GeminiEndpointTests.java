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

package com.cometapi.gemini.autoconfigure.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link GeminiEndpoint} and the health of two connections, over HTTP and with
 * properties only.
 */
class GeminiEndpointTests {

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}],\
			"usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":4,"candidatesTokenCount":5,\
			"thoughtsTokenCount":3,"toolUsePromptTokenCount":2,"totalTokenCount":20},"modelStatus":{"retirementTime":"2027-05-07T00:00:00Z"}}""";

	private static final String FIRST_EVENT = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"H"}]}}],"usageMetadata":{"promptTokenCount":10}}""";

	private static final String MODELS = "{\"data\":[{\"id\":\"gemini-3.5-flash\",\"object\":\"model\"}]}";

	@AutoClose
	private final GeminiServer first = new GeminiServer();

	@AutoClose
	private final GeminiServer second = new GeminiServer();

	@Test
	void endpointShowsConnectionsModelsTokensCostsErrorsAndRetirements() throws Exception {
		this.first.answer(RESPONSE)
			.answerEvents(FIRST_EVENT, RESPONSE)
			.answerEvents(FIRST_EVENT, RESPONSE)
			.answerStatus(404)
			.answerStatus(404)
			.answer(MODELS);
		this.second.answer(RESPONSE).answer(MODELS);
		Instant start = Instant.now();
		try (ConfigurableApplicationContext context = start("management.endpoints.web.exposure.include=gemini",
				"cometapi.gemini.prices[gemini-3.5-flash].input=1",
				"cometapi.gemini.prices[gemini-3.5-flash].output=2")) {
			GeminiConnections connections = context.getBean(GeminiConnections.class);
			connections.get("default").prompt("Hi").text();
			connections.get("default").prompt("Hi").streamText().blockLast();
			// Cancelled after the first event
			connections.get("default").prompt("Hi").streamText().blockFirst();
			for (int i = 0; i < 2; i++) {
				assertThatException()
					.isThrownBy(() -> connections.get("default").prompt("Hi").model("gemini-absent").text());
			}
			connections.get("backup").prompt("Hi").text();

			String body = get(context, "gemini").body();
			JsonNode endpoint = GeminiServer.tree(body);

			JsonNode connection = endpoint.at("/connections/default");
			assertThat(connection.get("host").asString()).isEqualTo(this.first.url().getHost());
			assertThat(connection.get("defaultModel").asString()).isEqualTo("gemini-3.5-flash");
			assertThat(connection.get("status").asString()).isEqualTo("UP");
			assertThat(connection.at("/retiringModels/gemini-3.5-flash").asString()).isEqualTo("2027-05-07T00:00:00Z");
			JsonNode model = connection.at("/models/gemini-3.5-flash");
			assertThat(model.get("calls").asInt()).isEqualTo(3);
			assertThat(model.get("cancelled").asInt()).isOne();
			assertThat(model.get("errors").isEmpty()).isTrue();
			assertThat(model.get("tokens"))
				.isEqualTo(GeminiServer.tree("{\"input\":30,\"cached\":8,\"tool\":4,\"output\":10,\"thinking\":6}"));
			// Per million: 2 * (12 * 1 + (5 + 3) * 2), and 10 * 1 for the cancelled call
			assertThat(model.get("cost").decimalValue()).isEqualByComparingTo("0.000066");
			assertThat(connection.at("/models/gemini-absent/errors"))
				.isEqualTo(GeminiServer.tree("{\"GeminiInvalidRequestException\":2}"));
			assertThat(connection.at("/models/gemini-absent/calls").asInt()).isEqualTo(2);
			assertThat(connection.at("/models/gemini-absent/cost").isNumber()).isFalse();
			assertThat(Instant.parse(endpoint.get("since").asString())).isBetween(start, Instant.now());
			assertThat(endpoint.at("/connections/backup/models/gemini-3.5-flash/calls").asInt()).isOne();
			assertThat(endpoint.at("/connections/backup/status").asString()).isEqualTo("UP");
			assertThat(body).doesNotContain("sk-first").doesNotContain("sk-second");
		}
	}

	@Test
	void endpointShowsTheUseOfLimits() throws Exception {
		this.first.answer(RESPONSE).reply((text) -> "Hi");
		try (ConfigurableApplicationContext context = start("management.endpoints.web.exposure.include=gemini",
				"management.health.gemini.enabled=false", "cometapi.gemini.limits.max-wait=30s",
				"cometapi.gemini.limits.concurrent-calls=1", "cometapi.gemini.limits.requests-per-minute=100",
				"cometapi.gemini.limits.models[gemini-3.5-flash].tokens-per-minute=1000",
				"cometapi.gemini.limits.models[gemini-rare].requests-per-minute=1")) {
			GeminiOperations gemini = context.getBean(GeminiConnections.class).get("default");
			gemini.prompt("Hi").text();
			gemini.prompt("Hi").model("gemini-rare").text();
			assertThatException().isThrownBy(() -> gemini.prompt("Hi").model("gemini-rare").text());
			this.first.hold();
			Flux<String> calls = Flux.range(0, 3)
				.flatMap((i) -> gemini.prompt("Hi").model("gemini-c").textAsync())
				.cache();
			calls.subscribe();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.first.requestCount() == 3);

			JsonNode endpoint = GeminiServer.tree(get(context, "gemini").body());
			this.first.release();

			JsonNode connection = limit(endpoint, "CONNECTION", "default");
			assertThat(connection.get("runningCalls").asInt()).isOne();
			assertThat(connection.get("waitingCalls").asInt()).isEqualTo(2);
			assertThat(connection.get("requests").asInt()).isEqualTo(3);
			assertThat(connection.get("rejectedCalls").asInt()).isZero();
			assertThat(connection.get("maxConcurrentCalls").asInt()).isOne();
			assertThat(connection.get("maxRequestsPerMinute").asInt()).isEqualTo(100);
			assertThat(connection.path("maxTokensPerMinute").isNumber()).isFalse();
			JsonNode model = limit(endpoint, "MODEL", "gemini-3.5-flash");
			assertThat(model.get("tokens").asInt()).isEqualTo(20);
			assertThat(model.get("maxTokensPerMinute").asInt()).isEqualTo(1000);
			assertThat(limit(endpoint, "MODEL", "gemini-rare").get("rejectedCalls").asInt()).isOne();
			assertThat(endpoint.path("limitStore").asString("")).isEmpty();
			assertThat(calls.collectList().block(Duration.ofSeconds(30))).hasSize(3);
		}
	}

	private static JsonNode limit(JsonNode endpoint, String type, String name) {
		for (JsonNode limit : endpoint.get("limits")) {
			if (limit.get("type").asString().equals(type) && limit.get("name").asString().equals(name)) {
				return limit;
			}
		}
		throw new AssertionError(endpoint.get("limits").toString());
	}

	@Test
	void endpointShowsWhetherTheSharedStoreOfLimitsIsAvailable() throws Exception {
		this.first.reply((text) -> "Hi");
		try (TestRedis redis = new TestRedis();
				ConfigurableApplicationContext context = start("management.endpoints.web.exposure.include=gemini",
						"management.health.gemini.enabled=false", "spring.data.redis.port=" + redis.port(),
						"cometapi.gemini.limits.requests-per-minute=100", "cometapi.gemini.limits.store=redis",
						"cometapi.gemini.limits.store-timeout=2s", "cometapi.gemini.limits.on-store-failure=allow")) {
			GeminiOperations gemini = context.getBean(GeminiConnections.class).get("default");
			awaitLimitStore("UP", gemini, context);
			redis.kill();
			awaitLimitStore("DOWN", gemini, context);
		}
	}

	private static void awaitLimitStore(String status, GeminiOperations gemini,
			ConfigurableApplicationContext context) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			gemini.prompt("Hi").text();
			assertThat(GeminiServer.tree(get(context, "gemini").body()).get("limitStore").asString()).isEqualTo(status);
		});
	}

	@Test
	void nothingIsCountedUnlessTheEndpointIsExposed() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBeanProvider(GeminiExchangeFilter.class)).isEmpty();
			assertThat(context.getBeanProvider(GeminiEndpoint.class)).isEmpty();
			assertThat(get(context, "gemini").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void healthOfEachConnectionIsOutOfServiceWhileItsCircuitIsOpen() throws Exception {
		this.first.answerStatus(503).answer(MODELS);
		this.second.answer(RESPONSE).answer(MODELS);
		try (ConfigurableApplicationContext context = start("management.endpoints.web.exposure.include=gemini,health",
				"management.endpoint.health.show-details=always", "cometapi.gemini.retry.max-attempts=1",
				"cometapi.gemini.fallback[0].connection=backup",
				"resilience4j.circuitbreaker.configs.gemini.sliding-window-size=1",
				"resilience4j.circuitbreaker.configs.gemini.minimum-number-of-calls=1",
				"resilience4j.circuitbreaker.configs.gemini.wait-duration-in-open-state=1h",
				"management.endpoint.health.group.ready.include=gemini/backup")) {
			assertThat(
					context.getBean(GeminiConnections.class).get("default").prompt("Hi").call().origin().connection())
				.isEqualTo("backup");

			JsonNode health = GeminiServer.tree(get(context, "health/gemini").body());

			assertThat(health.at("/components/default/status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(health.at("/components/default/details/circuits/gemini-3.5-flash").asString()).isEqualTo("OPEN");
			assertThat(health.at("/components/default/details/defaultModelListed").asBoolean()).isTrue();
			assertThat(health.at("/components/backup/status").asString()).isEqualTo("UP");
			assertThat(health.at("/components/backup/details/latency").asString()).endsWith("ms");
			assertThat(get(context, "health/gemini/default").statusCode()).isEqualTo(503);
			assertThat(get(context, "health/ready").statusCode()).isEqualTo(200);
			JsonNode endpoint = GeminiServer.tree(get(context, "gemini").body());
			assertThat(endpoint.at("/connections/default/circuits/gemini-3.5-flash/state").asString())
				.isEqualTo("OPEN");
			assertThat(
					Duration.parse(endpoint.at("/connections/default/circuits/gemini-3.5-flash/retryAfter").asString()))
				.isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
			assertThat(endpoint.at("/connections/default/status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(endpoint.at("/connections/default/models/gemini-3.5-flash/errors").size()).isOne();
			assertThat(endpoint.at("/connections/backup/models/gemini-3.5-flash/calls").asInt()).isOne();
			assertThat(endpoint.at("/connections/backup/circuits/gemini-3.5-flash/state").asString(""))
				.isNotEqualTo("OPEN");
		}
	}

	@Test
	void modelsBeyondTheLimitAreCountedTogether() throws Exception {
		for (int i = 0; i < 4; i++) {
			this.first.answer(RESPONSE);
		}
		this.first.answer(MODELS);
		try (ConfigurableApplicationContext context = start("management.endpoints.web.exposure.include=gemini",
				"management.health.gemini.enabled=false", "cometapi.gemini.observation.max-models=2",
				"cometapi.gemini.prices[*].input=1", "cometapi.gemini.prices[*].output=2")) {
			for (String model : List.of("gemini-a", "gemini-b", "gemini-c", "gemini-d")) {
				context.getBean(GeminiConnections.class).get("default").prompt("Hi").model(model).text();
			}

			JsonNode connection = GeminiServer.tree(get(context, "gemini").body()).at("/connections/default");

			assertThat(connection.get("models").propertyNames()).containsExactly("gemini-a", "gemini-b", "other");
			assertThat(connection.at("/models/other/calls").asInt()).isEqualTo(2);
			assertThat(connection.at("/models/gemini-a/cost").decimalValue()).isEqualByComparingTo("0.000028");
			assertThat(connection.at("/models/other/cost").decimalValue()).isEqualByComparingTo("0.000056");
			assertThat(connection.path("status").asString("")).isEmpty();
		}
	}

	private ConfigurableApplicationContext start(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--cometapi.gemini.api-key=sk-first",
				"--cometapi.gemini.base-url=" + this.first.url(),
				"--cometapi.gemini.connections.backup.api-key=sk-second",
				"--cometapi.gemini.connections.backup.base-url=" + this.second.url()));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new SpringApplicationBuilder(TestApplication.class).run(arguments.toArray(String[]::new));
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TestApplication {

	}

}
