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

import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Computes input and output tokens from a usage; their sum is the total of the server.
 */
final class TokenCounts {

	private TokenCounts() {
	}

	static @Nullable Integer input(@Nullable UsageMetadata usage) {
		return (usage != null) ? sum(usage.promptTokenCount(), usage.toolUsePromptTokenCount()) : null;
	}

	static @Nullable Integer output(@Nullable UsageMetadata usage) {
		return (usage != null) ? sum(visible(usage), usage.thoughtsTokenCount()) : null;
	}

	/**
	 * Return the output tokens without thoughts.
	 * @param usage the usage
	 * @return the number, or {@code null} if it is not known
	 */
	static @Nullable Integer visible(UsageMetadata usage) {
		return (usage.candidatesTokenCount() != null) ? usage.candidatesTokenCount() : usage.responseTokenCount();
	}

	private static @Nullable Integer sum(@Nullable Integer first, @Nullable Integer second) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		long sum = (long) first + second;
		return (sum == (int) sum) ? (Integer) (int) sum : null;
	}

}
