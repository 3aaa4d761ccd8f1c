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

package com.cometapi.gemini.fallback;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Place to which a call may be sent: a model, a connection, or both.
 *
 * @param connection the name of the connection, or {@code null} for that of the call
 * @param model the id of the model, or {@code null} for that of the call
 */
public record GeminiFallbackTarget(@Nullable String connection, @Nullable String model) {

	/**
	 * Create a target.
	 */
	public GeminiFallbackTarget {
		Assert.isTrue(connection != null || model != null, "'connection' or 'model' must be set");
	}

	/**
	 * Create a target that is another model of the same connection.
	 * @param model the id of the model
	 * @return the target
	 */
	public static GeminiFallbackTarget ofModel(String model) {
		return new GeminiFallbackTarget(null, model);
	}

	/**
	 * Create a target that is the same model of another connection.
	 * @param connection the name of the connection
	 * @return the target
	 */
	public static GeminiFallbackTarget ofConnection(String connection) {
		return new GeminiFallbackTarget(connection, null);
	}

}
