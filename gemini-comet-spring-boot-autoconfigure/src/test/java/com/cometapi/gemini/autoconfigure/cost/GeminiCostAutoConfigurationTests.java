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

package com.cometapi.gemini.autoconfigure.cost;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiFunctionsAutoConfiguration;
import com.cometapi.gemini.autoconfigure.observation.GeminiMetricsAutoConfiguration;
import com.cometapi.gemini.cost.GeminiBudgetEvent;
import com.cometapi.gemini.cost.GeminiBudgetFilter;
import com.cometapi.gemini.cost.GeminiBudgetStore;
import com.cometapi.gemini.cost.GeminiCostFilter;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.InMemoryGeminiBudgetStore;
import com.cometapi.gemini.cost.ModelPrice;
import com.cometapi.gemini.cost.redis.RedisGeminiBudgetStore;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GeminiCostAutoConfiguration} and
 * {@link GeminiBudgetAutoConfiguration}.
 */
class GeminiCostAutoConfigurationTests {

	private static final String USAGE = """
			{"candidates": [{"content": {"role": "model", "parts": [{"text": "Hi"}]}, "finishReason": "STOP"}],
			"usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20}}""";

	private static final String[] PRICES = { "cometapi.gemini.prices.[gemini-3.5-flash].input=1",
			"cometapi.gemini.prices.[gemini-3.5-flash].output=10" };

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiFunctionsAutoConfiguration.class,
				GeminiCostAutoConfiguration.class, GeminiBudgetAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url(),
				"cometapi.gemini.retry.max-attempts=1");

	private final ApplicationContextRunner prices = this.contextRunner.withPropertyValues(PRICES);

	@Test
	void nothingIsConfiguredWithoutProperties() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(GeminiCostProperties.class)
			.doesNotHaveBean(GeminiPrices.class)
			.doesNotHaveBean(GeminiCosts.class)
			.doesNotHaveBean(GeminiCostFilter.class)
			.doesNotHaveBean(GeminiCostObservationFilter.class)
			.doesNotHaveBean(GeminiBudgetStore.class)
			.doesNotHaveBean(GeminiBudgetFilter.class));
	}

	@Test
	void pricesGiveResponsesTheirCost() {
		this.server.answer(USAGE);
		this.prices.withPropertyValues("cometapi.gemini.prices.[gemini-3.5-flash].thinking=3").run((context) -> {
			GenerateContentResponse response = context.getBean(GeminiOperations.class).prompt("Hi").call();
			assertThat(response.origin().cost()).isEqualByComparingTo("0.0003");
			assertThat(context.getBean(GeminiCosts.class).total()).isEqualByComparingTo("0.0003");
			assertThat(context.getBean(GeminiPrices.class).find("default", "gemini-3.5-flash"))
				.isEqualTo(new ModelPrice(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, BigDecimal.valueOf(3)));
			assertThat(context).doesNotHaveBean(GeminiBudgetFilter.class);
		});
	}

	@Test
	void pricesDependOnTheModalityAndTheLengthOfThePrompt() {
		String name = "cometapi.gemini.prices.[gemini-3.5-flash].";
		this.prices.withPropertyValues(name + "modalities.audio.input=3", name + "modalities.image.output=30",
				name + "tiers[0].above=200000", name + "tiers[0].input=2", name + "tiers[0].modalities.audio.input=6",
				name + "tiers[1].above=500000", name + "tiers[1].output=50", name + "tiers[1].cached=0.5")
			.run((context) -> {
				ModelPrice price = context.getBean(GeminiPrices.class).find("default", "gemini-3.5-flash");
				// Without a discount for cached tokens, cached audio costs as much as
				// other audio.
				assertThat(price.modalities()).containsOnly(entry(Modality.AUDIO, modality("3", "3", null)),
						entry(Modality.IMAGE, modality(null, null, "30")));
				ModelPrice longer = price.tiers().get(1).price();
				assertThat(longer.input()).isEqualTo("2");
				assertThat(longer.cached()).isEqualTo("2");
				assertThat(longer.output()).isEqualTo("10");
				assertThat(longer.modalities()).containsOnly(entry(Modality.AUDIO, modality("6", "6", null)),
						entry(Modality.IMAGE, modality(null, null, "30")));
				ModelPrice longest = price.tiers().get(0).price();
				assertThat(longest.input()).isEqualTo("1");
				assertThat(longest.cached()).isEqualTo("0.5");
				assertThat(longest.thinking()).isEqualTo("50");
				assertThat(longest.modalities()).containsEntry(Modality.AUDIO, modality("3", null, null));
			});
	}

	private static ModelPrice.ModalityPrice modality(@Nullable String input, @Nullable String cached,
			@Nullable String output) {
		return new ModelPrice.ModalityPrice((input != null) ? new BigDecimal(input) : null,
				(cached != null) ? new BigDecimal(cached) : null, (output != null) ? new BigDecimal(output) : null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "modalities.audio.input=-1", "tiers[0].input=3", "tiers[0].above=0",
			"tiers[0].modalities.audio.output=-1" })
	void invalidPriceIsRefused(String property) {
		String name = property.substring(0, property.indexOf('='));
		this.prices
			.withPropertyValues("cometapi.gemini.prices.[gemini-3.5-flash]." + property,
					name.contains("modalities") ? "cometapi.gemini.prices.[gemini-3.5-flash].tiers[0].above=5" : "a=b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini.prices.[gemini-3.5-flash]."
						+ (name.contains("tiers[0].input") ? "tiers[0].above" : name)));
	}

	@Test
	void pricesOfTheApplicationAreUsed() {
		this.contextRunner
			.withBean(GeminiPrices.class,
					() -> GeminiPrices.of(Map.of("*", ModelPrice.of(BigDecimal.ONE, BigDecimal.ONE))))
			.withPropertyValues("cometapi.gemini.budgets.daily.limit=10")
			.run((context) -> assertThat(context).hasSingleBean(GeminiPrices.class)
				.hasSingleBean(GeminiCostFilter.class)
				.hasSingleBean(GeminiBudgetFilter.class));
	}

	@Test
	void whenIdWithADotIsNotInBracketsThenStartupFailureSaysSo() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.prices.gemini-3.5-flash.input=1",
					"cometapi.gemini.prices.gemini-3.5-flash.output=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("must be in brackets, as in 'cometapi.gemini.prices.[gemini-3.5-flash].input'"));
	}

	@Test
	void negativePriceIsRefused() {
		this.prices.withPropertyValues("cometapi.gemini.prices.[gemini-3.5-flash].cached=-1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini.prices.[gemini-3.5-flash].cached"));
	}

	@Test
	void budgetsNeedPricesAndALimit() {
		this.contextRunner.withPropertyValues("cometapi.gemini.budgets.all.limit=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Budgets need the prices of the models"));
		this.prices.withPropertyValues("cometapi.gemini.budgets.all.period=day")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("A budget needs a limit"));
		this.prices.withPropertyValues("cometapi.gemini.budgets.all.limit=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'limit' must be more than 0"));
	}

	@Test
	void budgetRefusesCallsAndPublishesEvents() {
		this.server.answer(USAGE);
		this.prices
			.withPropertyValues("cometapi.gemini.budgets.tenant.limit=0.0004",
					"cometapi.gemini.budgets.tenant.per=tenant", "cometapi.gemini.budgets.tenant.limits.small=0.00001",
					"cometapi.gemini.budgets.soft.limit=0.0002", "cometapi.gemini.budgets.soft.on-exceeded=notify",
					"cometapi.gemini.budget.estimated-output-tokens=20")
			.withBean(Events.class)
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(context.getBean(GeminiBudgetStore.class)).isInstanceOf(InMemoryGeminiBudgetStore.class);
				assertThat(gemini.prompt("Hi").budgetKey("tenant", "a").text()).isEqualTo("Hi");
				for (String tenant : List.of("a", "small")) {
					assertThatExceptionOfType(GeminiBudgetExceededException.class)
						.isThrownBy(() -> gemini.prompt("Hi").budgetKey("tenant", tenant).text())
						.matches((ex) -> ex.getKey().equals(tenant));
				}
				Events events = context.getBean(Events.class);
				for (int i = 0; i < 3; i++) {
					assertThat(events.queue.poll(30, TimeUnit.SECONDS)).isNotNull();
				}
				await().atMost(Duration.ofSeconds(30))
					.untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
						.get("cometapi.gemini.budget.exceeded")
						.tag("cometapi.gemini.budget", "tenant")
						.tag("cometapi.gemini.budget.refused", "true")
						.counter()
						.count()).isEqualTo(2));
			});
	}

	@Test
	void costIsObserved() {
		this.server.answer(USAGE);
		this.prices
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
					GeminiMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				context.getBean(GeminiOperations.class).prompt("Hi").text();
				assertThat(context.getBean(MeterRegistry.class)
					.get("cometapi.gemini.cost")
					.tag("gen_ai.request.model", "gemini-3.5-flash")
					.counter()
					.count()).isEqualTo(0.0003);
			});
	}

	@Test
	void budgetsAreConfiguredWithoutRedisAndMicrometer() {
		this.prices.withPropertyValues("cometapi.gemini.budgets.all.limit=1")
			.withClassLoader(new FilteredClassLoader("org.springframework.data", "org.springframework.boot.data",
					"io.micrometer.core"))
			.run((context) -> assertThat(context).hasSingleBean(GeminiBudgetFilter.class));
	}

	@Test
	void storeInRedisNeedsAConnection() {
		this.prices.withPropertyValues("cometapi.gemini.budgets.all.limit=1", "cometapi.gemini.budget.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("There is no single RedisConnectionFactory"));
	}

	@Test
	void applicationsWithTheSameRedisShareALimit() {
		this.server.reply((text) -> "Hi");
		try (TestRedis redis = new TestRedis()) {
			ApplicationContextRunner runner = this.prices
				.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
				.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port(),
						"cometapi.gemini.budget.store=redis", "cometapi.gemini.budget.store-timeout=30s",
						"cometapi.gemini.budget.estimated-output-tokens=20",
						// 50 times 20 output tokens and one input token
						"cometapi.gemini.budgets.all.limit=0.01005");
			runner.run((first) -> runner.run((second) -> {
				assertThat(first.getBean(GeminiBudgetStore.class)).isInstanceOf(RedisGeminiBudgetStore.class);
				List<GeminiOperations> instances = List.of(first.getBean(GeminiOperations.class),
						second.getBean(GeminiOperations.class));
				List<String> outcomes = Flux.range(0, 1000)
					.flatMap((i) -> instances.get(i % 2)
						.prompt("Hi")
						.textAsync()
						.onErrorResume(GeminiBudgetExceededException.class, (ex) -> Mono.just("refused")), 1000)
					.collectList()
					.block(Duration.ofSeconds(60));
				assertThat(outcomes).hasSize(1000);
				assertThat(outcomes.stream().filter("Hi"::equals)).hasSize(50);
				assertThat(this.server.requestCount()).isEqualTo(50);
				StringRedisTemplate keys = first.getBean(StringRedisTemplate.class);
				assertThat(keys.keys("gemini:budget:all:*")).hasSize(1);
			}));
		}
	}

	static class Events {

		final BlockingQueue<GeminiBudgetEvent> queue = new LinkedBlockingQueue<>();

		@EventListener
		void add(GeminiBudgetEvent event) {
			this.queue.add(event);
		}

	}

}
