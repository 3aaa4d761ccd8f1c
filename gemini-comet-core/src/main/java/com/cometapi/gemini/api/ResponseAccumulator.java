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
 * Merges the events of one streamed response into one response. <pre class="code">
 * flux.collect(ResponseAccumulator::new, ResponseAccumulator::add).map(ResponseAccumulator::toResponse);
 * </pre>
 *
 * <p>
 * Nothing is lost: the parts stay in their order, and so do their signatures and the
 * members that this version does not know. Two texts that follow each other become one,
 * unless one of them is a thought and the other is not, or one of them has a signature or
 * anything else beside its text. The pieces of a streamed function call become one call,
 * and a call that arrives again with the same id, name and arguments is kept once; calls
 * without an id are never merged. Usage, finish reason and ratings have their last
 * values, member by member; sources, quotations and log probabilities are those of all
 * events. A stream of one event is that event, unchanged unless it has such a call.
 *
 * <p>
 * Needs as much memory as the events: the caller limits the size of a response, as the
 * client does. For a single response; not thread-safe.
 */
public final class ResponseAccumulator {

	private final boolean keepsContent;

	private final List<CandidateAccumulator> candidates = new ArrayList<>(1);

	private final Map<String, @Nullable Object> additional = new LinkedHashMap<>(0);

	private @Nullable GenerateContentResponse first;

	private boolean single;

	private List<Candidate> noCandidates = ImmutableCollections.absent();

	private @Nullable PromptFeedback promptFeedback;

	private @Nullable UsageMetadata usageMetadata;

	private @Nullable String modelVersion;

	private @Nullable String responseId;

	private @Nullable String createTime;

	private @Nullable ModelStatus modelStatus;

	private @Nullable ResponseOrigin origin;

	/**
	 * Create an accumulator for a new response.
	 */
	public ResponseAccumulator() {
		this(true);
	}

	private ResponseAccumulator(boolean keepsContent) {
		this.keepsContent = keepsContent;
		this.single = keepsContent;
	}

	/**
	 * Add the next event.
	 * @param response the event
	 */
	public void add(GenerateContentResponse response) {
		Preconditions.notNull(response, "response");
		if (this.keepsContent && this.first == null) {
			this.first = response;
			this.single = response.candidates().stream().noneMatch(ResponseAccumulator::hasCallToMerge);
			if (!this.single) {
				merge(response);
			}
			return;
		}
		if (this.single && this.first != null) {
			this.single = false;
			merge(this.first);
		}
		merge(response);
	}

	private static boolean hasCallToMerge(Candidate candidate) {
		return candidate.parts().stream().anyMatch(StreamedFunctionCall::isWholeInPieces)
				|| PartsAccumulator.hasRepeatedCall(candidate.parts());
	}

	private void merge(GenerateContentResponse response) {
		if (response.candidates() != ImmutableCollections.ABSENT) {
			this.noCandidates = List.of();
		}
		response.candidates().forEach((candidate) -> candidate(candidate).add(candidate));
		PromptFeedback feedback = response.promptFeedback();
		if (feedback != null
				&& (feedback.isBlocked() || this.promptFeedback == null || !this.promptFeedback.isBlocked())) {
			this.promptFeedback = feedback;
		}
		this.usageMetadata = (this.usageMetadata != null) ? this.usageMetadata.merge(response.usageMetadata())
				: response.usageMetadata();
		this.modelVersion = EventMerger.last(this.modelVersion, response.modelVersion());
		this.responseId = EventMerger.last(this.responseId, response.responseId());
		this.createTime = EventMerger.last(this.createTime, response.createTime());
		this.modelStatus = EventMerger.last(this.modelStatus, response.modelStatus());
		this.origin = EventMerger.last(this.origin, response.origin());
		if (this.keepsContent) {
			this.additional.putAll(response.additional());
		}
	}

	private CandidateAccumulator candidate(Candidate candidate) {
		int index = (candidate.index() != null) ? candidate.index() : 0;
		for (CandidateAccumulator existing : this.candidates) {
			if (existing.hasIndex(index)) {
				return existing;
			}
		}
		CandidateAccumulator added = new CandidateAccumulator(index, this.keepsContent);
		this.candidates.add(added);
		return added;
	}

	/**
	 * Return the response merged so far. More events may be added afterwards.
	 * @return the response, empty if there was no event
	 */
	public GenerateContentResponse toResponse() {
		if (this.first != null && this.single) {
			return this.first;
		}
		List<Candidate> candidates = (this.candidates.isEmpty()) ? this.noCandidates
				: this.candidates.stream().map(CandidateAccumulator::toCandidate).toList();
		return EventMerger.message(this.additional,
				(additional) -> new GenerateContentResponse(candidates, this.promptFeedback, this.usageMetadata,
						this.modelVersion, this.responseId, this.createTime, this.modelStatus, this.origin,
						additional));
	}

	/**
	 * Create an accumulator for the metadata of a response without its content: finish
	 * reason, ratings, usage, model and ids are kept; contents, sources, quotations, log
	 * probabilities and members that this version does not know are not. Holds no more
	 * than one event, however long the response is.
	 * @return a new accumulator
	 */
	public static ResponseAccumulator withoutContent() {
		return new ResponseAccumulator(false);
	}

}
