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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.cometapi.gemini.api.ModalityTokenCount;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Splits token counts by modality. Tokens that the endpoint does not assign to one are
 * {@code unknown}.
 */
final class TokenModalities {

	private static final String TEXT = "text";

	private static final String UNKNOWN = "unknown";

	// A fixed set, since each value is a time series of its own.
	private static final Set<String> KNOWN = Set.of(TEXT, "image", "audio", "video", "document");

	private TokenModalities() {
	}

	static Map<String, Integer> input(UsageMetadata usage, int total) {
		return split(total, usage.promptTokensDetails(), usage.toolUsePromptTokensDetails());
	}

	static Map<String, Integer> output(UsageMetadata usage, int total) {
		Map<String, Integer> counts = split(total - count(usage.thoughtsTokenCount()), usage.candidatesTokensDetails(),
				usage.responseTokensDetails());
		reasoning(usage).forEach((modality, count) -> counts.merge(modality, count, Integer::sum));
		return counts;
	}

	static Map<String, Integer> cached(UsageMetadata usage) {
		return split(count(usage.cachedContentTokenCount()), usage.cacheTokensDetails(), List.of());
	}

	static Map<String, Integer> reasoning(UsageMetadata usage) {
		int count = count(usage.thoughtsTokenCount());
		return (count > 0) ? Map.of(TEXT, count) : Map.of();
	}

	static Map<String, Integer> toolUse(UsageMetadata usage) {
		return split(count(usage.toolUsePromptTokenCount()), usage.toolUsePromptTokensDetails(), List.of());
	}

	private static Map<String, Integer> split(int total, List<ModalityTokenCount> first,
			List<ModalityTokenCount> second) {
		Map<String, Integer> counts = new TreeMap<>();
		int rest = add(counts, second, add(counts, first, total));
		if (rest > 0) {
			counts.merge(UNKNOWN, rest, Integer::sum);
		}
		return counts;
	}

	// Never more than the total, whatever the details say.
	private static int add(Map<String, Integer> counts, List<ModalityTokenCount> details, int total) {
		int rest = total;
		for (ModalityTokenCount detail : details) {
			int count = Math.min(rest, count(detail.tokenCount()));
			if (count > 0) {
				counts.merge(name(detail), count, Integer::sum);
				rest -= count;
			}
		}
		return rest;
	}

	private static String name(ModalityTokenCount detail) {
		String name = (detail.modality() != null) ? detail.modality().value().toLowerCase(Locale.ROOT) : UNKNOWN;
		return (KNOWN.contains(name)) ? name : UNKNOWN;
	}

	private static int count(@Nullable Integer count) {
		return (count != null) ? Math.max(count, 0) : 0;
	}

}
