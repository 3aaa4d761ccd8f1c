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

package com.cometapi.gemini.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for the configuration metadata, both generated and written by hand.
 */
class ConfigurationMetadataTests {

	private final JsonNode metadata = read();

	@Test
	void everyPropertyIsDescribed() {
		assertThat(this.metadata.get("properties")).hasSizeGreaterThan(40).allSatisfy((property) -> {
			assertThat(property.path("type").asString("")).as("type of %s", property).isNotEmpty();
			assertThat(property.path("description").asString("")).as("description of %s", property)
				.matches("[A-Z].*[^.]\\.")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ");
		});
	}

	@Test
	void metadataHasTheDefaultValues() {
		Map<String, String> defaults = stream(this.metadata.get("properties"))
			.filter((property) -> property.has("defaultValue"))
			.collect(Collectors.toMap((property) -> property.get("name").asString(),
					(property) -> property.get("defaultValue").asString()));

		assertThat(defaults).containsOnly(entry("cometapi.gemini.api-version", "v1beta"),
				entry("cometapi.gemini.auth", "x-goog-api-key"),
				entry("cometapi.gemini.base-url", "https://api.cometapi.com"),
				entry("cometapi.gemini.entity.repairs", "0"), entry("cometapi.gemini.entity.validate", "true"),
				entry("cometapi.gemini.chat.jdbc.initialize-schema", "embedded"),
				entry("cometapi.gemini.chat.jdbc.continue-on-error", "false"),
				entry("cometapi.gemini.chat.jdbc.schema",
						"classpath:com/cometapi/gemini/chat/jdbc/schema-@@platform@@.sql"),
				entry("cometapi.gemini.batch.chunk-size", "20"), entry("cometapi.gemini.batch.concurrency", "32"),
				entry("cometapi.gemini.batch.max-consecutive-failures", "50"),
				entry("cometapi.gemini.batch.max-wait", "10m"), entry("cometapi.gemini.batch.ordered", "false"),
				entry("cometapi.gemini.batch.progress", "true"), entry("cometapi.gemini.batch.recover-jobs", "false"),
				entry("cometapi.gemini.batch.threads", "4"), entry("cometapi.gemini.batch.kafka.concurrency", "1"),
				entry("cometapi.gemini.batch.kafka.group", "gemini-batch"),
				entry("cometapi.gemini.batch.kafka.manager", "false"),
				entry("cometapi.gemini.batch.kafka.max-partition-time", "1h"),
				entry("cometapi.gemini.batch.kafka.poll-interval", "5s"),
				entry("cometapi.gemini.batch.kafka.timeout", "7d"),
				entry("cometapi.gemini.batch.kafka.topic", "gemini-batch"),
				entry("cometapi.gemini.batch.kafka.topic-partitions", "12"),
				entry("cometapi.gemini.batch.kafka.worker", "false"),
				entry("cometapi.gemini.budget.estimated-output-tokens", "2000"),
				entry("cometapi.gemini.budget.on-store-failure", "allow"),
				entry("cometapi.gemini.budget.redis.key-prefix", "gemini:budget:"),
				entry("cometapi.gemini.budget.store", "memory"), entry("cometapi.gemini.budget.store-timeout", "2s"),
				entry("cometapi.gemini.budget.zone", "UTC"), entry("cometapi.gemini.cache.by-default", "false"),
				entry("cometapi.gemini.cache.max-size", "1MB"), entry("cometapi.gemini.cache.timeout", "1s"),
				entry("cometapi.gemini.chat.max-conversations", "1000"),
				entry("cometapi.gemini.chat.max-turns", "1000"),
				entry("cometapi.gemini.chat.redis.key-prefix", "gemini:chat:"),
				entry("cometapi.gemini.chat.repository", "memory"),
				entry("cometapi.gemini.circuit-breaker.enabled", "true"),
				entry("cometapi.gemini.circuit-breaker.failures", "5"),
				entry("cometapi.gemini.circuit-breaker.wait-time", "30s"),
				entry("cometapi.gemini.fallback-on.connection", "true"),
				entry("cometapi.gemini.fallback-on.limit", "true"),
				entry("cometapi.gemini.fallback-on.model-not-found", "true"),
				entry("cometapi.gemini.fallback-on.overloaded", "true"),
				entry("cometapi.gemini.fallback-on.quota", "true"),
				entry("cometapi.gemini.fallback-on.rate-limit", "true"),
				entry("cometapi.gemini.fallback-on.server-error", "true"),
				entry("cometapi.gemini.fallback-on.timeout", "true"), entry("cometapi.gemini.connect-timeout", "10s"),
				entry("cometapi.gemini.enabled", "true"), entry("cometapi.gemini.first-event-timeout", "3m"),
				entry("cometapi.gemini.functions.echo-ids", "true"),
				entry("cometapi.gemini.functions.max-concurrency", "8"),
				entry("cometapi.gemini.functions.max-result-size", "8MB"),
				entry("cometapi.gemini.functions.max-rounds", "10"),
				entry("cometapi.gemini.functions.on-error", "reply"), entry("cometapi.gemini.functions.timeout", "2m"),
				entry("cometapi.gemini.health.cache-ttl", "30s"), entry("cometapi.gemini.health.timeout", "5s"),
				entry("cometapi.gemini.http2", "false"), entry("cometapi.gemini.idle-timeout", "60s"),
				entry("cometapi.gemini.limits.on-store-failure", "local"),
				entry("cometapi.gemini.limits.redis.key-prefix", "gemini:limit:"),
				entry("cometapi.gemini.limits.redis.lease-time", "30s"),
				entry("cometapi.gemini.limits.store", "memory"), entry("cometapi.gemini.limits.store-timeout", "500ms"),
				entry("cometapi.gemini.limits.max-wait", "10s"), entry("cometapi.gemini.max-event-size", "16MB"),
				entry("cometapi.gemini.max-response-size", "64MB"), entry("cometapi.gemini.model", "gemini-3.5-flash"),
				entry("cometapi.gemini.models-path", "/v1/models"),
				entry("cometapi.gemini.observation.max-models", "100"),
				entry("cometapi.gemini.observation.max-content-length", "4000"),
				entry("cometapi.gemini.observation.include-content", "false"),
				entry("cometapi.gemini.observation.histograms", "false"),
				entry("cometapi.gemini.pool.evict-in-background", "30s"),
				entry("cometapi.gemini.pool.max-concurrent-streams", "100"),
				entry("cometapi.gemini.pool.max-connections", "500"),
				entry("cometapi.gemini.pool.max-idle-time", "30s"), entry("cometapi.gemini.pool.max-life-time", "10m"),
				entry("cometapi.gemini.pool.pending-acquire-max-count", "1000"),
				entry("cometapi.gemini.pool.pending-acquire-timeout", "45s"),
				entry("cometapi.gemini.retry.budget", "2m"), entry("cometapi.gemini.retry.initial-delay", "1s"),
				entry("cometapi.gemini.retry.jitter", "0.5"), entry("cometapi.gemini.retry.max-attempts", "3"),
				entry("cometapi.gemini.retry.max-delay", "30s"), entry("cometapi.gemini.retry.multiplier", "2"),
				entry("cometapi.gemini.problem-details.enabled", "true"), entry("cometapi.gemini.proxy.port", "8080"),
				entry("cometapi.gemini.read-data-urls", "false"),
				entry("cometapi.gemini.require-finish-reason", "true"),
				entry("cometapi.gemini.sse.heartbeat-interval", "15s"),
				entry("cometapi.gemini.sse.resume.max-size", "8MB"),
				entry("cometapi.gemini.sse.resume.max-streams", "1000"),
				entry("cometapi.gemini.sse.resume.max-total-size", "64MB"),
				entry("cometapi.gemini.sse.resume.redis.key-prefix", "gemini:stream:"),
				entry("cometapi.gemini.sse.resume.redis.lease-time", "10s"),
				entry("cometapi.gemini.sse.resume.store", "memory"),
				entry("cometapi.gemini.sse.resume.time-to-live", "5m"),
				entry("cometapi.gemini.sse.resume.unwatched-timeout", "1m"),
				entry("cometapi.gemini.sse.write-timeout", "60s"),
				entry("cometapi.gemini.thinking.on-mismatch", "fail"), entry("cometapi.gemini.threads.browsers", "64"),
				entry("cometapi.gemini.threads.filters", "64"), entry("cometapi.gemini.threads.functions", "256"),
				entry("cometapi.gemini.threads.max-wait", "10s"), entry("cometapi.gemini.threads.media", "64"),
				entry("cometapi.gemini.threads.stores", "64"),
				entry("management.endpoint.gemini.access", "unrestricted"),
				entry("management.endpoint.gemini.cache.time-to-live", "0ms"),
				entry("management.endpoint.geminibatch.access", "unrestricted"),
				entry("management.endpoint.geminibatch.cache.time-to-live", "0ms"),
				entry("management.health.gemini-mcp.enabled", "true"),
				entry("management.health.gemini.enabled", "true"));
	}

	@Test
	void everyHintIsForAnExistingProperty() {
		Set<String> names = stream(this.metadata.get("properties")).map((property) -> property.get("name").asString())
			.collect(Collectors.toSet());

		List<String> hinted = stream(this.metadata.get("hints"))
			.map((hint) -> hint.get("name").asString().replaceAll("\\.(keys|values)$", ""))
			.toList();

		assertThat(hinted).isNotEmpty().allSatisfy((name) -> assertThat(names).contains(name));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void noPropertyIsReportedAsUnknown(CapturedOutput output) {
		MockEnvironment environment = new MockEnvironment();
		stream(this.metadata.get("properties")).map((property) -> property.get("name").asString())
			.forEach((name) -> environment.setProperty(name, "1"));
		ConfigurationPropertySources.attach(environment);

		new UnknownPropertyDetector(environment).afterPropertiesSet();

		assertThat(output).doesNotContain("does not exist");
	}

	private static Stream<JsonNode> stream(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false);
	}

	private static JsonNode read() {
		URL location = GeminiProperties.class.getProtectionDomain().getCodeSource().getLocation();
		try (InputStream stream = URI.create(location + "META-INF/spring-configuration-metadata.json")
			.toURL()
			.openStream()) {
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
