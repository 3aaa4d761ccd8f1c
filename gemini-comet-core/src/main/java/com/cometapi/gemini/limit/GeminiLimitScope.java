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

import java.util.Locale;

/**
 * Connection or model with the limits that its calls share.
 *
 * @param type whether it is a connection or a model
 * @param name the name of the connection or the bare id of the model
 * @param limit the limits
 */
public record GeminiLimitScope(Type type, String name, GeminiLimit limit) {

	/**
	 * Return the key of the counts.
	 * @return the key, such as {@code connection:default}
	 */
	public String key() {
		return typeName() + ":" + this.name;
	}

	private String typeName() {
		return this.type.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public String toString() {
		return "the %s '%s'".formatted(typeName(), this.name);
	}

	/**
	 * Types of scopes.
	 */
	public enum Type {

		/**
		 * All calls to a connection.
		 */
		CONNECTION,

		/**
		 * All calls to a model, over any connection.
		 */
		MODEL

	}

}
