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

package com.cometapi.gemini.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the values of a tag, and so the number of time series: values beyond the limit
 * become {@code other}. Thread-safe.
 */
final class LimitedValues {

	private static final String OTHER = "other";

	private final Set<String> values = ConcurrentHashMap.newKeySet();

	private final int limit;

	LimitedValues(int limit) {
		this.limit = limit;
	}

	/**
	 * Return a value, or {@code other} if it is new and the limit is reached.
	 * @param value the value
	 * @return the value to report
	 */
	String limit(String value) {
		return (this.values.contains(value) || add(value)) ? value : OTHER;
	}

	private boolean add(String value) {
		if (this.values.size() >= this.limit) {
			return false;
		}
		synchronized (this.values) {
			return this.values.contains(value) || (this.values.size() < this.limit && this.values.add(value));
		}
	}

}
