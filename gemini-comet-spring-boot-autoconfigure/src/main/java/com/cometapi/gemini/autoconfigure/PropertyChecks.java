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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Checks for property values, applied at startup instead of on the first call. For the
 * auto-configurations of this library, whose failure analysis names the property that was
 * refused, its value and what to set instead.
 */
public final class PropertyChecks {

	private PropertyChecks() {
	}

	/**
	 * Check that a time is more than zero.
	 * @param name the name of the property
	 * @param value the value
	 * @return the value
	 */
	public static Duration positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidGeminiPropertyException(name, value, "it must be more than zero",
					"Set it to a time such as '500ms', '30s' or '5m'.");
		}
		return value;
	}

	static @Nullable Duration positiveIfSet(String name, @Nullable Duration value) {
		return (value != null) ? positive(name, value) : null;
	}

	/**
	 * Check that a time is not negative.
	 * @param name the name of the property
	 * @param value the value
	 * @return the value
	 */
	public static Duration notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidGeminiPropertyException(name, value, "it must not be negative",
					"Set it to a time such as '30s', or to 0.");
		}
		return value;
	}

	/**
	 * Check that a number is 1 or more.
	 * @param name the name of the property
	 * @param value the value
	 * @return the value
	 */
	public static int positive(String name, int value) {
		if (value < 1) {
			throw new InvalidGeminiPropertyException(name, value, "it must be 1 or more",
					"Set it to a number such as 100.");
		}
		return value;
	}

	/**
	 * Check that a number is not negative.
	 * @param name the name of the property
	 * @param value the value
	 * @return the value
	 */
	public static int notNegative(String name, int value) {
		if (value < 0) {
			throw new InvalidGeminiPropertyException(name, value, "it must not be negative",
					"Set it to a number such as 100, or to 0.");
		}
		return value;
	}

	static double inRange(String name, double value, int min, int max) {
		if (!(value >= min && value <= max)) {
			throw new InvalidGeminiPropertyException(name, value, "it must be from %s to %s".formatted(min, max),
					"Set it to a number in this range.");
		}
		return value;
	}

	/**
	 * Check that a size is more than zero.
	 * @param name the name of the property
	 * @param value the value
	 * @return the value
	 */
	public static DataSize positive(String name, DataSize value) {
		if (value.toBytes() <= 0) {
			throw new InvalidGeminiPropertyException(name, value, "it must be more than zero",
					"Set it to a size such as '16MB'.");
		}
		return value;
	}

}
