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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Merges the pieces of one candidate of a streamed response.
 */
final class CandidateAccumulator {

	private final int number;

	private final boolean keepsContent;

	private final PartsAccumulator parts = new PartsAccumulator();

	private final Map<String, @Nullable Object> contentAdditional = new LinkedHashMap<>(0);

	private final List<CitationMetadata> citations = new ArrayList<>(0);

	private final List<GroundingMetadata> groundings = new ArrayList<>(0);

	private final List<UrlContextMetadata> urlContexts = new ArrayList<>(0);

	private final List<LogprobsResult> logprobs = new ArrayList<>(0);

	private final Map<String, @Nullable Object> additional = new LinkedHashMap<>(0);

	private boolean hasContent;

	private @Nullable Integer index;

	private @Nullable String role;

	private @Nullable FinishReason finishReason;

	private @Nullable String finishMessage;

	private List<SafetyRating> safetyRatings = ImmutableCollections.absent();

	private @Nullable Integer tokenCount;

	private List<GroundingAttribution> groundingAttributions = ImmutableCollections.absent();

	private @Nullable Double avgLogprobs;

	CandidateAccumulator(int number, boolean keepsContent) {
		this.number = number;
		this.keepsContent = keepsContent;
	}

	boolean hasIndex(int index) {
		return this.number == index;
	}

	void add(Candidate piece) {
		this.index = EventMerger.last(this.index, piece.index());
		this.finishReason = EventMerger.last(this.finishReason, piece.finishReason());
		this.finishMessage = EventMerger.last(this.finishMessage, piece.finishMessage());
		this.safetyRatings = EventMerger.lastList(this.safetyRatings, piece.safetyRatings());
		this.tokenCount = EventMerger.last(this.tokenCount, piece.tokenCount());
		this.avgLogprobs = EventMerger.last(this.avgLogprobs, piece.avgLogprobs());
		if (this.keepsContent) {
			addAll(piece);
		}
	}

	private void addAll(Candidate piece) {
		if (piece.content() != null) {
			addContent(piece.content());
		}
		addIfAny(this.citations, piece.citationMetadata());
		addIfAny(this.groundings, piece.groundingMetadata());
		addIfAny(this.urlContexts, piece.urlContextMetadata());
		this.groundingAttributions = EventMerger.lastList(this.groundingAttributions, piece.groundingAttributions());
		addIfAny(this.logprobs, piece.logprobsResult());
		this.additional.putAll(piece.additional());
	}

	private void addContent(Content content) {
		this.hasContent = true;
		this.role = EventMerger.last(this.role, content.role());
		this.parts.add(content.parts());
		this.contentAdditional.putAll(content.additional());
	}

	private static <T> void addIfAny(List<T> values, @Nullable T value) {
		if (value != null) {
			values.add(value);
		}
	}

	Candidate toCandidate() {
		Content content = (this.hasContent) ? new Content(this.role, this.parts.toParts(), this.contentAdditional)
				: null;
		return EventMerger.message(this.additional,
				(additional) -> new Candidate(this.index, content, this.finishReason, this.finishMessage,
						this.safetyRatings, EventMerger.citations(this.citations), this.tokenCount,
						EventMerger.groundings(this.groundings), EventMerger.urlContexts(this.urlContexts),
						this.groundingAttributions, this.avgLogprobs, EventMerger.logprobs(this.logprobs), additional));
	}

}
