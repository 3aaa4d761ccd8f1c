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

import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

@ExtendWith(OutputCaptureExtension.class)
class ThinkingRulesTests {

	private static final String FLASH_3 = "gemini-3-flash-preview";

	private static final String FLASH_25 = "gemini-2.5-flash";

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(nullValues = "-", textBlock = """
			# model                          level budget thoughts
			gemini-3.1-pro-preview,          LOW,  -,     true
			gemini-3-flash-preview,          LOW,  -,     true
			gemini-3.8-flash,                LOW,  -,     true
			gemini-2.5-flash,                -,    512,   true
			gemini-2.5-pro,                  -,    512,   true
			gemini-2.5-flash-lite,           -,    512,   true
			publishers/google/models/gemini-2.5-flash, -, 512, true
			# no family, or one that does not think
			gemini-2.0-flash,                -,    -,     -
			gpt-5,                           -,    -,     -
			gemini-4-flash,                  -,    -,     -
			# families of the application: the longest prefix wins, even over the known families
			acme-thinker,                    LOW,  -,     true
			acme-thinker-mini,               -,    512,   true
			gemini-3-flash-all,              -,    -,     -
			gemini-2.5-flash-image-acme,     LOW,  -,     true
			# models for images or speech, and ids that select how to think
			gemini-2.5-flash-image,          -,    -,     -
			gemini-3.1-flash-image-preview,  -,    -,     -
			gemini-2.5-flash-preview-tts,    -,    -,     -
			gemini-3.1-flash-tts-preview,    -,    -,     -
			gemini-3-flash-thinking,         -,    -,     -
			gemini-2.5-flash-nothinking,     -,    -,     -
			gemini-2.5-flash-thinking-1024,  -,    -,     -
			gemini-3-flash-preview-thinking, -,    -,     -
			""")
	void configuredDefaultsAdaptToTheModel(String model, ThinkingLevel level, Integer budget, Boolean thoughts) {
		ThinkingRules rules = rules(ThinkingLevel.LOW, 512, true, OnMismatch.FAIL);
		ThinkingConfig expected = (level != null || budget != null || thoughts != null)
				? new ThinkingConfig(thoughts, budget, level, Map.of()) : null;
		assertThat(rules.complete(model, null)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "gemini-3.8-flash, MINIMAL, LOW", "gemini-3.7-flash-preview, MINIMAL, LOW",
			"gemini-3.1-pro-preview, MINIMAL, LOW", "gemini-3.5-flash, MINIMAL, MINIMAL",
			"gemini-3.6-flash, MINIMAL, MINIMAL", "gemini-3.1-flash-lite-preview, MINIMAL, MINIMAL",
			"gemini-3-pro-preview, MEDIUM, LOW", "gemini-3-pro-preview, MINIMAL, LOW", "gemini-3.8-flash, HIGH, HIGH",
			"gemini-flash-latest, MINIMAL, LOW", "gemini-pro-latest, HIGH, HIGH", "gemini-flash-latest, ultra, ultra",
			"publishers/google/models/gemini-3.8-flash, MINIMAL, LOW" })
	void configuredLevelBecomesTheNearestOneThatTheModelTakes(String model, String level, String sent) {
		ThinkingRules rules = rules(ThinkingLevel.of(level), 512, null, OnMismatch.FAIL);
		assertThat(rules.complete(model, null)).isEqualTo(ThinkingConfig.level(ThinkingLevel.of(sent)));
	}

	@ParameterizedTest
	@CsvSource({ "gemini-2.5-pro, 0, 128", "gemini-2.5-pro, 100000, 32768", "gemini-2.5-pro, -1, -1",
			"gemini-2.5-flash, 0, 0", "gemini-2.5-flash, 30000, 24576", "gemini-2.5-flash-lite, 100, 512",
			"gemini-2.5-flash-lite, 0, 0", "gemini-2.5-computer-use, 0, 0" })
	void configuredBudgetBecomesTheNearestOneThatTheModelTakes(String model, int budget, int sent) {
		ThinkingRules rules = rules(ThinkingLevel.LOW, budget, null, OnMismatch.FAIL);
		assertThat(rules.complete(model, null)).isEqualTo(ThinkingConfig.budget(sent));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gemini-3.8-flash            | MINIMAL | LOW, MEDIUM or HIGH
			gemini-3.1-pro-preview      | MINIMAL | LOW, MEDIUM or HIGH
			gemini-3.1-flash-image      | LOW     | MINIMAL or HIGH
			gemini-3-pro-preview        | MEDIUM  | LOW or HIGH
			""")
	void whenModelDoesNotTakeTheLevelThenMessageNamesThoseThatItTakes(String model, String level, String levels) {
		ThinkingConfig config = ThinkingConfig.level(ThinkingLevel.of(level));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules(null, null, null, OnMismatch.FAIL).check(model, config))
			.withMessage(
					("'thinkingLevel' %s does not fit the model '%s': set 'thinkingLevel' (%s). To send it anyway, "
							+ "set 'cometapi.gemini.thinking.on-mismatch' to 'warn' or 'ignore'")
						.formatted(level, model, levels));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			gemini-3.8-flash      | thinkingLevel' (LOW, MEDIUM or HIGH)
			gemini-3.5-flash      | thinkingLevel' (MINIMAL, LOW, MEDIUM or HIGH)
			gemini-flash-latest   | thinkingLevel' (LOW, MEDIUM or HIGH)
			gemini-2.5-pro        | thinkingBudget' (-1 to let the model choose, or 128 to 32768 tokens)
			gemini-2.5-flash      | thinkingBudget' (-1 to let the model choose, 0 for off, or 1 to 24576 tokens)
			""")
	void noMessageAdvisesAValueThatFails(String model, String advice) {
		ThinkingConfig wrong = advice.startsWith("thinkingLevel") ? ThinkingConfig.budget(0)
				: ThinkingConfig.level(ThinkingLevel.LOW);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules(null, null, null, OnMismatch.FAIL).check(model, wrong))
			.withMessageContaining(advice);
	}

	@Test
	void whenNothingIsConfiguredThenNothingIsAdded() {
		ThinkingRules rules = new ThinkingRules(ThinkingDefaults.NONE);
		assertThat(rules.complete(FLASH_3, null)).isNull();
		assertThat(rules.complete(FLASH_25, null)).isNull();
	}

	@Test
	void whenOnlyTheOtherKindIsConfiguredThenNothingIsAdded() {
		assertThat(rules(null, 512, null, OnMismatch.FAIL).complete(FLASH_3, null)).isNull();
		assertThat(rules(ThinkingLevel.LOW, null, null, OnMismatch.FAIL).complete(FLASH_25, null)).isNull();
	}

	@Test
	void explicitSettingIsNeverChanged() {
		ThinkingRules rules = rules(ThinkingLevel.LOW, 512, true, OnMismatch.IGNORE);
		assertThat(rules.complete(FLASH_3, ThinkingConfig.level(ThinkingLevel.HIGH)))
			.isEqualTo(new ThinkingConfig(true, null, ThinkingLevel.HIGH, Map.of()));
		assertThat(rules.complete(FLASH_25, ThinkingConfig.budget(0)))
			.isEqualTo(new ThinkingConfig(true, 0, null, Map.of()));
		assertThat(rules.complete(FLASH_25, new ThinkingConfig(false, null, null, Map.of("effort", 3))))
			.isEqualTo(new ThinkingConfig(false, 512, null, Map.of("effort", 3)));
	}

	@Test
	void explicitSettingSuppressesTheDefaultOfTheOtherKind() {
		ThinkingRules rules = rules(ThinkingLevel.LOW, 512, null, OnMismatch.IGNORE);
		assertThat(rules.complete(FLASH_3, ThinkingConfig.budget(1024))).isEqualTo(ThinkingConfig.budget(1024));
		assertThat(rules.complete(FLASH_25, ThinkingConfig.level(ThinkingLevel.HIGH)))
			.isEqualTo(ThinkingConfig.level(ThinkingLevel.HIGH));
	}

	@ParameterizedTest
	@EnumSource(OnMismatch.class)
	void levelTogetherWithBudgetIsRefused(OnMismatch onMismatch) {
		ThinkingConfig both = new ThinkingConfig(null, 512, ThinkingLevel.LOW, Map.of());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules(null, null, null, onMismatch).check("some-model", both))
			.withMessageContaining("'thinkingLevel' and 'thinkingBudget' must not both be set");
	}

	@ParameterizedTest
	@EnumSource(OnMismatch.class)
	void budgetBelowMinusOneIsRefused(OnMismatch onMismatch) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules(null, null, null, onMismatch).check(FLASH_25, ThinkingConfig.budget(-2)))
			.withMessageContaining("but was -2");
	}

	@Test
	void configuredBudgetBelowMinusOneIsRefusedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> rules(null, -2, null, OnMismatch.FAIL))
			.withMessageContaining("'budget' must be -1");
	}

	@ParameterizedTest
	@CsvSource({ "gemini-3.1-pro-preview, thinkingLevel", "acme-thinker, thinkingLevel",
			"gemini-2.5-flash, thinkingBudget", "acme-thinker-mini, thinkingBudget" })
	void whenSettingDoesNotFitThenMessageNamesTheRightOne(String model, String right) {
		ThinkingRules rules = rules(null, null, null, OnMismatch.FAIL);
		ThinkingConfig wrong = (right.equals("thinkingLevel")) ? ThinkingConfig.budget(512)
				: ThinkingConfig.level(ThinkingLevel.LOW);
		assertThatIllegalArgumentException().isThrownBy(() -> rules.check(model, wrong))
			.withMessageContaining("the model '" + model + "'")
			.withMessageContaining("set '" + right + "'")
			.withMessageContaining("set 'cometapi.gemini.thinking.on-mismatch' to 'warn' or 'ignore'")
			.withMessageContaining("declare its family in 'cometapi.gemini.thinking.families'");
	}

	@Test
	void whenFamilyTakesNoSettingThenBothAreRefused() {
		ThinkingRules rules = rules(null, null, null, OnMismatch.FAIL);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules.check("gemini-3-flash-all", ThinkingConfig.level(ThinkingLevel.LOW)))
			.withMessageContaining("set neither");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> rules.check("gemini-3-flash-all", ThinkingConfig.budget(0)))
			.withMessageContaining("set neither");
	}

	@Test
	void whenSettingFitsOrFamilyIsUnknownThenItPasses(CapturedOutput output) {
		ThinkingRules rules = rules(null, null, null, OnMismatch.FAIL);
		assertThatNoException().isThrownBy(() -> {
			rules.check(FLASH_3, ThinkingConfig.level(ThinkingLevel.of("ultra")));
			rules.check(FLASH_25, ThinkingConfig.budget(-1));
			rules.check("gemini-3.5-flash", ThinkingConfig.level(ThinkingLevel.MINIMAL));
			rules.check("gemini-flash-latest", ThinkingConfig.level(ThinkingLevel.MINIMAL));
			rules.check("gemini-3.9-flash", ThinkingConfig.level(ThinkingLevel.MINIMAL));
			rules.check(FLASH_25, ThinkingConfig.thoughts());
			rules.check("gemini-4-flash", ThinkingConfig.level(ThinkingLevel.LOW));
			rules.check("gemini-4-flash", ThinkingConfig.budget(512));
		});
		assertThat(output).doesNotContain("thinking");
	}

	@Test
	void whenOnMismatchIsWarnThenMismatchIsLoggedAndPasses(CapturedOutput output) {
		rules(null, null, null, OnMismatch.WARN).check(FLASH_25, ThinkingConfig.level(ThinkingLevel.LOW));
		assertThat(output).containsOnlyOnce("'thinkingLevel' does not fit the model 'gemini-2.5-flash'")
			.contains("It is sent anyway")
			.doesNotContain("on-mismatch");
	}

	@Test
	void whenOnMismatchIsIgnoreThenMismatchPassesSilently(CapturedOutput output) {
		rules(null, null, null, OnMismatch.IGNORE).check(FLASH_25, ThinkingConfig.level(ThinkingLevel.LOW));
		assertThat(output).doesNotContain("thinkingLevel");
	}

	private static ThinkingRules rules(ThinkingLevel level, Integer budget, Boolean includeThoughts,
			OnMismatch onMismatch) {
		Map<String, ThinkingControl> families = Map.of("acme-thinker", ThinkingControl.LEVEL, "acme-thinker-mini",
				ThinkingControl.BUDGET, "gemini-3-flash-all", ThinkingControl.NONE, "gemini-2.5-flash-image-acme",
				ThinkingControl.LEVEL);
		return new ThinkingRules(new ThinkingDefaults(level, budget, includeThoughts, onMismatch, families));
	}

}
