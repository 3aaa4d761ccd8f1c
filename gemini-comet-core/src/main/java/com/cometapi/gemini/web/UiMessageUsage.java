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

import java.util.Map;

import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Converts token counts to the usage of the AI SDK.
 */
final class UiMessageUsage {

	private UiMessageUsage() {
	}

	static Map<String, @Nullable Object> of(UsageMetadata usage) {
		EventData input = new EventData().put("cacheReadTokens", usage.cachedContentTokenCount());
		EventData output = new EventData().put("textTokens", usage.candidatesTokenCount())
			.put("reasoningTokens", usage.thoughtsTokenCount());
		return new EventData().put("inputTokens", sum(usage.promptTokenCount(), usage.toolUsePromptTokenCount()))
			.putUnlessEmpty("inputTokenDetails", input)
			.put("outputTokens", sum(usage.candidatesTokenCount(), usage.thoughtsTokenCount()))
			.putUnlessEmpty("outputTokenDetails", output)
			.put("totalTokens", usage.totalTokenCount())
			.members();
	}

	private static @Nullable Integer sum(@Nullable Integer first, @Nullable Integer second) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		return first + second;
	}

}
