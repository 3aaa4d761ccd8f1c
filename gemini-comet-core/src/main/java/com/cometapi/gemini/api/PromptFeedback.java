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

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.jspecify.annotations.Nullable;

/**
 * Feedback of the filters on the prompt.
 *
 * <p>
 * Wire: message {@code PromptFeedback} of {@code v1beta}.
 *
 * @param blockReason the reason why the prompt was blocked
 * @param blockReasonMessage the description of the reason, Vertex AI only
 * @param safetyRatings the ratings of the prompt
 * @param additional members that this version does not know, by name
 */
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public record PromptFeedback(@Nullable BlockReason blockReason, @Nullable String blockReasonMessage,
		@IncludeWhenPresent List<SafetyRating> safetyRatings,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public PromptFeedback {
		safetyRatings = ImmutableCollections.list(safetyRatings);
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return whether the prompt was blocked.
	 * @return {@code true} if there is a reason or its description; {@code false} if
	 * there are ratings only
	 */
	public boolean isBlocked() {
		return (this.blockReason != null && !this.blockReason.isUnspecified())
				|| (this.blockReasonMessage != null && !this.blockReasonMessage.isEmpty());
	}

	/**
	 * Create the feedback on a blocked prompt.
	 * @param blockReason the reason
	 * @return a new feedback
	 */
	public static PromptFeedback of(BlockReason blockReason) {
		return new PromptFeedback(Preconditions.notNull(blockReason, "blockReason"), null,
				ImmutableCollections.absent(), Map.of());
	}

}
