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
 * Checks for property values, applied at startup instead of on the first call.
 */
final class PropertyChecks {

	private PropertyChecks() {
	}

	static Duration positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidGeminiPropertyException(name, value, "it must be more than zero",
					"Set it to a time such as '30s' or '5m'.");
		}
		return value;
	}

	static @Nullable Duration positiveIfSet(String name, @Nullable Duration value) {
		return (value != null) ? positive(name, value) : null;
	}

	static Duration notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidGeminiPropertyException(name, value, "it must not be negative",
					"Set it to a time such as '30s', or to 0.");
		}
		return value;
	}

	static int positive(String name, int value) {
		if (value < 1) {
			throw new InvalidGeminiPropertyException(name, value, "it must be 1 or more",
					"Set it to a number such as 100.");
		}
		return value;
	}

	static int notNegative(String name, int value) {
		if (value < 0) {
			throw new InvalidGeminiPropertyException(name, value, "it must not be negative",
					"Set it to a number such as 100, or to 0.");
		}
		return value;
	}

	static double inRange(String name, double value, int min, int max) {
		if (!(value >= min && value <= max)) {
			throw new InvalidGeminiPropertyException(name, value, "it must be from %s to %s".formatted(min, max),
					"Set it to a number in between.");
		}
		return value;
	}

	static DataSize positive(String name, DataSize value) {
		if (value.toBytes() <= 0) {
			throw new InvalidGeminiPropertyException(name, value, "it must be more than zero",
					"Set it to a size such as '16MB'.");
		}
		return value;
	}

}
