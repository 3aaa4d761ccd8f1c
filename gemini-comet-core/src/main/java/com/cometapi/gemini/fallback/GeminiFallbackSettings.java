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

package com.cometapi.gemini.fallback;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.springframework.util.Assert;

/**
 * Settings of a {@link GeminiFallbackExchangeFilter}.
 *
 * @param fallbacks the models and connections to try after a failure, in order
 * @param firstChoices the targets among which calls are distributed by their weights, or
 * an empty list to send each call to its own model and connection
 * @param defaultModel the model of calls that name none; if a first choice names a model,
 * only calls to this model are distributed
 * @param reasons the reasons for which a call goes to a fallback;
 * {@link GeminiFallbackReason#CIRCUIT_OPEN} is always one of them
 */
public record GeminiFallbackSettings(List<GeminiFallbackTarget> fallbacks, List<FirstChoice> firstChoices,
		String defaultModel, Set<GeminiFallbackReason> reasons) {

	/**
	 * Create settings.
	 */
	public GeminiFallbackSettings {
		Assert.hasText(defaultModel, "'defaultModel' must not be empty");
		fallbacks = List.copyOf(fallbacks);
		firstChoices = List.copyOf(firstChoices);
		reasons = Set.copyOf(reasons);
	}

	/**
	 * Create settings for all reasons, without first choices.
	 * @param defaultModel the model of calls that name none
	 * @param fallbacks the models and connections to try after a failure, in order
	 * @return the settings
	 */
	public static GeminiFallbackSettings of(String defaultModel, GeminiFallbackTarget... fallbacks) {
		return new GeminiFallbackSettings(List.of(fallbacks), List.of(), defaultModel,
				EnumSet.allOf(GeminiFallbackReason.class));
	}

	/**
	 * First choice that gets a share of the calls.
	 *
	 * @param target the connection, the model or both
	 * @param weight the weight, 1 or more: of two with the weights 3 and 1, the first one
	 * gets three calls of four
	 */
	public record FirstChoice(GeminiFallbackTarget target, int weight) {

		/**
		 * Create a first choice.
		 */
		public FirstChoice {
			Assert.notNull(target, "'target' must not be null");
			Assert.isTrue(weight > 0, "'weight' must be 1 or more");
		}

	}

}
