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

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.PromptFeedback;
import org.jspecify.annotations.Nullable;

/**
 * The ending of a stream of responses, as far as it is known.
 *
 * @param finishReason the finish reason of the first candidate, or {@code null} if there
 * is none
 * @param finishMessage the description of the finish reason, or {@code null} if there is
 * none
 * @param promptFeedback the feedback on a blocked prompt, or {@code null} if the prompt
 * was not blocked
 * @param modelVersion the model version, or {@code null} if it is not known
 * @param responseId the id of the response, or {@code null} if it is not known
 */
record ResponseEnding(@Nullable FinishReason finishReason, @Nullable String finishMessage,
		@Nullable PromptFeedback promptFeedback, @Nullable String modelVersion, @Nullable String responseId) {

	GenerateContentResponse toResponse() {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().finishReason(this.finishReason).finishMessage(this.finishMessage).build())
			.promptFeedback(this.promptFeedback)
			.modelVersion(this.modelVersion)
			.responseId(this.responseId)
			.build();
	}

}
