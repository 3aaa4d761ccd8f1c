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

package com.cometapi.gemini.autoconfigure.limit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.autoconfigure.observation.GeminiMetricsAutoConfiguration;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitPermit;
import com.cometapi.gemini.limit.GeminiLimitRefusal;
import com.cometapi.gemini.limit.GeminiLimitReport;
import com.cometapi.gemini.limit.GeminiLimitStore;
import com.cometapi.gemini.limit.redis.RedisGeminiLimitStore;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiLimitAutoConfiguration}.
 */
class GeminiLimitAutoConfigurationTests {

	private final GeminiServer server = GeminiServer.echoing();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiMetricsAutoConfiguration.class,
				GeminiLimitAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void nothingIsConfiguredWithoutALimit() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.limits.max-wait=5s", "cometapi.gemini.limits.store=redis",
					"cometapi.gemini.limits.storeTimeout=1s", "cometapi.gemini.limits.instances=2",
					"cometapi.gemini.limits.redis.lease-time=10s", "cometapi.gemini.limits.on-store-failure=allow")
			.run((context) -> assertThat(context).doesNotHaveBean(GeminiLimitExchangeFilter.class));
	}

	@Test
	void callAboveALimitIsRejectedAndCounted() {
		this.contextRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("cometapi.gemini.limits.requests-per-minute=1", "cometapi.gemini.limits.max-wait=0")
			.run((context) -> {
				GeminiTemplate gemini = context.getBean(GeminiTemplate.class);
				gemini.prompt("Hi").text();
				assertThatExceptionOfType(GeminiLimitExceededException.class)
					.isThrownBy(() -> gemini.prompt("Hi").text())
					.satisfies((ex) -> assertThat(ex.getError().retryAfter()).isBetween(Duration.ofSeconds(1),
							Duration.ofMinutes(1)));
				assertThat(this.server.requestCount()).isOne();
				assertThat(context.getBean(MeterRegistry.class).get(GeminiMeters.REJECTIONS).counter().count())
					.isEqualTo(1);
			});
	}

	@Test
	void connectionsAndModelsHaveLimitsOfTheirOwn() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.limits.max-wait=0", "cometapi.gemini.limits.requests-per-minute=1",
					"cometapi.gemini.limits.connections.wide.requests-per-minute=2",
					"cometapi.gemini.limits.models[models/gemini-small].requests-per-minute=1",
					"cometapi.gemini.connections.wide.model=gemini-small")
			.run((context) -> {
				GeminiTemplate wide = (GeminiTemplate) context.getBean(GeminiConnections.class).get("wide");
				wide.prompt("Hi").text();
				assertThatExceptionOfType(GeminiLimitExceededException.class).isThrownBy(() -> wide.prompt("Hi").text())
					.withMessageContaining("gemini-small");
				wide.prompt("Hi").model("gemini-3.5-flash").text();
				assertThatExceptionOfType(GeminiLimitExceededException.class)
					.isThrownBy(() -> wide.prompt("Hi").model("gemini-3.5-flash").text())
					.withMessageContaining("wide");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "limits.concurrent-calls=0", "limits.max-wait=-1s",
			"limits.connections.absent.concurrent-calls=1", "limits.models[gemini-a].tokens-per-minute=-5",
			"limits.store-timeout=0s", "limits.instances=0" })
	void invalidValueFailsTheStartup(String property) {
		String name = property.substring(0, property.indexOf('='));
		this.contextRunner
			.withPropertyValues("cometapi.gemini.limits.requests-per-minute=1", "cometapi.gemini." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini." + (name.contains("absent") ? "limits.connections" : name)));
	}

	@Test
	void whenModelWithDotsIsNotInBracketsThenStartupFails() {
		this.contextRunner.withPropertyValues("cometapi.gemini.limits.models.gemini-3.5-flash.concurrent-calls=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini.limits.models[gemini-3.5-flash]"));
	}

	@Test
	void storeInRedisNeedsALettuceConnection() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.limits.concurrent-calls=1", "cometapi.gemini.limits.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("There is no single ReactiveRedisConnectionFactory"));
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.data", "io.lettuce"))
			.withPropertyValues("cometapi.gemini.limits.concurrent-calls=1", "cometapi.gemini.limits.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Add spring-boot-starter-data-redis"));
	}

	@Test
	void storeInRedisNeedsTheNumberOfInstancesAndALongerLeaseTime() {
		ApplicationContextRunner redis = this.contextRunner
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.limits.concurrent-calls=1", "cometapi.gemini.limits.store=redis");
		redis.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("Set the maximum number of instances"));
		redis.withPropertyValues("cometapi.gemini.limits.on-store-failure=refuse")
			.run((context) -> assertThat(context).hasSingleBean(RedisGeminiLimitStore.class)
				.hasSingleBean(GeminiLimitShutdownLifecycle.class));
		redis.withPropertyValues("cometapi.gemini.limits.instances=3", "cometapi.gemini.limits.redis.lease-time=1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini.limits.redis.lease-time"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void shutdownLogsNoFailureOfTheStore(CapturedOutput output) {
		try (TestRedis redis = new TestRedis()) {
			this.contextRunner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
				.withPropertyValues("spring.data.redis.port=" + redis.port(),
						"cometapi.gemini.limits.concurrent-calls=1", "cometapi.gemini.limits.store=redis",
						"cometapi.gemini.limits.store-timeout=20s", "cometapi.gemini.limits.on-store-failure=refuse")
				.run((context) -> {
					this.server.hold();
					context.getBean(GeminiTemplate.class).prompt("Hi").textAsync().subscribe((text) -> {
					}, (ex) -> {
					});
					Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.requestCount() == 1);
				});
		}
		assertThat(output).doesNotContain("shared store of the limits");
	}

	@Test
	void failureOfTheStoreIsHandledAfterARestartOfTheContext() {
		FailingStore store = new FailingStore();
		this.contextRunner.withBean(GeminiLimitStore.class, () -> store)
			.withPropertyValues("cometapi.gemini.limits.concurrent-calls=1",
					"cometapi.gemini.limits.on-store-failure=refuse")
			.run((context) -> {
				GeminiTemplate gemini = context.getBean(GeminiTemplate.class);
				ConfigurableApplicationContext source = context
					.getSourceApplicationContext(ConfigurableApplicationContext.class);
				source.stop();
				source.start();
				store.failing = true;
				assertThatExceptionOfType(GeminiLimitExceededException.class)
					.isThrownBy(() -> gemini.prompt("Hi").text());
				store.failing = false;
				GeminiLimitExchangeFilter filter = context.getBean(GeminiLimitExchangeFilter.class);
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(filter::isStoreAvailable);
				assertThat(gemini.prompt("Hi").text()).isNotEmpty();
			});
	}

	@Test
	void limitsWorkWithoutRedis() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.data", "io.lettuce"))
			.withPropertyValues("cometapi.gemini.limits.concurrent-calls=1")
			.run((context) -> assertThat(context.getBean(GeminiTemplate.class).prompt("Hi").text()).isNotEmpty());
	}

	@Test
	void limitsWorkWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.withPropertyValues("cometapi.gemini.limits.concurrent-calls=1")
			.run((context) -> assertThat(context.getBean(GeminiTemplate.class).prompt("Hi").text()).isNotEmpty());
	}

	private static final class FailingStore implements GeminiLimitStore {

		private volatile boolean failing;

		private <T> Mono<T> unlessFailing(Mono<T> result) {
			return Mono.defer(() -> (this.failing) ? Mono.error(new IllegalStateException("down")) : result);
		}

		@Override
		public Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits) {
			return unlessFailing(Mono.just(Map.of()));
		}

		@Override
		public Mono<Boolean> report(List<GeminiLimitReport> calls) {
			return unlessFailing(Mono.just(false));
		}

		@Override
		public Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens) {
			return unlessFailing(Mono.empty());
		}

		@Override
		public Mono<Void> withdraw(List<GeminiLimitPermit> permits) {
			return unlessFailing(Mono.empty());
		}

		@Override
		public Duration leaseTime() {
			return Duration.ofSeconds(30);
		}

	}

}
