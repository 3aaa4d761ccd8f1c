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

package com.cometapi.gemini.web;

import java.util.LinkedHashMap;
import java.util.Map;

import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Converts token counts to the usage of the AI SDK.
 */
final class UiMessageUsage {

	private UiMessageUsage() {
	}

	static Map<String, Object> of(UsageMetadata usage) {
		Map<String, Object> members = new LinkedHashMap<>();
		put(members, "inputTokens", sum(usage.promptTokenCount(), usage.toolUsePromptTokenCount()));
		put(members, "inputTokenDetails", details("cacheReadTokens", usage.cachedContentTokenCount()));
		put(members, "outputTokens", sum(usage.candidatesTokenCount(), usage.thoughtsTokenCount()));
		Map<String, Object> output = new LinkedHashMap<>();
		put(output, "textTokens", usage.candidatesTokenCount());
		put(output, "reasoningTokens", usage.thoughtsTokenCount());
		put(members, "outputTokenDetails", (output.isEmpty()) ? null : output);
		put(members, "totalTokens", usage.totalTokenCount());
		return members;
	}

	private static @Nullable Map<String, Object> details(String name, @Nullable Integer count) {
		return (count != null) ? Map.of(name, count) : null;
	}

	private static @Nullable Integer sum(@Nullable Integer first, @Nullable Integer second) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		return first + second;
	}

	private static void put(Map<String, Object> members, String name, @Nullable Object value) {
		if (value != null) {
			members.put(name, value);
		}
	}

}
