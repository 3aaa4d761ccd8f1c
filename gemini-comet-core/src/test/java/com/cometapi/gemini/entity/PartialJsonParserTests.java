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

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PartialJsonParser}.
 */
class PartialJsonParserTests {

	private static final ObjectReader reader = JsonMapper.builder()
		.build()
		.reader()
		.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": [1, 2.50, -3e2], \"b\": {\"c\": null, \"d\": true}, \"e\": \"\"}",
			"[[], {}, \"x\", [[1]], {\"a\": {}}]",
			"\"tab \\t quote \\\" slash \\\\ \\/ e \\u00e9 pair \\ud83d\\ude00\"",
			"  {\r\n\t\"a\" : \"\uD83D\uDE00\"\n}  " })
	void jsonMayBeSplitAtAnyCharacter(String json) {
		for (int cut = 0; cut <= json.length(); cut++) {
			PartialJsonParser partial = new PartialJsonParser();
			partial.feed(json.substring(0, cut));
			partial.snapshot();
			partial.feed(json.substring(cut));
			assertThat(partial.snapshot().toString()).isEqualTo(reader.readTree(json).toString());
			assertThat(partial.unfinished()).isNull();
		}
	}

	@Test
	void snapshotHasPartialTextsAndCompleteNumbers() {
		List<String> shown = new ArrayList<>();
		PartialJsonParser json = new PartialJsonParser();
		for (String piece : List.of("{\"te", "xt\": \"He", "l\\", "n\\u00", "e9\\ud83d", "\\ude00\", \"n\": 1", "2",
				", \"l\": [tr", "ue]}")) {
			json.feed(piece);
			shown.add(String.valueOf(json.snapshot()));
		}
		assertThat(shown).containsExactly("{}", "{\"text\":\"He\"}", "{\"text\":\"Hel\"}", "{\"text\":\"Hel\\n\"}",
				"{\"text\":\"Hel\\n\u00e9\"}", "{\"text\":\"Hel\\n\u00e9\uD83D\uDE00\"}",
				"{\"text\":\"Hel\\n\u00e9\uD83D\uDE00\"}", "{\"text\":\"Hel\\n\u00e9\uD83D\uDE00\",\"n\":12,\"l\":[]}",
				"{\"text\":\"Hel\\n\u00e9\uD83D\uDE00\",\"n\":12,\"l\":[true]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nothing here", "}}]]", "{\"a\" \"b\" \"c\"}", "[1 2 3", "{1: 2}", "{{", "\\u", "{]" })
	void malformedJsonIsTolerated(String text) {
		PartialJsonParser json = new PartialJsonParser();
		json.feed(text);
		json.snapshot();
		json.feed(text);
		json.snapshot();
	}

	@Test
	void unfinishedTextIsKnown() {
		PartialJsonParser json = new PartialJsonParser();
		json.feed("{\"name\": [\"whole\", \"ha");
		JsonNode snapshot = json.snapshot();
		assertThat(json.unfinished()).isSameAs(snapshot.at("/name/1")).isEqualTo(StringNode.valueOf("ha"));
		json.feed("lf\"");
		assertThat(json.snapshot()).hasToString("{\"name\":[\"whole\",\"half\"]}");
		assertThat(json.unfinished()).isNull();
	}

	@Test
	void textMayBeTheWholeValue() {
		PartialJsonParser json = new PartialJsonParser();
		json.feed(" \"ha");
		assertThat(json.snapshot()).isSameAs(json.unfinished()).isEqualTo(StringNode.valueOf("ha"));
		json.feed("lf\"");
		assertThat(json.snapshot()).isEqualTo(StringNode.valueOf("half"));
	}

	@Test
	void unfinishedNameIsNotInTheSnapshot() {
		PartialJsonParser json = new PartialJsonParser();
		json.feed("{\"a\": \"x\", \"na");
		assertThat(json.snapshot()).hasToString("{\"a\":\"x\"}");
		assertThat(json.unfinished()).isNull();
	}

	@Test
	void textAfterTheValueIsIgnored() {
		PartialJsonParser json = new PartialJsonParser();
		json.feed("{\"a\": 1 } {\"b\": 2}");
		assertThat(json.snapshot()).hasToString("{\"a\":1}");
	}

	@Test
	void nestingIsLimited() {
		PartialJsonParser json = new PartialJsonParser();
		json.feed("[".repeat(100_000));
		assertThat(json.snapshot()).isNotNull();
	}

}
