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

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the open enums.
 */
class OpenEnumTests {

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#openEnums")
	void unknownValueKeepsItsText(Class<?> type) {
		Object value = Wire.read("\"SOME_Future-value\"", type);

		assertThat(value).hasToString("SOME_Future-value");
		assertThat(Wire.write(value)).isEqualTo("\"SOME_Future-value\"");
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#openEnums")
	void numberIsKeptAsText(Class<?> type) {
		assertThat(Wire.read("17", type)).hasToString("17");
	}

	@ParameterizedTest
	@MethodSource("constants")
	void constantIsReadAndWritten(Field constant) throws ReflectiveOperationException {
		Object value = constant.get(null);

		assertThat(value.toString()).isEqualToIgnoringCase(constant.getName());
		assertThat(Wire.write(value)).isEqualTo("\"" + value + "\"");
		assertThat(Wire.read("\"" + value + "\"", constant.getType())).isEqualTo(value).hasSameHashCodeAs(value);
	}

	@ParameterizedTest
	@MethodSource("constants")
	void constantIsFoundByItsNameInAConfiguration(Field constant) throws ReflectiveOperationException {
		String name = constant.getName().toLowerCase(Locale.ROOT).replace('_', '-');

		assertThat(constant.getType().getMethod("of", String.class).invoke(null, name)).isEqualTo(constant.get(null));
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#openEnums")
	void valuesWithTheSameTextAreEqual(Class<?> type) throws ReflectiveOperationException {
		Constructor<?> constructor = type.getConstructor(String.class);

		assertThat(constructor.newInstance("X")).isEqualTo(constructor.newInstance("X"))
			.isNotEqualTo(constructor.newInstance("Y"));
	}

	@Test
	void prefixOfAConstantMayBeLeftOut() {
		assertThat(HarmCategory.of("hate-speech")).isEqualTo(HarmCategory.HARM_CATEGORY_HATE_SPEECH);
		assertThat(MediaResolution.of("ULTRA_HIGH")).isEqualTo(MediaResolution.MEDIA_RESOLUTION_ULTRA_HIGH);
		assertThat(ComputerUseEnvironment.of(" browser ")).isEqualTo(ComputerUseEnvironment.ENVIRONMENT_BROWSER);
		assertThat(ServiceTier.of("FLEX")).hasToString("flex");
		assertThatIllegalArgumentException().isThrownBy(() -> ThinkingLevel.of(" "))
			.withMessage("'name' must not be empty");
	}

	@Test
	void valueMayBeTheKeyOfAMap() {
		Map<HarmCategory, HarmBlockThreshold> settings = Map.of(HarmCategory.HARM_CATEGORY_HARASSMENT,
				HarmBlockThreshold.OFF);
		String json = "{\"HARM_CATEGORY_HARASSMENT\":\"OFF\"}";

		assertThat(Wire.write(settings)).isEqualTo(json);
		assertThat(Wire.MAPPER.readValue(json, new TypeReference<Map<HarmCategory, HarmBlockThreshold>>() {
		})).isEqualTo(settings);
	}

	@Test
	void listOfValuesIsReadAndWritten() {
		GenerationConfig config = Wire.read("{\"responseModalities\":[\"TEXT\",\"HOLOGRAM\"]}", GenerationConfig.class);

		assertThat(config.responseModalities()).isEqualTo(List.of(Modality.TEXT, new Modality("HOLOGRAM")));
		assertThat(Wire.write(config)).isEqualTo("{\"responseModalities\":[\"TEXT\",\"HOLOGRAM\"]}");
	}

	@ParameterizedTest
	@CsvSource({ "STOP, complete", "MAX_TOKENS, cutOff", "SAFETY, filtered", "RECITATION, filtered",
			"BLOCKLIST, filtered", "PROHIBITED_CONTENT, filtered", "SPII, filtered", "LANGUAGE, filtered",
			"IMAGE_SAFETY, filtered", "IMAGE_PROHIBITED_CONTENT, filtered", "IMAGE_RECITATION, filtered",
			"MODEL_ARMOR, filtered", "ESCALATION, filtered", "MALFORMED_FUNCTION_CALL, fault",
			"UNEXPECTED_TOOL_CALL, fault", "TOO_MANY_TOOL_CALLS, fault", "MISSING_THOUGHT_SIGNATURE, fault",
			"MALFORMED_RESPONSE, fault", "NO_IMAGE, fault", "IMAGE_OTHER, fault", "OTHER, fault",
			"FINISH_REASON_UNSPECIFIED, unspecified", "'', unspecified", "SOME_FUTURE_REASON, ''", "stop, ''" })
	void finishReasonBelongsToOneGroup(String text, String group) {
		FinishReason reason = new FinishReason(text);

		assertThat(reason.isComplete()).isEqualTo(group.equals("complete"));
		assertThat(reason.isCutOff()).isEqualTo(group.equals("cutOff"));
		assertThat(reason.isFiltered()).isEqualTo(group.equals("filtered"));
		assertThat(reason.isFault()).isEqualTo(group.equals("fault"));
		assertThat(reason.isUnspecified()).isEqualTo(group.equals("unspecified"));
	}

	@Test
	void everyFinishReasonBelongsToAGroup() {
		assertThat(constants().filter((constant) -> constant.getType() == FinishReason.class)).hasSize(22)
			.allSatisfy((constant) -> {
				FinishReason reason = (FinishReason) constant.get(null);
				assertThat(Stream
					.of(reason.isComplete(), reason.isCutOff(), reason.isFiltered(), reason.isFault(),
							reason.isUnspecified())
					.filter(Boolean::booleanValue)).hasSize(1);
			});
	}

	static Stream<Field> constants() {
		return Messages.openEnums()
			.flatMap((type) -> Arrays.stream(type.getFields()))
			.filter((field) -> Modifier.isStatic(field.getModifiers()));
	}

}
