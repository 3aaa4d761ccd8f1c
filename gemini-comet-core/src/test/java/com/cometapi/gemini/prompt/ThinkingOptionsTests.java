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

import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.prompt.ThinkingOptions.Budget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThinkingOptions}.
 */
class ThinkingOptionsTests {

	@Test
	void newerModelsTakeLevels() {
		assertThat(ThinkingOptions.of("gemini-3.5-flash")).satisfies((options) -> {
			assertThat(options.levels()).containsExactly(ThinkingLevel.MINIMAL, ThinkingLevel.LOW, ThinkingLevel.MEDIUM,
					ThinkingLevel.HIGH);
			assertThat(options.budget()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "gemini-3.8-flash", "models/gemini-3.1-pro-preview", "gemini-flash-latest" })
	void levelThatModelRefusesIsNotOffered(String model) {
		assertThat(ThinkingOptions.of(model).levels()).containsExactly(ThinkingLevel.LOW, ThinkingLevel.MEDIUM,
				ThinkingLevel.HIGH);
	}

	@Test
	void olderModelsTakeBudgetWithinLimits() {
		assertThat(ThinkingOptions.of("gemini-2.5-flash").budget()).isEqualTo(new Budget(1, 24576, true));
		assertThat(ThinkingOptions.of("gemini-2.5-pro").budget()).isEqualTo(new Budget(128, 32768, false));
		assertThat(ThinkingOptions.of("gemini-2.5-pro").levels()).isEmpty();
	}

	@Test
	void modelOfUnknownFamilyHasNoOptions() {
		assertThat(ThinkingOptions.of("gemini-2.0-flash")).isEqualTo(ThinkingOptions.NONE);
	}

}
