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

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.client.ModelId;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import com.cometapi.gemini.prompt.ThinkingOptions.Budget;
import org.jspecify.annotations.Nullable;

/**
 * Thinking settings that the known models take. New models appear every few months, so
 * that a model which is not listed is only known by its family, and takes every value.
 */
final class ThinkingSupport {

	private static final List<ThinkingLevel> ALL_LEVELS = List.of(ThinkingLevel.MINIMAL, ThinkingLevel.LOW,
			ThinkingLevel.MEDIUM, ThinkingLevel.HIGH);

	private static final List<ThinkingLevel> WITHOUT_MINIMAL = List.of(ThinkingLevel.LOW, ThinkingLevel.MEDIUM,
			ThinkingLevel.HIGH);

	private static final Map<String, ThinkingControl> FAMILIES = Map.of("gemini-3", ThinkingControl.LEVEL, "gemini-2.5",
			ThinkingControl.BUDGET);

	/**
	 * Aliases of the newest models.
	 */
	private static final Pattern LATEST = Pattern.compile("gemini-.+-latest");

	private static final Map<String, List<ThinkingLevel>> LEVELS = Map.of("gemini-3.8-flash", WITHOUT_MINIMAL,
			"gemini-3.7-flash", WITHOUT_MINIMAL, "gemini-3.1-pro", WITHOUT_MINIMAL, "gemini-3.1-flash-image",
			List.of(ThinkingLevel.MINIMAL, ThinkingLevel.HIGH), "gemini-3.1-flash-lite-image",
			List.of(ThinkingLevel.MINIMAL, ThinkingLevel.HIGH), "gemini-3-pro-preview",
			List.of(ThinkingLevel.LOW, ThinkingLevel.HIGH));

	private static final Map<String, Budget> BUDGETS = Map.of("gemini-2.5-pro", new Budget(128, 32768, false),
			"gemini-2.5-flash", new Budget(1, 24576, true), "gemini-2.5-flash-lite", new Budget(512, 24576, true));

	/**
	 * Budgets that correspond to the levels, by increasing number of tokens.
	 */
	private static final List<Integer> BUDGETS_OF_LEVELS = List.of(0, 1024, 8192, 24576);

	private ThinkingSupport() {
	}

	/**
	 * Return the setting that a model takes.
	 * @param model the name of the model
	 * @return the setting, or {@code null} if the family of the model is not known
	 */
	static @Nullable ThinkingControl control(String model) {
		ThinkingControl control = find(FAMILIES, model);
		return (control == null && isLatest(model)) ? ThinkingControl.LEVEL : control;
	}

	/**
	 * Return whether a model is known not to take a level.
	 * @param model the name of the model, of a family that takes levels
	 * @param level the level
	 * @return {@code true} if the endpoint would refuse it
	 */
	static boolean refuses(String model, ThinkingLevel level) {
		List<ThinkingLevel> levels = find(LEVELS, model);
		return levels != null && ALL_LEVELS.contains(level) && !levels.contains(level);
	}

	/**
	 * Return the level that a model takes and that is nearest to another one, the lower
	 * one of two.
	 * @param model the name of the model, of a family that takes levels
	 * @param level the level
	 * @return the level to send
	 */
	static ThinkingLevel nearest(String model, ThinkingLevel level) {
		List<ThinkingLevel> levels = levels(model);
		int index = ALL_LEVELS.indexOf(level);
		if (index < 0 || levels.contains(level)) {
			return level;
		}
		return levels.stream()
			.min(Comparator.comparingInt((other) -> Math.abs(ALL_LEVELS.indexOf(other) - index)))
			.orElse(level);
	}

	/**
	 * Return the budget that a model takes and that is nearest to another one.
	 * @param model the name of the model, of a family that takes budgets
	 * @param budget the budget
	 * @return the budget to send
	 */
	static int nearest(String model, int budget) {
		Budget limits = find(BUDGETS, model);
		return (limits != null) ? limits.nearest(budget) : budget;
	}

	/**
	 * Return the budget that a model takes and that corresponds to a level.
	 * @param model the name of the model, of a family that takes budgets
	 * @param level the level
	 * @return the budget to send, or {@code null} if the level is not known
	 */
	static @Nullable Integer toBudget(String model, ThinkingLevel level) {
		int index = ALL_LEVELS.indexOf(level);
		return (index >= 0) ? Integer.valueOf(nearest(model, BUDGETS_OF_LEVELS.get(index))) : null;
	}

	/**
	 * Return the level that a model takes and that corresponds to a budget.
	 * @param model the name of the model, of a family that takes levels
	 * @param budget the budget
	 * @return the level to send, or {@code null} if the model is to choose
	 */
	static @Nullable ThinkingLevel toLevel(String model, int budget) {
		if (budget < 0) {
			return null;
		}
		int index = 0;
		while (index + 1 < BUDGETS_OF_LEVELS.size()
				&& budget > (BUDGETS_OF_LEVELS.get(index) + BUDGETS_OF_LEVELS.get(index + 1)) / 2) {
			index++;
		}
		// A small budget is not the same as none.
		return nearest(model, ALL_LEVELS.get((index == 0 && budget > 0) ? 1 : index));
	}

	/**
	 * Return the budgets that a model takes.
	 * @param model the name of the model, of a family that takes budgets
	 * @return the budgets, or {@code null} if it is not known
	 */
	static @Nullable Budget budgets(String model) {
		return find(BUDGETS, model);
	}

	/**
	 * Describe the levels that a model takes.
	 * @param model the name of the model, of a family that takes levels
	 * @return the levels, as a piece of a sentence
	 */
	static String describeLevels(String model) {
		List<ThinkingLevel> levels = levels(model);
		return levels.subList(0, levels.size() - 1)
			.stream()
			.map(ThinkingLevel::value)
			.collect(Collectors.joining(", ", "", " or " + levels.get(levels.size() - 1).value()));
	}

	/**
	 * Describe the budgets that a model takes.
	 * @param model the name of the model, of a family that takes budgets
	 * @return the budgets, as a piece of a sentence
	 */
	static String describeBudgets(String model) {
		Budget limits = find(BUDGETS, model);
		return (limits != null) ? limits.describe() : "-1 to let the model choose, or a number of tokens";
	}

	/**
	 * Return the levels that a model takes.
	 * @param model the name of the model, of a family that takes levels
	 * @return the levels, lowest first
	 */
	static List<ThinkingLevel> levels(String model) {
		List<ThinkingLevel> levels = find(LEVELS, model);
		if (levels != null) {
			return levels;
		}
		// The model behind such a name changes, and with it the levels that it takes.
		return isLatest(model) ? WITHOUT_MINIMAL : ALL_LEVELS;
	}

	private static boolean isLatest(String model) {
		return LATEST.matcher(ModelId.bareId(model)).matches();
	}

	/**
	 * Return the value of the longest prefix with which the id of a model starts.
	 * @param byPrefix the values by prefix
	 * @param model the name of the model
	 * @param <V> the type of the values
	 * @return the value, or {@code null} if the id starts with none of the prefixes
	 */
	static <V> @Nullable V find(Map<String, V> byPrefix, String model) {
		String id = ModelId.bareId(model);
		return byPrefix.entrySet()
			.stream()
			.filter((entry) -> id.startsWith(entry.getKey()))
			.max(Comparator.comparingInt((entry) -> entry.getKey().length()))
			.map(Map.Entry::getValue)
			.orElse(null);
	}

}
