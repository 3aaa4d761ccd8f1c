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
import java.util.Map;

import com.cometapi.gemini.limit.GeminiLimitSettings.StoreFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of the limits for calls of the application.
 *
 * @param concurrentCalls Maximum number of calls of each connection at the same time.
 * @param requestsPerMinute Maximum number of requests of each connection in any minute.
 * @param tokensPerMinute Maximum number of tokens of each connection in any minute, of
 * prompts and responses together.
 * @param connections Limits of individual connections, by name. A connection has the
 * limits of 'cometapi.gemini.limits' where it sets none.
 * @param models Limits of models over all connections, by id.
 * @param maxWait Maximum time that a call waits until its limits admit it. 0 rejects it
 * at once.
 * @param store Type of the store that counts the calls.
 * @param redis Store in Redis.
 * @param storeTimeout Time after which a shared store that does not respond counts as
 * failed.
 * @param onStoreFailure Handling of calls while the shared store is not available.
 * @param instances Maximum number of instances of the application. Each one uses its
 * share of the limits while the shared store is not available. Required for
 * on-store-failure=local.
 */
@ConfigurationProperties("cometapi.gemini.limits")
public record GeminiLimitProperties(@Nullable Integer concurrentCalls, @Nullable Integer requestsPerMinute,
		@Nullable Long tokensPerMinute, @DefaultValue Map<String, Limits> connections,
		@DefaultValue Map<String, Limits> models, @DefaultValue("10s") Duration maxWait,
		@DefaultValue("memory") Store store, @DefaultValue Redis redis, @DefaultValue("500ms") Duration storeTimeout,
		@DefaultValue("local") StoreFailure onStoreFailure, @Nullable Integer instances) {

	/**
	 * Limits of a connection or a model.
	 *
	 * @param concurrentCalls Maximum number of calls at the same time.
	 * @param requestsPerMinute Maximum number of requests in any minute.
	 * @param tokensPerMinute Maximum number of tokens in any minute, of prompts and
	 * responses together.
	 */
	public record Limits(@Nullable Integer concurrentCalls, @Nullable Integer requestsPerMinute,
			@Nullable Long tokensPerMinute) {

	}

	/**
	 * Type of the store.
	 */
	public enum Store {

		/**
		 * Memory of the process, which counts the calls of one instance.
		 */
		MEMORY,

		/**
		 * Redis, which counts the calls of all instances together.
		 */
		REDIS

	}

	/**
	 * Store in Redis.
	 *
	 * @param keyPrefix Prefix of the keys in Redis. The whole prefix is the hash tag in a
	 * Redis cluster, unless it contains a hash tag itself.
	 * @param leaseTime Time after which the running calls of an instance that has died no
	 * longer count.
	 */
	public record Redis(@DefaultValue("gemini:limit:") String keyPrefix, @DefaultValue("30s") Duration leaseTime) {

	}

}
