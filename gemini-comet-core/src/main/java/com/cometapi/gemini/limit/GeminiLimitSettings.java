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

package com.cometapi.gemini.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.cometapi.gemini.thread.Durations;

import org.springframework.util.Assert;

/**
 * Settings of the rate limits of an application.
 *
 * @param defaults the limits of each connection that does not set its own
 * @param connections the limits of single connections, by name
 * @param models the limits of models over all connections, by bare id
 * @param maxWait the maximum time that a call waits, zero to refuse it at once
 * @param storeTimeout the maximum time until the shared store responds
 * @param onStoreFailure the handling of calls while the shared store is not available
 * @param instances the number of instances that share the limits, for
 * {@link StoreFailure#LOCAL}
 */
public record GeminiLimitSettings(GeminiLimit defaults, Map<String, GeminiLimit> connections,
		Map<String, GeminiLimit> models, Duration maxWait, Duration storeTimeout, StoreFailure onStoreFailure,
		int instances) {

	/**
	 * Create settings.
	 */
	public GeminiLimitSettings {
		Assert.isTrue(!maxWait.isNegative(), "'maxWait' must not be negative");
		Assert.isTrue(storeTimeout.compareTo(Duration.ZERO) > 0, "'storeTimeout' must be positive");
		Assert.isTrue(instances > 0, "'instances' must be positive");
		storeTimeout = Durations.capped(storeTimeout);
		connections = Map.copyOf(connections);
		models = Map.copyOf(models);
	}

	/**
	 * Return settings with limits for each connection.
	 * @param defaults the limits of each connection
	 * @return the settings
	 */
	public static GeminiLimitSettings of(GeminiLimit defaults) {
		return new GeminiLimitSettings(defaults, Map.of(), Map.of(), Duration.ofSeconds(10), Duration.ofMillis(500),
				StoreFailure.LOCAL, 2);
	}

	/**
	 * Return a copy with limits for a connection. Limits that are not set are taken from
	 * the defaults.
	 * @param connection the name of the connection
	 * @param limit the limits
	 * @return the copy
	 */
	public GeminiLimitSettings withConnection(String connection, GeminiLimit limit) {
		Map<String, GeminiLimit> connections = new HashMap<>(this.connections);
		connections.put(connection, limit);
		return new GeminiLimitSettings(this.defaults, connections, this.models, this.maxWait, this.storeTimeout,
				this.onStoreFailure, this.instances);
	}

	/**
	 * Return a copy with limits for a model.
	 * @param model the bare id of the model
	 * @param limit the limits
	 * @return the copy
	 */
	public GeminiLimitSettings withModel(String model, GeminiLimit limit) {
		Map<String, GeminiLimit> models = new HashMap<>(this.models);
		models.put(model, limit);
		return new GeminiLimitSettings(this.defaults, this.connections, models, this.maxWait, this.storeTimeout,
				this.onStoreFailure, this.instances);
	}

	/**
	 * Return a copy with another maximum wait.
	 * @param maxWait the maximum time that a call waits
	 * @return the copy
	 */
	public GeminiLimitSettings withMaxWait(Duration maxWait) {
		return new GeminiLimitSettings(this.defaults, this.connections, this.models, maxWait, this.storeTimeout,
				this.onStoreFailure, this.instances);
	}

	/**
	 * Handling of calls while the shared store is not available.
	 */
	public enum StoreFailure {

		/**
		 * Admit every call.
		 */
		ALLOW,

		/**
		 * Refuse every call.
		 */
		REFUSE,

		/**
		 * Admit the share of this instance, counted in this process.
		 */
		LOCAL

	}

}
