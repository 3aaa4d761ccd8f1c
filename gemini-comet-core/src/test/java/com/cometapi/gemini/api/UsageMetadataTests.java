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

package com.cometapi.gemini.api;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UsageMetadata}.
 */
class UsageMetadataTests {

	@Test
	void lastOfSeveralRunningTotalsIsKept() {
		UsageMetadata usage = merge("thinking");

		assertThat(usage.promptTokenCount()).isEqualTo(10);
		assertThat(usage.candidatesTokenCount()).isEqualTo(48);
		assertThat(usage.thoughtsTokenCount()).isEqualTo(540);
		assertThat(usage.totalTokenCount()).isEqualTo(598);
	}

	@Test
	void membersOfEarlierEventsAreKept() {
		UsageMetadata usage = merge("vertex-text");

		assertThat(usage.trafficType()).isEqualTo(TrafficType.ON_DEMAND);
		assertThat(usage.totalTokenCount()).isEqualTo(214);
		assertThat(usage.candidatesTokensDetails()).containsExactly(ModalityTokenCount.of(Modality.TEXT, 132));
		assertThat(usage.additional()).containsKey("billablePromptUsage");
	}

	@Test
	void sumThatOverflowsIsAbsent() {
		UsageMetadata usage = UsageMetadata.builder().promptTokenCount(Integer.MAX_VALUE).totalTokenCount(3).build();
		assertThat(usage.plus(usage)).isEqualTo(UsageMetadata.builder().totalTokenCount(6).build());
	}

	@Test
	void laterValueReplacesTheEarlierOneMemberByMember() {
		UsageMetadata first = Wire.read("""
				{"promptTokenCount": 1, "candidatesTokenCount": 2, "promptTokensDetails": [{"tokenCount": 1}],
				 "cacheTokensDetails": [], "serviceTier": "standard", "a": 1, "b": 1}
				""", UsageMetadata.class);
		UsageMetadata second = Wire.read("""
				{"candidatesTokenCount": 5, "totalTokenCount": 6, "promptTokensDetails": [], "b": 2}
				""", UsageMetadata.class);

		assertThat(first.merge(second)).isEqualTo(Wire.read("""
				{"promptTokenCount": 1, "candidatesTokenCount": 5, "totalTokenCount": 6,
				 "promptTokensDetails": [{"tokenCount": 1}], "serviceTier": "standard", "a": 1, "b": 2}
				""", UsageMetadata.class));
	}

	@Test
	void eventWithoutUsageChangesNothing() {
		UsageMetadata usage = UsageMetadata.builder().totalTokenCount(1).additional(Map.of("a", 1)).build();

		assertThat(usage.merge(null)).isSameAs(usage);
		assertThat(usage.merge(UsageMetadata.builder().build())).isEqualTo(usage);
		assertThat(UsageMetadata.builder().build().merge(usage)).isEqualTo(usage);
	}

	private static UsageMetadata merge(String name) {
		List<GenerateContentResponse> events = Wire.events(name);
		UsageMetadata usage = UsageMetadata.builder().build();
		for (GenerateContentResponse event : events) {
			usage = usage.merge(event.usageMetadata());
		}
		return usage;
	}

}
