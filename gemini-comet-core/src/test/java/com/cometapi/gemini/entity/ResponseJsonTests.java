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

package com.cometapi.gemini.entity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ResponseJson}.
 */
class ResponseJsonTests {

	private static final ObjectReader reader = JsonMapper.builder()
		.build()
		.reader()
		.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": 1}", "\uFEFF{\"a\": 1}", " \r\n\t{\"a\": 1}\n", "\n\uFEFF\n{\"a\": 1}",
			"```json\n{\"a\": 1}\n```", "```\r\n{\"a\": 1}\r\n```\r\n", "```json {\"a\": 1} ```", "```{\"a\": 1}```",
			"```JSON5 \n{\"a\": 1}```", "\uFEFF```json\n{\"a\": 1}```", "```json\n{\"a\":\n1}\n```",
			"Here is the JSON: {\"a\": 1}", "Sure!\n\n{\"a\": 1}\n\nI hope that helps (it's valid).",
			"Here you are:\n```json\n{\"a\": 1}\n```\nI hope that helps.", "`{\"a\": 1}`", "JSON:{\"a\": 1}.",
			"```\nThe value is {\"a\": 1}\n```" })
	void jsonIsFound(String text) {
		assertThat(ResponseJson.read(text, reader, "").toString()).isEqualTo("{\"a\":1}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "The list: [{\"a\": [1, {}]}, 2] as asked|[{\"a\":[1,{}]},2]", "```json [1, 2] ```|[1,2]",
					"```\\n42\\n```|42", "Here:\\n```json\\n\"text\"\\n```|\"text\"", "```{}```|{}",
					"It is {\"a\": \"}{``` [\", \"b\": {\"c\": []}}!|{\"a\":\"}{``` [\",\"b\":{\"c\":[]}}",
					"```json\\n{\"a\": \"```\"}\\n```|{\"a\":\"```\"}" })
	void valuesOfOtherKindsAreFoundIfUnambiguous(String text, String json) {
		assertThat(ResponseJson.read(text.replace("\\n", "\n"), reader, "").toString()).isEqualTo(json);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sorry, I cannot", "The answer is 42", "It is \"SAD\"", "See note [1]", "[1] A note",
			"An empty set {} has no elements", "{\"a\": 1} {\"a\": 2}", "Either {\"a\": 1} or {\"a\": 2}",
			"{\"a\": 1} [1]", "As in [1]: {\"a\": 1}", "{\"a\": 1}}", "Here is {\"a\": 1", "Here is {\"a\": tru}",
			"Use {name}: {\"a\": 1}", "```json\n{\"a\": 1}\n```\n```json\n{\"a\": 2}\n```",
			"Instead of {\"a\": 2}:\n```json\n[1]\n```", "```json\n{\"a\": 1", "``````", "```json```", "``` ```",
			"```json\n```", "[{\"a\": 1}, and more" })
	void ambiguousOrMissingJsonIsRefused(String text) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ResponseJson.read(text, reader, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1][2] {\"a\": 1}", "{\"a\": 1}\n\nSources: [1] [2, 3]",
			"[1]\n```json\n{\"a\": 1}\n```\nSources: [1]", "As in [1]: {\"a\": 1}",
			"{\"a\": 1} [the map](https://example.com/)", "[cite: 4] Here: {\"a\": 1}[1]." })
	void requestedObjectIsFoundAmongCitations(String text) {
		assertThat(ResponseJson.read(text, reader, "object").toString()).isEqualTo("{\"a\":1}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1] {\"a\": 1} {\"a\": 2}", "[1, {\"a\": 1}", "{\"a\": 1}} [1]", "{n} [1] {\"a\": 1}",
			"[[1]: {\"a\": 1}", "[1] none", "[1] {}" })
	void ambiguousJsonAmongCitationsIsRefused(String text) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ResponseJson.read(text, reader, "object"));
	}

	@Test
	void requestedArrayIsFoundAmongCitations() {
		assertThat(ResponseJson.read("[1] [ {\"a\": 1}]\nSources: [1]", reader, "array").toString())
			.isEqualTo("[{\"a\":1}]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HAPPY", "It is warm in Rome [1].", "42", "true", "2026-11-22", "She said \"no\"." })
	void requestedTextNeedsNoQuotes(String text) {
		assertThat(ResponseJson.read(" " + text + "\n", reader, "string")).isEqualTo(StringNode.valueOf(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"cut", "{\"a\": ", "[1", "```json\n{\"a\": 1" })
	void textThatBeginsLikeJsonNeedsQuotes(String text) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ResponseJson.read(text, reader, "string"));
	}

	@Test
	void longTextsAreRead() {
		String text = "{[`".repeat(1_000_000) + "```".repeat(1_000_000);
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ResponseJson.read(text, reader, ""));
		assertThat(
				ResponseJson.read("It is {\"a\": \"" + "x".repeat(3_000_000) + "\"}", reader, "").get("a").asString())
			.hasSize(3_000_000);
	}

}
