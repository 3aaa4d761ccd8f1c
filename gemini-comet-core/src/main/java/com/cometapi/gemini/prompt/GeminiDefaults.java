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
import java.util.Objects;

import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.client.ModelId;

import org.springframework.util.Assert;

/**
 * Default values of prompts.
 *
 * @param model the default model
 * @param generationConfig the generation settings, without a thinking configuration
 * @param safetySettings the thresholds of the safety filters, at most one for each
 * category
 * @param thinking the thinking settings
 */
public record GeminiDefaults(String model, GenerationConfig generationConfig, List<SafetySetting> safetySettings,
		ThinkingDefaults thinking) {

	/**
	 * The model of prompts where neither the prompt nor the configuration names one.
	 */
	public static final String DEFAULT_MODEL = "gemini-3.5-flash";

	/**
	 * Generation settings without any value. One instance for all, so that it is
	 * recognized without a look at its members.
	 */
	static final GenerationConfig NO_GENERATION_CONFIG = GenerationConfig.builder().build();

	public GeminiDefaults {
		model = ModelId.normalize(model);
		Assert.isNull(generationConfig.thinkingConfig(),
				"'generationConfig' must not have a thinking configuration: use 'thinking'");
		// By identity first: the first comparison of a record loads 40 classes of the
		// JDK.
		generationConfig = Objects.equals(NO_GENERATION_CONFIG, generationConfig) ? NO_GENERATION_CONFIG
				: generationConfig;
		safetySettings = List.copyOf(safetySettings);
	}

	/**
	 * Return defaults with a model and nothing else.
	 * @param model the default model
	 * @return the defaults
	 */
	public static GeminiDefaults of(String model) {
		return new GeminiDefaults(model, NO_GENERATION_CONFIG, List.of(), ThinkingDefaults.NONE);
	}

}
