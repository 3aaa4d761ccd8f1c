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
import java.util.regex.Pattern;

import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the thinking settings of models.
 */
final class ThinkingRules {

	private static final Log logger = LogFactory.getLog(ThinkingRules.class);

	// Models for images or speech take no thinking setting, or only some values, and with
	// an id that ends with "-thinking" or "-nothinking" the caller has made the choice.
	private static final Pattern WITHOUT_DEFAULTS = Pattern.compile("-(image|tts)\\b|-(no)?thinking(-\\d+)?$");

	private final ThinkingDefaults defaults;

	private final boolean hasDefaults;

	ThinkingRules(ThinkingDefaults defaults) {
		this.defaults = defaults;
		this.hasDefaults = defaults.level() != null || defaults.budget() != null || defaults.includeThoughts() != null;
	}

	@Nullable ThinkingConfig complete(String model, @Nullable ThinkingConfig explicit) {
		if (!this.hasDefaults) {
			return explicit;
		}
		ThinkingConfig config = (explicit != null) ? explicit : new ThinkingConfig(null, null, null, Map.of());
		ThinkingControl control = findDefaultControl(model);
		Boolean includeThoughts = config.includeThoughts();
		Integer budget = config.thinkingBudget();
		ThinkingLevel level = config.thinkingLevel();
		if (includeThoughts == null && (control == ThinkingControl.LEVEL || control == ThinkingControl.BUDGET)) {
			includeThoughts = this.defaults.includeThoughts();
		}
		if (budget == null && level == null) {
			budget = (control == ThinkingControl.BUDGET) ? defaultBudget(model) : null;
			level = (control == ThinkingControl.LEVEL) ? defaultLevel(model) : null;
		}
		if (explicit == null && includeThoughts == null && budget == null && level == null) {
			return null;
		}
		return new ThinkingConfig(includeThoughts, budget, level, config.additional());
	}

	private @Nullable Integer defaultBudget(String model) {
		Integer budget = this.defaults.budget();
		return (budget != null) ? Integer.valueOf(ThinkingSupport.nearest(model, budget)) : null;
	}

	private @Nullable ThinkingLevel defaultLevel(String model) {
		ThinkingLevel level = this.defaults.level();
		return (level != null) ? ThinkingSupport.nearest(model, level) : null;
	}

	void check(String model, ThinkingConfig config) {
		Integer budget = config.thinkingBudget();
		ThinkingLevel level = config.thinkingLevel();
		if (budget != null && level != null) {
			throw new IllegalArgumentException(
					"'thinkingLevel' and 'thinkingBudget' must not both be set: Gemini 3 takes the level, "
							+ "Gemini 2.5 the budget");
		}
		if (budget != null && budget < -1) {
			throw new IllegalArgumentException(
					"'thinkingBudget' must be -1 (the model chooses), 0 (off) or a number of tokens, but was "
							+ budget);
		}
		ThinkingControl control = findControl(model);
		OnMismatch onMismatch = this.defaults.onMismatch();
		if (control == null || onMismatch == OnMismatch.IGNORE) {
			return;
		}
		String setting = findMismatch(model, control, budget, level);
		if (setting == null) {
			return;
		}
		String message = describeMismatch(model, control, setting);
		// A family does not tell which levels its models take.
		String family = (level != null && control == ThinkingControl.LEVEL) ? ""
				: ". If the model does support it, declare its family in 'cometapi.gemini.thinking.families'";
		if (onMismatch == OnMismatch.FAIL) {
			throw new IllegalArgumentException(message
					+ ". To send it anyway, set 'cometapi.gemini.thinking.on-mismatch' to 'warn' or 'ignore'" + family);
		}
		logger.warn(message + ". It is sent anyway" + family);
	}

	/**
	 * Adapt a setting to another model. A configured default becomes the default that is
	 * configured for the other model.
	 * @param config the setting for the first model
	 * @param from the first model
	 * @param to the other model
	 * @return the setting, or {@code null} if it is not known that the model takes one
	 */
	@Nullable ThinkingConfig adapt(ThinkingConfig config, String from, String to) {
		ThinkingControl control = findDefaultControl(to);
		Integer budget = config.thinkingBudget();
		ThinkingLevel level = config.thinkingLevel();
		if (control == ThinkingControl.LEVEL) {
			boolean isDefault = budget != null && budget.equals(defaultBudget(from));
			ThinkingLevel adapted = (isDefault) ? defaultLevel(to) : null;
			if (adapted == null) {
				adapted = (level != null) ? ThinkingSupport.nearest(to, level)
						: (budget != null) ? ThinkingSupport.toLevel(to, budget) : null;
			}
			return new ThinkingConfig(config.includeThoughts(), null, adapted, config.additional());
		}
		if (control == ThinkingControl.BUDGET) {
			boolean isDefault = level != null && level.equals(defaultLevel(from));
			Integer adapted = (isDefault) ? defaultBudget(to) : null;
			if (adapted == null) {
				adapted = (budget != null) ? Integer.valueOf(ThinkingSupport.nearest(to, budget))
						: (level != null) ? ThinkingSupport.toBudget(to, level) : null;
			}
			return new ThinkingConfig(config.includeThoughts(), adapted, null, config.additional());
		}
		return null;
	}

	/**
	 * Return whether two models belong to one generation, so that each accepts the
	 * thought signatures of the other.
	 * @param first the name of the first model
	 * @param second the name of the second model
	 * @return {@code true} if they do, {@code false} if it is not known
	 */
	boolean isSameFamily(String first, String second) {
		ThinkingControl control = findControl(first);
		return first.equals(second)
				|| (control != null && control != ThinkingControl.NONE && control == findControl(second));
	}

	/**
	 * Return whether a model takes thinking levels, and with it what came with them: it
	 * requires thought signatures and takes a resolution for each medium.
	 * @param model the name of the model
	 * @return {@code true} if it is known to take them
	 */
	boolean takesLevels(String model) {
		return findControl(model) == ThinkingControl.LEVEL;
	}

	private static @Nullable String findMismatch(String model, ThinkingControl control, @Nullable Integer budget,
			@Nullable ThinkingLevel level) {
		if (level != null && control != ThinkingControl.LEVEL) {
			return "'thinkingLevel'";
		}
		if (budget != null && control != ThinkingControl.BUDGET) {
			return "'thinkingBudget'";
		}
		return (level != null && ThinkingSupport.refuses(model, level)) ? "'thinkingLevel' " + level.value() : null;
	}

	private static String describeMismatch(String model, ThinkingControl control, String setting) {
		String remedy = switch (control) {
			case LEVEL -> "set 'thinkingLevel' (%s)".formatted(ThinkingSupport.describeLevels(model));
			case BUDGET -> "set 'thinkingBudget' (%s)".formatted(ThinkingSupport.describeBudgets(model));
			case NONE -> "set neither 'thinkingLevel' nor 'thinkingBudget'";
		};
		return "%s does not fit the model '%s': %s".formatted(setting, model, remedy);
	}

	private @Nullable ThinkingControl findDefaultControl(String model) {
		ThinkingControl configured = ThinkingSupport.find(this.defaults.families(), model);
		if (configured != null) {
			return configured;
		}
		return WITHOUT_DEFAULTS.matcher(model).find() ? null : ThinkingSupport.control(model);
	}

	private @Nullable ThinkingControl findControl(String model) {
		ThinkingControl configured = ThinkingSupport.find(this.defaults.families(), model);
		return (configured != null) ? configured : ThinkingSupport.control(model);
	}

}
