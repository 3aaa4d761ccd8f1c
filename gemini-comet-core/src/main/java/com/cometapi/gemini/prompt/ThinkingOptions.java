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

import java.util.List;

import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Thinking settings that a model takes, for applications that let their users choose. A
 * model of an unknown family has none of them.
 *
 * @param levels the levels, lowest first; empty if the model takes no level
 * @param budget the budget, or {@code null} if the model takes no budget or its limits
 * are not known
 */
public record ThinkingOptions(List<ThinkingLevel> levels, @Nullable Budget budget) {

	/**
	 * A model of which no thinking setting is known.
	 */
	public static final ThinkingOptions NONE = new ThinkingOptions(List.of(), null);

	/**
	 * Create the options.
	 */
	public ThinkingOptions {
		levels = List.copyOf(levels);
	}

	/**
	 * Return the thinking settings that a model takes, by the name of the model.
	 * @param model the model, with or without {@code models/}
	 * @return the options
	 */
	public static ThinkingOptions of(String model) {
		Assert.hasText(model, "'model' must not be empty");
		ThinkingControl control = ThinkingSupport.control(model);
		if (control == ThinkingControl.LEVEL) {
			return new ThinkingOptions(ThinkingSupport.levels(model), null);
		}
		Budget budget = (control == ThinkingControl.BUDGET) ? ThinkingSupport.budgets(model) : null;
		return (budget != null) ? new ThinkingOptions(List.of(), budget) : NONE;
	}

	/**
	 * Budgets that a model takes besides -1, which lets the model choose.
	 *
	 * @param min the smallest number of tokens
	 * @param max the largest number of tokens
	 * @param canBeOff whether 0 switches thinking off
	 */
	public record Budget(int min, int max, boolean canBeOff) {

		int nearest(int budget) {
			return (budget < 0 || (budget == 0 && this.canBeOff)) ? budget
					: Math.min(this.max, Math.max(this.min, budget));
		}

		String describe() {
			return "-1 to let the model choose, %s%d to %d tokens".formatted(this.canBeOff ? "0 for off, or " : "or ",
					this.min, this.max);
		}

	}

}
