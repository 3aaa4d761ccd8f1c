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

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.cache.GeminiCacheFilter;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the response cache, if the
 * application names one.
 */
@AutoConfiguration(before = GeminiAutoConfiguration.class,
		afterName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBooleanProperty(name = "cometapi.gemini.enabled", matchIfMissing = true)
@ConditionalOnProperty("cometapi.gemini.cache.name")
@EnableConfigurationProperties(GeminiCacheProperties.class)
@ImportRuntimeHints(GeminiCacheRuntimeHints.class)
public final class GeminiCacheAutoConfiguration {

	private static final String NAME = "cometapi.gemini.cache.name";

	GeminiCacheAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiCacheFilter geminiCacheFilter(GeminiCacheProperties properties, ObjectProvider<CacheManager> cacheManager,
			ObjectProvider<GeminiThreads> threads) {
		return GeminiCacheFilter.builder(cache(String.valueOf(properties.name()), cacheManager.getIfUnique()))
			.byDefault(properties.byDefault())
			.maxSize(PropertyChecks.positive("cometapi.gemini.cache.max-size", properties.maxSize()))
			.timeout(PropertyChecks.positive("cometapi.gemini.cache.timeout", properties.timeout()))
			.threads(threads.getIfAvailable(GeminiThreads::shared))
			.build();
	}

	private static Cache cache(String name, @Nullable CacheManager cacheManager) {
		if (cacheManager == null) {
			throw new InvalidConfigurationPropertyValueException(NAME, name,
					"There is no single CacheManager. Add spring-boot-starter-cache and @EnableCaching.");
		}
		Cache cache = cacheManager.getCache(name);
		if (cache == null) {
			throw new InvalidConfigurationPropertyValueException(NAME, name,
					"The CacheManager has no such cache. Add it to 'spring.cache.cache-names'.");
		}
		return cache;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		MeterBinder geminiCacheMeters(GeminiCacheFilter filter) {
			return (registry) -> {
				FunctionCounter.builder(GeminiMeters.CACHE_REQUESTS, filter, (cache) -> cache.statistics().hits())
					.description("Number of calls that use the response cache")
					.tag("result", "hit")
					.register(registry);
				FunctionCounter.builder(GeminiMeters.CACHE_REQUESTS, filter, (cache) -> cache.statistics().misses())
					.description("Number of calls that use the response cache")
					.tag("result", "miss")
					.register(registry);
				FunctionCounter
					.builder(GeminiMeters.CACHE_SAVED_COST, filter,
							(cache) -> cache.statistics().savedCost().doubleValue())
					.description("Cost of the calls that were not made because of the response cache")
					.register(registry);
			};
		}

	}

}
