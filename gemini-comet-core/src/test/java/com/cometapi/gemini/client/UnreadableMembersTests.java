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

import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for unreadable members, which do not affect the rest of the response unless they
 * carry its content.
 */
class UnreadableMembersTests {

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private static final String CANDIDATE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP",%s}]}""";

	@ParameterizedTest
	@ValueSource(strings = { "\"groundingMetadata\":[]", "\"groundingMetadata\":\"none\"",
			"\"groundingMetadata\":{\"groundingChunks\":{\"web\":1},\"webSearchQueries\":[\"a\"]}",
			"\"groundingMetadata\":{\"webSearchQueries\":[[\"a\"],\"b\"],\"retrievalQueries\":[\"c\"]}",
			"\"groundingMetadata\":{\"groundingSupports\":[{\"segment\":\"s\",\"groundingChunkIndices\":[0]}]}",
			"\"safetyRatings\":{\"category\":\"C\"}", "\"safetyRatings\":[\"LOW\"]",
			"\"safetyRatings\":[{\"category\":\"C\",\"blocked\":\"perhaps\"}]", "\"citationMetadata\":[]",
			"\"citationMetadata\":{\"citationSources\":[{\"startIndex\":\"first\",\"uri\":\"u\"}]}",
			"\"logprobsResult\":[1.5]", "\"avgLogprobs\":\"low\"", "\"tokenCount\":\"many\"",
			"\"tokenCount\":3000000000", "\"index\":4294967296", "\"index\":{}", "\"urlContextMetadata\":3",
			"\"groundingAttributions\":\"x\"", "\"finishMessage\":[\"a\"]" })
	void memberBesideTheContentIsKeptUnchanged(String member) {
		String json = CANDIDATE.formatted(member);
		GenerateContentResponse called = ServedBody.of(json).call();
		GenerateContentResponse streamed = ServedBody.ofEvents(json).stream().get(0);
		assertThat(called.text()).isEqualTo("Hello");
		assertThat(streamed).isEqualTo(called);
		assertThat((JsonNode) MAPPER.valueToTree(called)).isEqualTo(MAPPER.readTree(json));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"usageMetadata\":[]",
			"\"usageMetadata\":{\"promptTokenCount\":\"many\",\"totalTokenCount\":3}",
			"\"usageMetadata\":{\"promptTokensDetails\":{\"TEXT\":1}}",
			"\"usageMetadata\":{\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":[]}]}",
			"\"usageMetadata\":{\"promptTokenCount\":3000000000,\"totalTokenCount\":99999999999999999999}",
			"\"usageMetadata\":{\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":-2147483649}]}",
			"\"promptFeedback\":\"fine\"", "\"modelVersion\":{\"name\":\"m\"}", "\"modelStatus\":[]" })
	void memberBesideTheCandidatesIsKeptUnchanged(String member) {
		String json = """
				{"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}],%s}""".formatted(member);
		GenerateContentResponse called = ServedBody.of(json).call();
		assertThat(called.text()).isEqualTo("Hello");
		assertThat((JsonNode) MAPPER.valueToTree(called)).isEqualTo(MAPPER.readTree(json));
		assertThat(ServedBody.ofEvents(json).stream()).containsExactly(called);
	}

	@Test
	void everythingElseIsRead() {
		GenerateContentResponse response = ServedBody.of("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP",
				 "groundingMetadata":{"webSearchQueries":["a"],"groundingSupports":5,
				  "groundingChunks":[{"web":{"uri":"u","title":["t"]}}]},"safetyRatings":"none"}],
				 "usageMetadata":{"promptTokenCount":"many","totalTokenCount":3}}""").call();
		Candidate candidate = response.candidates().get(0);
		assertThat(candidate.groundingMetadata().webSearchQueries()).containsExactly("a");
		assertThat(candidate.groundingMetadata().groundingChunks().get(0).web().uri()).isEqualTo("u");
		assertThat(candidate.groundingMetadata().additional()).containsOnly(Map.entry("groundingSupports", 5));
		assertThat(candidate.additional()).containsOnly(Map.entry("safetyRatings", "none"));
		assertThat(response.usageMetadata().totalTokenCount()).isEqualTo(3);
		assertThat(response.usageMetadata().additional()).containsOnly(Map.entry("promptTokenCount", "many"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			"{\\"city\\":\\"Berlin\\",\\"n\\":1.10}" | {"city":"Berlin","n":1.1}
			[]                                       | {}
			"{}"                                     | {}
			""")
	void argumentsMayBeJsonInAText(String args, String expected) {
		GenerateContentResponse response = ServedBody.of("""
				{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":%s},"thoughtSignature":"s"}]},
				 "finishReason":"STOP"}]}""".formatted(args)).call();
		assertThat((JsonNode) MAPPER.valueToTree(response.functionCalls().get(0).args()))
			.isEqualTo(MAPPER.readTree(expected));
		assertThat(response.candidates().get(0).parts().get(0).thoughtSignature()).isEqualTo("s");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			textBlock = """
					{"candidates":{"content":{}}}                                            | candidates
					{"candidates":[{"content":"Hello"}]}                                     | candidates[0].content
					{"candidates":[{"content":{"parts":"Hello"}}]}                           | candidates[0].content.parts
					{"candidates":[{"content":{"parts":[{"text":{"a":1}}]}}]}                | candidates[0].content.parts[0].text
					{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":"now"}}]}}]} | candidates[0].content.parts[0].functionCall.args
					{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":[1]}}]}}]} | candidates[0].content.parts[0].functionCall.args
					{"candidates":[{"content":{"parts":[{"inlineData":{"data":{}}}]}}]}      | candidates[0].content.parts[0].inlineData.data
					""")
	void unreadableContentIsAnErrorThatNamesThePosition(String json, String place) {
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> ServedBody.of(json).call())
			.withMessageContaining("at '" + place + "'");
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> ServedBody.ofEvents(json).stream())
			.withMessageContaining("event 1")
			.withMessageContaining("at '" + place + "'");
	}

	@Test
	void contentIsSentBackUnchanged() {
		String content = """
				{"role":"model","parts":[{"text":"a","videoMetadata":[],"thoughtSignature":{"v":1}},
				 {"functionCall":{"id":[7],"name":"f","args":{"n":1.10}}},
				 {"executableCode":{"language":["PYTHON"],"code":"x"}},{"inlineData":{"mimeType":[],"data":"AAAA"}}]}""";
		String json = "{\"candidates\":[{\"content\":%s,\"finishReason\":\"STOP\"}]}"
			.formatted(content.replace("\n", ""));
		ResponseAccumulator whole = new ResponseAccumulator();
		ServedBody.ofEvents("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]}}]}", json)
			.stream()
			.forEach(whole::add);
		JsonNode sent = MAPPER.valueToTree(ServedBody.of(json).call().content());
		assertThat(sent).isEqualTo(MAPPER.readTree(content));
		assertThat(MAPPER.valueToTree(whole.toResponse().content()).path("parts").toString())
			.endsWith(sent.path("parts").toString().substring(1));
	}

	@Test
	void largeResponseIsRead() {
		String json = """
				{"modelVersion":[],"candidates":[{"finishMessage":[],"content":{"role":"model","parts":[%s{"text":"b"}]},
				 "finishReason":"STOP","tokenCount":[],"safetyRatings":{},"avgLogprobs":{}}],"usageMetadata":[],
				 "createTime":[],"responseId":{}}"""
			.replace("\n", "")
			.formatted("{\"text\":\"a\",\"fileData\":[],\"videoMetadata\":[]},".repeat(30_000));
		GenerateContentResponse called = ServedBody.of(json).call();
		assertThat(called.text()).hasSize(30_001).endsWith("ab");
		assertThat((JsonNode) MAPPER.valueToTree(called)).isEqualTo(MAPPER.readTree(json));
		assertThat(ServedBody.ofEvents(json).stream()).containsExactly(called);
	}

	@Test
	void lastOfARepeatedMemberIsUsed() {
		GenerateContentResponse response = ServedBody.of("""
				{"candidates":[{"content":{"parts":[{"text":"Hello"}]}}],"modelVersion":[],"modelVersion":"m",
				 "responseId":"r","responseId":[1]}""").call();
		assertThat(response.modelVersion()).isEqualTo("m");
		assertThat(response.responseId()).isNull();
		assertThat(response.additional()).containsOnly(Map.entry("responseId", List.of(1)));
	}

	@Test
	void memberThatCanBeReadInOneEventIsWrittenOnce() {
		ResponseAccumulator whole = new ResponseAccumulator();
		ServedBody.ofEvents("""
				{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishMessage":"f","tokenCount":[],
				 "groundingMetadata":{"webSearchQueries":{}}}],"modelVersion":[],"responseId":[],
				 "usageMetadata":{"totalTokenCount":"many"},"new":1}""".replace("\n", ""), """
				{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP","finishMessage":[],
				 "groundingMetadata":{"webSearchQueries":["q"]}}],"modelVersion":"m",
				 "usageMetadata":{"totalTokenCount":3}}""".replace("\n", "")).stream().forEach(whole::add);
		assertThat(MAPPER.writeValueAsString(whole.toResponse())).isEqualTo("""
				{"candidates":[{"content":{"parts":[{"text":"ab"}]},"finishReason":"STOP","finishMessage":"f",
				"groundingMetadata":{"webSearchQueries":["q"]},"tokenCount":[]}],"usageMetadata":{"totalTokenCount":3},
				"modelVersion":"m","responseId":[],"new":1}""".replace("\n", ""));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void memberIsNamedInTheLogOnce(CapturedOutput output) {
		String json = CANDIDATE.formatted("\"groundingMetadata\":{\"retrievalMetadata\":\"sk-secret-0123456789\"}");
		assertThat(List.of(ServedBody.of(json).call(), ServedBody.of(json).call())).hasSize(2);
		assertThat(output)
			.containsOnlyOnce("Cannot read the member 'GroundingMetadata.retrievalMetadata' of a response")
			.doesNotContain("sk-secret-0123456789");
	}

}
