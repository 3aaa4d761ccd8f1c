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

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.MediaResolution;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import com.cometapi.gemini.prompt.ThinkingDefaults.ThinkingControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ModelAdapterTests {

	private static final String FLASH_3 = "gemini-3.5-flash";

	private static final String FLASH_25 = "gemini-2.5-flash";

	private final ModelAdapter adapter = new ModelAdapter(ThinkingDefaults.NONE);

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			# from              level    budget  to                      level   budget
			gemini-3.5-flash,   MINIMAL, -,      gemini-2.5-flash,       -,      0
			gemini-3.5-flash,   MINIMAL, -,      gemini-2.5-pro,         -,      128
			gemini-3.5-flash,   LOW,     -,      gemini-2.5-flash,       -,      1024
			gemini-3.5-flash,   MEDIUM,  -,      gemini-2.5-flash,       -,      8192
			gemini-3.5-flash,   HIGH,    -,      gemini-2.5-pro,         -,      24576
			gemini-3.5-flash,   ultra,   -,      gemini-2.5-pro,         -,      -
			gemini-3.5-flash,   MINIMAL, -,      gemini-3.8-flash,       LOW,    -
			gemini-3.5-flash,   MEDIUM,  -,      gemini-3-pro-preview,   LOW,    -
			gemini-2.5-flash,   -,       0,      gemini-3.5-flash,       MINIMAL, -
			gemini-2.5-flash,   -,       0,      gemini-3.1-pro-preview, LOW,    -
			gemini-2.5-flash,   -,       100,    gemini-3.5-flash,       LOW,    -
			gemini-2.5-flash,   -,       6000,   gemini-3.5-flash,       MEDIUM, -
			gemini-2.5-flash,   -,       24576,  gemini-3.5-flash,       HIGH,   -
			gemini-2.5-flash,   -,       -1,     gemini-3.5-flash,       -,      -
			gemini-2.5-flash,   -,       0,      gemini-2.5-pro,         -,      128
			gemini-2.5-pro,     -,       30000,  gemini-2.5-flash,       -,      24576
			""")
	void thinkingBecomesTheNearestThatTheModelTakes(String from, String level, Integer budget, String to,
			String sentLevel, Integer sentBudget) {
		ThinkingConfig adapted = adapt(this.adapter, thinking(true, budget, level), from, to);
		assertThat(adapted).isEqualTo(thinking(true, sentBudget, sentLevel));
	}

	@ParameterizedTest
	@CsvSource({ "gpt-5", "gemini-2.0-flash", "gemini-2.5-flash-preview-tts", "gemini-3-flash-thinking" })
	void modelThatMayTakeNoThinkingSettingGetsNone(String to) {
		assertThat(adapt(this.adapter, ThinkingConfig.level(ThinkingLevel.LOW), FLASH_3, to)).isNull();
	}

	@Test
	void configuredDefaultsAreThoseOfTheOtherModel() {
		ModelAdapter configured = new ModelAdapter(
				new ThinkingDefaults(ThinkingLevel.LOW, 512, null, OnMismatch.FAIL, Map.of()));
		assertThat(adapt(configured, ThinkingConfig.level(ThinkingLevel.LOW), FLASH_3, FLASH_25))
			.isEqualTo(ThinkingConfig.budget(512));
		assertThat(adapt(configured, ThinkingConfig.budget(512), FLASH_25, FLASH_3))
			.isEqualTo(ThinkingConfig.level(ThinkingLevel.LOW));
	}

	@Test
	void sameModelGetsTheSameRequest() {
		GenerateContentRequest request = GenerateContentRequest.builder().contents(call("b2xk")).build();
		assertThat(this.adapter.adaptRequest(request, FLASH_3, FLASH_3)).isSameAs(request);
	}

	@Test
	void signaturesStayWithinAFamily() {
		ModelAdapter configured = new ModelAdapter(
				new ThinkingDefaults(null, null, null, OnMismatch.FAIL, Map.of("acme-thinker", ThinkingControl.LEVEL)));
		GenerateContentRequest request = GenerateContentRequest.builder().contents(call("b2xk")).build();
		assertThat(configured.adaptRequest(request, FLASH_3, "gemini-3.8-flash").contents())
			.containsExactly(call("b2xk"));
		assertThat(configured.adaptRequest(request, FLASH_3, "acme-thinker").contents()).containsExactly(call("b2xk"));
	}

	@Test
	void anotherFamilyGetsNoSignatures() {
		Content text = Content.model(Part.builder().text("Hi").thoughtSignature("b2xk").build(),
				Part.builder().text("").thoughtSignature("b2xk").build());
		GenerateContentRequest request = GenerateContentRequest.builder().contents(text, call("b2xk")).build();
		assertThat(this.adapter.adaptRequest(request, FLASH_3, FLASH_25).contents())
			.containsExactly(Content.model("Hi"), call(null));
		assertThat(this.adapter.adaptRequest(request, FLASH_3, "gpt-5").contents()).containsExactly(Content.model("Hi"),
				call(null));
	}

	@Test
	void modelThatRequiresSignaturesGetsTheOneForCallsOfOtherModelsOnTheFirstCallOfEachContent() {
		Content calls = Content.model(part(null), part(null));
		GenerateContentRequest request = GenerateContentRequest.builder().contents(calls, calls).build();
		Content expected = Content.model(part("skip_thought_signature_validator"), part(null));
		assertThat(this.adapter.adaptRequest(request, FLASH_25, FLASH_3).contents()).containsExactly(expected,
				expected);
	}

	@Test
	void settingsThatModelsMayRefuseAreNotSent() {
		Part image = Part.inlineData("image/png", new byte[] { 1 });
		GenerateContentRequest request = GenerateContentRequest.builder()
			.contents(Content.user(image.withMediaResolution(MediaResolution.MEDIA_RESOLUTION_HIGH)))
			.generationConfig(
					GenerationConfig.builder().temperature(0.2).presencePenalty(1.0).frequencyPenalty(1.0).build())
			.build();
		GenerateContentRequest adapted = this.adapter.adaptRequest(request, FLASH_3, FLASH_25);
		assertThat(adapted.generationConfig()).isEqualTo(GenerationConfig.builder().temperature(0.2).build());
		assertThat(adapted.contents()).containsExactly(Content.user(image));
		assertThat(this.adapter.adaptRequest(request, FLASH_25, FLASH_3).contents()).isEqualTo(request.contents());
	}

	private static ThinkingConfig adapt(ModelAdapter adapter, ThinkingConfig config, String from, String to) {
		GenerateContentRequest request = GenerateContentRequest.builder()
			.contents(Content.user("Hi"))
			.generationConfig(GenerationConfig.builder().thinkingConfig(config).build())
			.build();
		return adapter.adaptRequest(request, from, to).generationConfig().thinkingConfig();
	}

	private static ThinkingConfig thinking(Boolean thoughts, Integer budget, String level) {
		return new ThinkingConfig(thoughts, budget, (level != null) ? ThinkingLevel.of(level) : null, Map.of());
	}

	private static Content call(String signature) {
		return Content.model(part(signature));
	}

	private static Part part(String signature) {
		return Part.functionCall(FunctionCall.of("now", Map.of())).toBuilder().thoughtSignature(signature).build();
	}

}
