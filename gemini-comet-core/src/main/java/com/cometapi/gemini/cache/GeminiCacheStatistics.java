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

import java.math.BigDecimal;

/**
 * Counts of a response cache since the application started.
 *
 * @param hits the number of responses from the cache
 * @param misses the number of calls that were made because the cache had no response
 * @param savedCost the cost of the calls that were not made, as far as it is known
 */
public record GeminiCacheStatistics(long hits, long misses, BigDecimal savedCost) {

	static final GeminiCacheStatistics NONE = new GeminiCacheStatistics(0, 0, BigDecimal.ZERO);

	GeminiCacheStatistics plus(GeminiCacheStatistics other) {
		return new GeminiCacheStatistics(this.hits + other.hits, this.misses + other.misses,
				this.savedCost.add(other.savedCost));
	}

}
