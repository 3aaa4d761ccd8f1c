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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.error.GeminiProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for messages that do not follow the documentation of the API.
 */
class WireToleranceTests {

	@ParameterizedTest
	@ValueSource(strings = { "{\"role\":\"model\",\"parts\":[]}", "{\"role\":\"model\"}", "{\"parts\":[]}", "{}" })
	void emptyListAndAbsentListAreDistinguished(String json) {
		Content content = Wire.read(json, Content.class);

		assertThat(content.parts()).isEmpty();
		assertThat(Wire.write(content)).isEqualTo(json);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":\"f\"}", "{\"name\":\"f\",\"args\":{}}",
			"{\"name\":\"f\",\"args\":{\"a\":null}}", "{\"name\":\"f\",\"args\":{\"a\":{\"b\":[null,{}]}}}",
			"{\"name\":\"f\",\"args\":{\"z\":1,\"y\":2,\"a\":3}}" })
	void argumentsAreWrittenUnchanged(String json) {
		assertThat(Wire.write(Wire.read(json, FunctionCall.class))).isEqualTo(json);
	}

	@Test
	void numbersOfArgumentsKeepTheirDigits() {
		FunctionCall call = Wire.read("""
				{"args": {"int": 1, "long": 9007199254740993, "huge": 123456789012345678901234567890,
				 "half": 0.5, "tenth": 0.1, "one": 1.0, "exact": 0.12345678901234567890123456789, "wide": 1e400,
				 "small": 1e-400, "max": 1.7976931348623157e308}}
				""", FunctionCall.class);

		assertThat(call.args()).containsEntry("int", 1)
			.containsEntry("long", 9007199254740993L)
			.containsEntry("huge", new BigInteger("123456789012345678901234567890"))
			.containsEntry("half", 0.5)
			.containsEntry("tenth", 0.1)
			.containsEntry("one", 1.0)
			.containsEntry("exact", new BigDecimal("0.12345678901234567890123456789"))
			.containsEntry("wide", new BigDecimal("1e400"))
			.containsEntry("small", new BigDecimal("1e-400"))
			.containsEntry("max", Double.MAX_VALUE);
		assertThat(Wire.read(Wire.write(call), FunctionCall.class)).isEqualTo(call);
	}

	@Test
	void nestedArgumentsCannotBeChanged() {
		FunctionCall call = Wire.read("{\"args\":{\"list\":[1],\"map\":{\"a\":1}}}", FunctionCall.class);

		assertThat(call.args()).isUnmodifiable();
		assertThat((List<?>) call.args().get("list")).isUnmodifiable();
		assertThat((Map<?, ?>) call.args().get("map")).isUnmodifiable();
	}

	@Test
	void nullElementsAreLeftOut() {
		GenerateContentResponse response = Wire.read(
				"{\"candidates\":[null,{\"content\":{\"parts\":[{\"text\":\"a\"},null,{\"text\":\"b\"}]}},null]}",
				GenerateContentResponse.class);

		assertThat(response.candidates()).hasSize(1);
		assertThat(response.text()).isEqualTo("ab");
	}

	@Test
	void nullAmongSourcesDoesNotShiftTheirIndexes() {
		GroundingMetadata metadata = Wire.read("""
				{"groundingChunks": [null, {"web": {"uri": "https://a.example", "title": "A"}}],
				 "groundingSupports": [{"groundingChunkIndices": [1]}]}
				""", GroundingMetadata.class);

		assertThat(metadata.groundingSupports().get(0).sources(metadata))
			.containsExactly(new Source("https://a.example", "A"));
	}

	@Test
	void scalarsOfAnotherTypeAreConverted() {
		GenerateContentResponse response = Wire.read("""
				{"candidates": [{"index": 0.0, "tokenCount": "12", "avgLogprobs": "NaN",
				 "content": {"parts": [{"text": 5, "thought": "false"}, {"text": "x", "thought": "true"}]},
				 "safetyRatings": [{"blocked": "true", "probability": 1, "probabilityScore": "0.5"}],
				 "groundingMetadata": {"groundingSupports": [{"segment": {"endIndex": 3.0}}]}}],
				 "usageMetadata": {"promptTokenCount": "7", "totalTokenCount": 7.0, "candidatesTokenCount": ""},
				 "responseId": 17}
				""", GenerateContentResponse.class);
		Candidate candidate = response.candidate();

		assertThat(candidate.index()).isZero();
		assertThat(candidate.tokenCount()).isEqualTo(12);
		assertThat(candidate.avgLogprobs()).isNaN();
		assertThat(response.text()).isEqualTo("5");
		assertThat(response.thoughts()).isEqualTo("x");
		assertThat(candidate.safetyRatings().get(0).blocked()).isTrue();
		assertThat(candidate.safetyRatings().get(0).probability()).isEqualTo(new HarmProbability("1"));
		assertThat(candidate.safetyRatings().get(0).probabilityScore()).isEqualTo(0.5);
		assertThat(response.usageMetadata().promptTokenCount()).isEqualTo(7);
		assertThat(response.usageMetadata().totalTokenCount()).isEqualTo(7);
		assertThat(response.usageMetadata().candidatesTokenCount()).isNull();
		assertThat(response.responseId()).isEqualTo("17");
	}

	@Test
	void nanAndInfinityAreRead() {
		Candidate candidate = Wire.read("{\"avgLogprobs\":NaN,\"someFutureNumber\":-Infinity}", Candidate.class);

		assertThat(candidate.avgLogprobs()).isNaN();
		assertThat(candidate.additional()).containsEntry("someFutureNumber", Double.NEGATIVE_INFINITY);
	}

	@Test
	void invalidBase64FailsOnlyWhenItsBytesAreRead() {
		String json = "{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"<no base64>\"}}]}";
		Content content = Wire.read(json, Content.class);

		assertThat(Wire.write(content)).isEqualTo(json);
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(() -> content.inlineData().get(0).asBytes())
			.withMessageContaining("not valid base64");
	}

	@Test
	void snakeCaseMemberOfARequestIsKept() {
		GenerateContentRequest request = Wire.read(Wire.text("google-search.request.json"),
				GenerateContentRequest.class);

		assertThat(request.tools().get(0).additional()).containsEntry("google_search", Map.of());
		assertThat(request.tools().get(0).googleSearch()).isNull();
	}

	@Test
	void byteOrderMarkIsSkipped() {
		assertThat(Wire.read("\uFEFF{\"responseId\":\"r\"}", GenerateContentResponse.class).responseId())
			.isEqualTo("r");
	}

	@Test
	void lastOfTwoMembersWithTheSameNameIsUsed() {
		GenerateContentResponse response = Wire.read(
				"{\"responseId\":\"a\",\"responseId\":\"b\",\"usageMetadata\":{\"totalTokenCount\":1}}",
				GenerateContentResponse.class);

		assertThat(response.responseId()).isEqualTo("b");
		assertThat(response.usageMetadata().totalTokenCount()).isEqualTo(1);
	}

	@Test
	void mediumLargerThanTheLimitOfJacksonIsRead() {
		byte[] head = "{\"mimeType\":\"image/png\",\"data\":\"".getBytes(StandardCharsets.US_ASCII);
		byte[] json = new byte[head.length + 100_000_004 + 2];
		Arrays.fill(json, (byte) 'A');
		System.arraycopy(head, 0, json, 0, head.length);
		json[json.length - 2] = '"';
		json[json.length - 1] = '}';

		assertThat(Wire.MAPPER.readValue(json, Blob.class).data().asBase64()).hasSize(100_000_004);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "[]", "\"text\"", "17", "{} {}", "{}x", "{\"candidates\":", "{\"candidates\":{}}",
			"{\"candidates\":[\"text\"]}", "{\"candidates\":[{\"content\":{\"parts\":{\"text\":\"a\"}}}]}",
			"<html></html>", "{\"candidates\":[{\"content\":{\"parts\":[\"a\"]}}]}" })
	void jsonThatIsNotAResponseIsRefused(String json) {
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> Wire.read(json, GenerateContentResponse.class));
	}

}
