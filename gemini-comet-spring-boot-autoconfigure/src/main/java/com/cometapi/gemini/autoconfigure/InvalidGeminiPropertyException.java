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

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a property has an invalid value. Unlike Boot's own exception, it can omit a
 * value that may be a secret, and has an action.
 */
final class InvalidGeminiPropertyException extends RuntimeException {

	private final String name;

	private final @Nullable Object value;

	private final String reason;

	private final String action;

	/**
	 * Create an exception.
	 * @param name the name of the property
	 * @param value the value, or {@code null} if it must not be shown
	 * @param reason the violated rule, such as {@code it must be more than zero}
	 * @param action the suggested action
	 */
	InvalidGeminiPropertyException(String name, @Nullable Object value, String reason, String action) {
		super("Invalid value %sof the property '%s': %s".formatted((value != null) ? "'" + value + "' " : "", name,
				reason));
		this.name = name;
		this.value = value;
		this.reason = reason;
		this.action = action;
	}

	String getName() {
		return this.name;
	}

	String getAction() {
		return this.action;
	}

	/**
	 * Return a copy in which the property names have another prefix.
	 * @param prefix the prefix to replace
	 * @param other the other prefix
	 * @return the copy
	 */
	InvalidGeminiPropertyException withPrefix(String prefix, String other) {
		return new InvalidGeminiPropertyException(this.name.replace(prefix, other), this.value,
				this.reason.replace(prefix, other), this.action.replace(prefix, other));
	}

}
