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

package com.cometapi.gemini.client;

import java.util.List;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.UsageMetadata;

/**
 * Estimates the memory that the merged events of a stream need, in JSON tokens. Texts are
 * joined and limited by the size of the stream; every other part and source is kept.
 */
final class StreamMemoryEstimator {

	// The tokens of an event besides its parts.
	private static final long FRAME = 16;

	// The estimated memory of a further candidate.
	private static final long CANDIDATE = 1024;

	private static final int MAX_CANDIDATE_INDEX = 63;

	private long tokens;

	/**
	 * Add an event.
	 * @param event the event
	 * @param tokens the number of its tokens
	 * @return the estimate for all events
	 */
	long add(GenerateContentResponse event, long tokens) {
		UsageMetadata usage = event.usageMetadata();
		boolean kept = !event.additional().isEmpty() || (usage != null && !usage.additional().isEmpty());
		List<Candidate> candidates = event.candidates();
		for (int i = 0; i < candidates.size(); i++) {
			Candidate candidate = candidates.get(i);
			kept = kept || isKept(candidate);
			Integer index = candidate.index();
			if (index != null && (index < 0 || index > MAX_CANDIDATE_INDEX)) {
				this.tokens += CANDIDATE;
			}
		}
		this.tokens += (kept) ? Math.max(0, tokens - FRAME) : 0;
		return this.tokens;
	}

	private static boolean isKept(Candidate candidate) {
		Content content = candidate.content();
		if (content != null) {
			List<Part> parts = content.parts();
			if (parts.size() > 1 || (parts.size() == 1 && !isText(parts.get(0))) || !content.additional().isEmpty()) {
				return true;
			}
		}
		return candidate.citationMetadata() != null || candidate.groundingMetadata() != null
				|| candidate.urlContextMetadata() != null || candidate.logprobsResult() != null
				|| !candidate.additional().isEmpty();
	}

	private static boolean isText(Part part) {
		return part.text() != null && part.thoughtSignature() == null && part.inlineData() == null
				&& part.fileData() == null && part.functionCall() == null && part.functionResponse() == null
				&& part.executableCode() == null && part.codeExecutionResult() == null && part.toolCall() == null
				&& part.toolResponse() == null && part.videoMetadata() == null && part.mediaResolution() == null
				&& part.mediaProcessing() == null && part.partMetadata() == null && part.additional().isEmpty();
	}

}
