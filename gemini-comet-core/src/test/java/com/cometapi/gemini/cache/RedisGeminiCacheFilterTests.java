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

package com.cometapi.gemini.cache;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.testsupport.TestRedis;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;

/**
 * Tests for {@link GeminiCacheFilter} with a real Redis server.
 */
class RedisGeminiCacheFilterTests extends AbstractGeminiCacheFilterTests {

	@AutoClose
	private static TestRedis redisServer;

	private static RedisCacheManager caches;

	private static final AtomicInteger names = new AtomicInteger();

	@BeforeAll
	static void startServer() {
		redisServer = new TestRedis();
		// Otherwise values are still being written after put has returned.
		RedisCacheWriter writer = RedisCacheWriter.create(redisServer.connections(),
				RedisCacheWriter.RedisCacheWriterConfigurer::immediateWrites);
		caches = RedisCacheManager.builder(writer).build();
		caches.afterPropertiesSet();
	}

	// A separate cache for each test
	@Override
	protected Cache cache() {
		return Objects.requireNonNull(caches.getCache("gemini-" + names.incrementAndGet()));
	}

}
