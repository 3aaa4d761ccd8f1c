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

package com.cometapi.gemini.prompt;

import java.util.Map;

import com.cometapi.gemini.api.ThinkingLevel;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Default thinking settings of prompts, and the handling of settings that do not fit a
 * model.
 *
 * <p>
 * The level and the budget may both be set: a prompt gets the one that fits its model,
 * and none if the family of the model is not known. Models for images or speech get none,
 * and neither do models whose id already selects how to think, such as
 * {@code gemini-3-flash-thinking}, unless their family is named in {@code families}.
 *
 * @param level the level for models that take one, or {@code null} for none
 * @param budget the budget in tokens for models that take one, or {@code null} for none
 * @param includeThoughts whether to ask for summaries of the thoughts, or {@code null} to
 * say nothing
 * @param onMismatch the handling of an explicit setting that does not fit the model
 * @param families the thinking control by model id prefix, in addition to the known
 * families
 */
public record ThinkingDefaults(@Nullable ThinkingLevel level, @Nullable Integer budget,
		@Nullable Boolean includeThoughts, OnMismatch onMismatch, Map<String, ThinkingControl> families) {

	/**
	 * No defaults; explicit settings that do not fit are refused.
	 */
	public static final ThinkingDefaults NONE = new ThinkingDefaults(null, null, null, OnMismatch.FAIL, Map.of());

	public ThinkingDefaults {
		Assert.isTrue(budget == null || budget >= -1,
				"'budget' must be -1 (the model chooses), 0 (off) or a number of tokens");
		families = Map.copyOf(families);
	}

	/**
	 * Handling of an explicit thinking setting that does not fit the model.
	 */
	public enum OnMismatch {

		/**
		 * Refuse the request before it is sent.
		 */
		FAIL,

		/**
		 * Send the request and log a warning.
		 */
		WARN,

		/**
		 * Send the request.
		 */
		IGNORE

	}

	/**
	 * Thinking setting that a family of models takes.
	 */
	public enum ThinkingControl {

		/**
		 * {@code thinkingLevel}.
		 */
		LEVEL,

		/**
		 * {@code thinkingBudget}.
		 */
		BUDGET,

		/**
		 * Neither.
		 */
		NONE

	}

}
