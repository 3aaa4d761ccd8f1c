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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.ResponseOrigin.Kind;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiFunctionsAutoConfiguration;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.github.benmanes.caffeine.cache.Cache;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the response cache in Caffeine, with the properties of the guide.
 */
class CaffeineCacheTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CacheAutoConfiguration.class, GeminiAutoConfiguration.class,
				GeminiFunctionsAutoConfiguration.class, GeminiCacheAutoConfiguration.class))
		.withUserConfiguration(Caching.class)
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url(),
				"cometapi.gemini.cache.name=gemini", "cometapi.gemini.cache.timeout=30s",
				"spring.cache.cache-names=gemini");

	@Test
	void responsesAreStoredUpToTheSize() {
		this.contextRunner.withPropertyValues("spring.cache.caffeine.spec=maximumSize=2,expireAfterWrite=1h")
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				Cache<Object, Object> cache = nativeCache(context.getBean(CacheManager.class));
				assertThat(ask(gemini, "first")).isEqualTo(Kind.MODEL);
				await().atMost(PATIENCE).until(() -> cache.estimatedSize() == 1);
				assertThat(ask(gemini, "first")).isEqualTo(Kind.CACHE);
				assertThat(gemini.prompt("first").cacheResponse(true).stream().blockLast().origin().kind())
					.isEqualTo(Kind.CACHE);
				assertThat(this.server.requestCount()).isOne();
				for (int i = 0; i < 5; i++) {
					ask(gemini, "prompt " + i);
				}
				await().atMost(PATIENCE).untilAsserted(() -> {
					cache.cleanUp();
					assertThat(cache.estimatedSize()).isEqualTo(2);
				});
			});
	}

	@Test
	void responsesExpire() {
		this.contextRunner.withPropertyValues("spring.cache.caffeine.spec=maximumSize=100,expireAfterWrite=3s")
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				assertThat(ask(gemini, "first")).isEqualTo(Kind.MODEL);
				await().atMost(PATIENCE).until(() -> ask(gemini, "first") == Kind.CACHE);
				await().atMost(PATIENCE).until(() -> ask(gemini, "first") == Kind.MODEL);
			});
	}

	private static Kind ask(GeminiOperations gemini, String text) {
		return gemini.prompt(text).cacheResponse(true).call().origin().kind();
	}

	private static Cache<Object, Object> nativeCache(CacheManager cacheManager) {
		assertThat(cacheManager).isInstanceOf(CaffeineCacheManager.class);
		@SuppressWarnings("unchecked")
		Cache<Object, Object> cache = (Cache<Object, Object>) cacheManager.getCache("gemini").getNativeCache();
		return cache;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

}
