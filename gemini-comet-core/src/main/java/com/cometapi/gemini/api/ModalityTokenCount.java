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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one modality.
 *
 * <p>
 * Wire: message {@code ModalityTokenCount} of {@code v1beta}.
 *
 * @param modality the modality
 * @param tokenCount the number of tokens, absent for none
 * @param additional members that this version does not know, by name
 */
public record ModalityTokenCount(@Nullable Modality modality, @Nullable Integer tokenCount,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public ModalityTokenCount {
		additional = ImmutableCollections.additional(additional);
	}

	static List<ModalityTokenCount> sum(List<ModalityTokenCount> first, List<ModalityTokenCount> second) {
		if (first.isEmpty() || second.isEmpty()) {
			return EventMerger.lastList(first, second);
		}
		Map<@Nullable Modality, ModalityTokenCount> sums = new LinkedHashMap<>();
		Stream.concat(first.stream(), second.stream())
			.forEach((count) -> sums.merge(count.modality, count, ModalityTokenCount::plus));
		return List.copyOf(sums.values());
	}

	private ModalityTokenCount plus(ModalityTokenCount other) {
		return new ModalityTokenCount(this.modality, EventMerger.sum(this.tokenCount, other.tokenCount),
				EventMerger.members(this.additional, other.additional));
	}

	/**
	 * Create the tokens of one modality.
	 * @param modality the modality
	 * @param tokenCount the number of tokens
	 * @return a new count
	 */
	public static ModalityTokenCount of(Modality modality, int tokenCount) {
		return new ModalityTokenCount(modality, tokenCount, Map.of());
	}

}
