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

package com.cometapi.gemini.client;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ModalityTokenCount;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.api.UsageMetadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each class which lists the members of a response lists all of them.
 */
class ResponseMembersTests {

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	@ParameterizedTest
	@MethodSource("responseMembers")
	void memberIsKeptByTheAccumulator(RecordComponent member) {
		GenerateContentResponse event = read(sample(member));
		ResponseAccumulator events = new ResponseAccumulator();
		events.add(read("{}"));
		events.add(event);
		assertThat(value(member, events.toResponse())).isEqualTo(value(member, event));
	}

	@ParameterizedTest
	@MethodSource("responseMembers")
	void eventWithTheMemberAloneIsNotAHeartbeat(RecordComponent member) {
		GenerateContentResponse event = read(sample(member));
		assertThat(EventClassifier.hasContent(event) || EventClassifier.hasMetadata(event)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("responseMembers")
	void messageBesideTheMemberIsNotAnError(RecordComponent member) {
		String json = sample(member).replaceFirst("}$", ", \"message\": \"all right\"}");
		assertThat(ErrorBodyReader.errorOf(MAPPER.readTree(json))).isNull();
	}

	@ParameterizedTest
	@MethodSource("deserializedMembers")
	void memberIsReadByTheDeserializer(String name, String json,
			Function<GenerateContentResponse, Map<String, Object>> additional) {
		assertThat(additional.apply(read(json.formatted("\"%s\": null".formatted(name))))).doesNotContainKey(name);
	}

	private static List<RecordComponent> responseMembers() {
		return members(GenerateContentResponse.class).toList();
	}

	private static Stream<Arguments> deserializedMembers() {
		String candidate = "{\"candidates\": [{%s}]}";
		String content = candidate.formatted("\"content\": {%s}");
		String usage = "{\"usageMetadata\": {%s}}";
		return Stream.of(arguments(GenerateContentResponse.class, "{%s}", GenerateContentResponse::additional),
				arguments(Candidate.class, candidate, (response) -> response.candidates().get(0).additional()),
				arguments(Content.class, content, (response) -> response.candidates().get(0).content().additional()),
				arguments(Part.class, content.formatted("\"parts\": [{%s}]"),
						(response) -> response.parts().get(0).additional()),
				arguments(UsageMetadata.class, usage, (response) -> response.usageMetadata().additional()),
				arguments(ModalityTokenCount.class, usage.formatted("\"promptTokensDetails\": [{%s}]"),
						(response) -> response.usageMetadata().promptTokensDetails().get(0).additional()))
			.flatMap(Function.identity());
	}

	private static Stream<Arguments> arguments(Class<?> type, String json,
			Function<GenerateContentResponse, Map<String, Object>> additional) {
		return members(type).map((member) -> Arguments.of(member.getName(), json, additional));
	}

	private static Stream<RecordComponent> members(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.filter((member) -> !List.of("additional", "origin").contains(member.getName()));
	}

	private static String sample(RecordComponent member) {
		String value = "{\"unknown\": 1}";
		if (member.getType() == List.class) {
			value = "[{\"index\": 0}]";
		}
		else if (member.getType() == String.class) {
			value = "\"text\"";
		}
		return "{\"%s\": %s}".formatted(member.getName(), value);
	}

	private static Object value(RecordComponent member, GenerateContentResponse response) {
		return ReflectionUtils.invokeMethod(member.getAccessor(), response);
	}

	private static GenerateContentResponse read(String json) {
		return MAPPER.readValue(json, GenerateContentResponse.class);
	}

}
