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

package com.cometapi.gemini.autoconfigure.cache;

import java.time.Duration;
import java.util.Map;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiFunctionsAutoConfiguration;
import com.cometapi.gemini.autoconfigure.cost.GeminiCostAutoConfiguration;
import com.cometapi.gemini.cache.GeminiCacheFilter;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.UsageResponses;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GeminiCacheAutoConfiguration}.
 */
class GeminiCacheAutoConfigurationTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiFunctionsAutoConfiguration.class,
				GeminiCacheAutoConfiguration.class))
		.withBean(ConcurrentMapCacheManager.class, () -> new ConcurrentMapCacheManager("gemini"))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url(),
				"cometapi.gemini.cache.timeout=30s");

	@Test
	void nothingIsConfiguredWithoutAName() {
		this.contextRunner.withPropertyValues("cometapi.gemini.cache.by-default=true")
			.run((context) -> assertThat(context).doesNotHaveBean(GeminiCacheFilter.class)
				.doesNotHaveBean(GeminiCacheProperties.class));
	}

	@Test
	void repeatedCallsUseTheNamedCache() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.cache.name=gemini", "cometapi.gemini.cache.by-default=true")
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(gemini.prompt("Hi").call().origin().kind()).isEqualTo(ResponseOrigin.Kind.MODEL);
				awaitStored(context);
				assertThat(gemini.prompt("Hi").call().origin().kind()).isEqualTo(ResponseOrigin.Kind.CACHE);
				assertThat(gemini.prompt("Hi").cacheResponse(false).call().origin().kind())
					.isEqualTo(ResponseOrigin.Kind.MODEL);
			});
	}

	@Test
	void cacheHasMeters() {
		this.server.answer(UsageResponses.text("One", 100, 20));
		this.contextRunner.withConfiguration(AutoConfigurations.of(GeminiCostAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.cache.name=gemini", "cometapi.gemini.cache.by-default=true",
					"cometapi.gemini.prices[*].input=1", "cometapi.gemini.prices[*].output=10")
			.run((context) -> {
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				context.getBean("geminiCacheMeters", MeterBinder.class).bindTo(registry);
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				gemini.prompt("Hi").call();
				awaitStored(context);
				gemini.prompt("Hi").call();
				gemini.prompt("Hi").call();
				assertThat(count(registry, "cometapi.gemini.cache.requests", "result", "miss")).isOne();
				assertThat(count(registry, "cometapi.gemini.cache.requests", "result", "hit")).isEqualTo(2);
				assertThat(count(registry, "cometapi.gemini.cache.saved_cost")).isEqualTo(0.0006);
			});
	}

	private static double count(MeterRegistry registry, String name, String... tags) {
		return registry.get(name).tags(tags).functionCounter().count();
	}

	private static void awaitStored(BeanFactory context) {
		ConcurrentMapCacheManager caches = context.getBean(ConcurrentMapCacheManager.class);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> !((Map<?, ?>) caches.getCache("gemini").getNativeCache()).isEmpty());
	}

	@Test
	void whenCacheIsMissingThenStartupFailureSaysSo() {
		this.contextRunner.withPropertyValues("cometapi.gemini.cache.name=other")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("The CacheManager has no such cache"));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GeminiCacheAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.cache.name=gemini")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("There is no single CacheManager"));
	}

	@Test
	void cacheIsUsedWithoutMicrometer() {
		this.contextRunner.withPropertyValues("cometapi.gemini.cache.name=gemini")
			.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasSingleBean(GeminiCacheFilter.class));
	}

	@Test
	void storedResponsesHaveHints() {
		RuntimeHints hints = new RuntimeHints();
		new GeminiCacheRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of("com.cometapi.gemini.cache.CachedResponse"))).accepts(hints);
	}

}
