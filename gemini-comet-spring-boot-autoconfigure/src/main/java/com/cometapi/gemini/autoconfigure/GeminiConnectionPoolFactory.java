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

import com.cometapi.gemini.autoconfigure.GeminiConnectionProperties.Pool;
import com.cometapi.gemini.thread.Durations;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.resources.ConnectionProvider;

/**
 * Creates the connection pool of a connection.
 */
final class GeminiConnectionPoolFactory {

	private static final String PREFIX = "cometapi.gemini.pool.";

	private GeminiConnectionPoolFactory() {
	}

	static void check(Pool pool) {
		PropertyChecks.positive(PREFIX + "max-connections", pool.maxConnections());
		PropertyChecks.positive(PREFIX + "max-concurrent-streams", pool.maxConcurrentStreams());
		PropertyChecks.notNegative(PREFIX + "pending-acquire-max-count", pool.pendingAcquireMaxCount());
		PropertyChecks.positive(PREFIX + "pending-acquire-timeout", pool.pendingAcquireTimeout());
		PropertyChecks.positive(PREFIX + "max-idle-time", pool.maxIdleTime());
		PropertyChecks.positive(PREFIX + "max-life-time", pool.maxLifeTime());
		PropertyChecks.positive(PREFIX + "evict-in-background", pool.evictInBackground());
	}

	static ConnectionProvider create(String connection, Pool pool, boolean http2) {
		// The most recently used connection is the least likely to be stale
		ConnectionProvider.Builder builder = ConnectionProvider
			.builder(GeminiConnections.DEFAULT.equals(connection) ? "gemini" : "gemini." + connection)
			.lifo()
			.maxConnections(pool.maxConnections())
			.pendingAcquireMaxCount(pool.pendingAcquireMaxCount())
			.pendingAcquireTimeout(Durations.capped(pool.pendingAcquireTimeout()))
			.maxIdleTime(pool.maxIdleTime())
			.maxLifeTime(pool.maxLifeTime())
			.evictInBackground(Durations.capped(pool.evictInBackground()));
		if (http2) {
			// Otherwise a burst of calls would open one connection per call
			builder.allocationStrategy(Http2AllocationStrategy.builder()
				.maxConnections(pool.maxConnections())
				.maxConcurrentStreams(pool.maxConcurrentStreams())
				.strictConnectionReuse(true)
				.build());
		}
		return builder.build();
	}

}
