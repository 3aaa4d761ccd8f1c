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

import com.cometapi.gemini.autoconfigure.GeminiProperties.Sse.Resume;
import com.cometapi.gemini.autoconfigure.GeminiProperties.Sse.Resume.Redis;
import com.cometapi.gemini.autoconfigure.GeminiProperties.Sse.Resume.Store;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreamStore;
import com.cometapi.gemini.web.resume.GeminiStreams;
import com.cometapi.gemini.web.resume.InMemoryGeminiStreamStore;
import com.cometapi.gemini.web.resume.redis.RedisGeminiStreamStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for streams that a browser can
 * resume. Uses no resources until one is started.
 */
@AutoConfiguration(after = GeminiWebAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBean(GeminiSseShutdownLifecycle.class)
public final class GeminiResumeAutoConfiguration {

	static final String PREFIX = "cometapi.gemini.sse.resume.";

	GeminiResumeAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiStreams geminiStreams(GeminiStreamStore store, GeminiProperties properties,
			ObjectProvider<GeminiThreads> threads) {
		return new GeminiStreams(store,
				PropertyChecks.positive(PREFIX + "unwatched-timeout", properties.sse().resume().unwatchedTimeout()),
				threads.getIfAvailable(GeminiThreads::shared));
	}

	@Bean
	@ConditionalOnMissingBean(GeminiStreamStore.class)
	InMemoryGeminiStreamStore geminiStreamStore(GeminiProperties properties) {
		Resume resume = properties.sse().resume();
		if (resume.store() != Store.MEMORY) {
			throw new InvalidGeminiPropertyException(PREFIX + "store", "redis",
					"there is no single ReactiveRedisConnectionFactory",
					"Add spring-boot-starter-data-redis, which uses Lettuce, or set it to 'memory'.");
		}
		return new InMemoryGeminiStreamStore(PropertyChecks.positive(PREFIX + "max-streams", resume.maxStreams()),
				PropertyChecks.positive(PREFIX + "max-total-size", resume.maxTotalSize()), retention(resume));
	}

	static GeminiStreamRetention retention(Resume resume) {
		return new GeminiStreamRetention(PropertyChecks.positive(PREFIX + "max-size", resume.maxSize()),
				PropertyChecks.positive(PREFIX + "time-to-live", resume.timeToLive()));
	}

	@Bean
	GeminiResumeShutdownLifecycle geminiResumeShutdown(GeminiStreams streams,
			ObjectProvider<GeminiSseShutdownLifecycle> shutdown, GeminiStreamStore store) {
		return new GeminiResumeShutdownLifecycle(streams, shutdown, store);
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
		@ConditionalOnMissingBean(GeminiStreamStore.class)
		RedisGeminiStreamStore redisGeminiStreamStore(ReactiveRedisConnectionFactory connectionFactory,
				GeminiProperties properties, ObjectProvider<GeminiThreads> threads) {
			Resume resume = properties.sse().resume();
			Redis redis = resume.redis();
			if (redis.leaseTime().compareTo(RedisGeminiStreamStore.MINIMUM_LEASE_TIME) < 0) {
				throw new InvalidGeminiPropertyException(PREFIX + "redis.lease-time", redis.leaseTime(),
						"it must be 3s or more", "Set it to a time such as '10s'.");
			}
			return new RedisGeminiStreamStore(connectionFactory, redis.keyPrefix(), redis.leaseTime(),
					retention(resume), threads.getIfAvailable(GeminiThreads::shared));
		}

	}

	/**
	 * Meters of streams.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		MeterBinder geminiStreamMeters(GeminiStreams streams) {
			return (registry) -> {
				Gauge.builder(GeminiMeters.RESUMABLE_STREAMS, streams, GeminiStreams::getRunningCount)
					.description("Number of resumable streams that run on this instance")
					.register(registry);
				Gauge.builder(GeminiMeters.RESUMABLE_STREAM_READERS, streams, GeminiStreams::getReaderCount)
					.description("Number of readers of resumable streams on this instance")
					.register(registry);
			};
		}

	}

}
