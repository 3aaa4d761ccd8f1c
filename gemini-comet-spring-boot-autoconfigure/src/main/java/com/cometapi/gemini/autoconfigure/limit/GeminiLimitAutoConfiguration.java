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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.autoconfigure.limit.GeminiLimitProperties.Limits;
import com.cometapi.gemini.autoconfigure.limit.GeminiLimitProperties.Redis;
import com.cometapi.gemini.autoconfigure.limit.GeminiLimitProperties.Store;
import com.cometapi.gemini.client.ModelId;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitListener;
import com.cometapi.gemini.limit.GeminiLimitSettings;
import com.cometapi.gemini.limit.GeminiLimitSettings.StoreFailure;
import com.cometapi.gemini.limit.GeminiLimitStore;
import com.cometapi.gemini.limit.redis.RedisGeminiLimitStore;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.thread.GeminiThreads;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link GeminiLimitExchangeFilter}.
 */
@AutoConfiguration(after = GeminiAutoConfiguration.class,
		afterName = { "com.cometapi.gemini.autoconfigure.observation.GeminiMetricsAutoConfiguration",
				"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
@ConditionalOnBean(GeminiConnections.class)
@Conditional(OnLimitCondition.class)
@EnableConfigurationProperties(GeminiLimitProperties.class)
public final class GeminiLimitAutoConfiguration {

	private static final String PREFIX = "cometapi.gemini.limits.";

	GeminiLimitAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiLimitExchangeFilter geminiLimitExchangeFilter(GeminiLimitProperties properties, Environment environment,
			GeminiConnections connections, ObjectProvider<GeminiLimitStore> store,
			ObjectProvider<GeminiLimitListener> listeners) {
		PropertyChecks.notNegative(PREFIX + "max-wait", properties.maxWait());
		checkBound("connections", properties.connections(), environment);
		checkBound("models", properties.models(), environment);
		checkNames(properties.connections(), connections.getNames());
		GeminiLimitStore sharedStore = store.getIfAvailable();
		checkStore(properties, sharedStore);
		GeminiLimit defaults = toLimit("", properties.concurrentCalls(), properties.requestsPerMinute(),
				properties.tokensPerMinute());
		GeminiLimitSettings settings = new GeminiLimitSettings(defaults,
				toLimits("connections", properties.connections()), toModelLimits(properties.models()),
				properties.maxWait(), properties.storeTimeout(), properties.onStoreFailure(),
				(properties.instances() != null) ? properties.instances() : 1);
		return new GeminiLimitExchangeFilter(settings, sharedStore, listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnBean(GeminiLimitStore.class)
	GeminiLimitShutdownLifecycle geminiLimitShutdown(GeminiLimitExchangeFilter filter) {
		return new GeminiLimitShutdownLifecycle(filter);
	}

	private static void checkStore(GeminiLimitProperties properties, @Nullable GeminiLimitStore store) {
		checkPositive("instances", properties.instances());
		PropertyChecks.positive(PREFIX + "store-timeout", properties.storeTimeout());
		if (properties.store() == Store.REDIS && store == null) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "store", "redis",
					"There is no single ReactiveRedisConnectionFactory. Add spring-boot-starter-data-redis, "
							+ "which uses Lettuce, or set it to 'memory'.");
		}
		if (store != null && properties.onStoreFailure() == StoreFailure.LOCAL && properties.instances() == null) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "instances", "",
					"While the shared store is not available, each instance may use its share of the limits. Set the "
							+ "maximum number of instances, or '%son-store-failure' to 'refuse' or 'allow'."
								.formatted(PREFIX));
		}
	}

	// Without brackets, a name with dots is read as several names, to which no limit can
	// be bound.
	private static void checkBound(String name, Map<String, Limits> limits, Environment environment) {
		Binder.get(environment)
			.bind(PREFIX + name, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of)
			.keySet()
			.stream()
			.filter((key) -> !limits.containsKey(key))
			.findFirst()
			.ifPresent((key) -> {
				throw new InvalidConfigurationPropertyValueException(PREFIX + name, key,
						"It has no limit. Put a name with dots in brackets, such as '%s%s[gemini-3.5-flash]'."
							.formatted(PREFIX, name));
			});
	}

	private static void checkNames(Map<String, Limits> limits, List<String> connections) {
		for (String name : limits.keySet()) {
			if (!connections.contains(name)) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "connections", name,
						"There is no such connection. The connections are %s.".formatted(connections));
			}
		}
	}

	private static Map<String, GeminiLimit> toModelLimits(Map<String, Limits> limits) {
		Map<String, GeminiLimit> models = new HashMap<>();
		toLimits("models", limits).forEach((model, limit) -> models.put(ModelId.normalize(model), limit));
		return models;
	}

	private static Map<String, GeminiLimit> toLimits(String name, Map<String, Limits> limits) {
		Map<String, GeminiLimit> result = new HashMap<>();
		limits.forEach((key, limit) -> result.put(key, toLimit("%s[%s].".formatted(name, key), limit.concurrentCalls(),
				limit.requestsPerMinute(), limit.tokensPerMinute())));
		return result;
	}

	private static GeminiLimit toLimit(String prefix, @Nullable Integer concurrentCalls,
			@Nullable Integer requestsPerMinute, @Nullable Long tokensPerMinute) {
		checkPositive(prefix + "concurrent-calls", concurrentCalls);
		checkPositive(prefix + "requests-per-minute", requestsPerMinute);
		checkPositive(prefix + "tokens-per-minute", tokensPerMinute);
		return new GeminiLimit(concurrentCalls, requestsPerMinute, tokensPerMinute);
	}

	private static void checkPositive(String name, @Nullable Number value) {
		if (value != null && value.longValue() < 1) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, value, "It must be 1 or more.");
		}
	}

	/**
	 * Store in Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveStringRedisTemplate.class)
	@ConditionalOnProperty(name = PREFIX + "store", havingValue = "redis")
	static class RedisConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(ReactiveRedisConnectionFactory.class)
		@ConditionalOnMissingBean(GeminiLimitStore.class)
		RedisGeminiLimitStore redisGeminiLimitStore(ReactiveRedisConnectionFactory connectionFactory,
				GeminiLimitProperties properties, ObjectProvider<GeminiThreads> threads) {
			Redis redis = properties.redis();
			if (redis.leaseTime().compareTo(RedisGeminiLimitStore.MINIMUM_LEASE_TIME) < 0) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "redis.lease-time", redis.leaseTime(),
						"It must be 3s or more.");
			}
			return new RedisGeminiLimitStore(connectionFactory, redis.keyPrefix(), redis.leaseTime(),
					threads.getIfAvailable(GeminiThreads::shared));
		}

	}

	/**
	 * Meters of the limits.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnBean(GeminiMeters.class)
		GeminiLimitListener geminiLimitMeters(GeminiMeters meters) {
			return (event) -> meters.recordLimit(event.connection(), event.model(), event.waited(),
					event.rejection() != null);
		}

	}

}
