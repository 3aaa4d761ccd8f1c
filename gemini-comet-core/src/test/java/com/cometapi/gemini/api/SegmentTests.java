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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Segment}, whose offsets count bytes of UTF-8.
 */
class SegmentTests {

	// One, two, three and four bytes, the last in two chars.
	private static final String TEXT = "aä€😀b";

	@ParameterizedTest
	@CsvSource({ "0,1,a", "1,3,ä", "3,6,€", "6,10,😀", "10,11,b", "0,11,aä€😀b", "1,10,ä€😀", "3,3,''" })
	void offsetsCountBytes(int start, int end, String piece) {
		Segment segment = Segment.of(start, end, piece);

		assertThat(segment.textIn(TEXT)).isEqualTo(piece);
		assertThat(TEXT.substring(segment.startIn(TEXT), segment.endIn(TEXT))).isEqualTo(piece);
	}

	@ParameterizedTest
	@CsvSource({ "0,99,aä€😀b", "-5,1,a", "11,12,''", "50,60,''", "6,3,''", "-9,-1,''", "0,2147483647,aä€😀b" })
	void offsetsOutsideTheTextAreLimitedToIt(int start, int end, String piece) {
		assertThat(Segment.of(start, end, piece).textIn(TEXT)).isEqualTo(piece);
	}

	@Test
	void characterIsNeverSplit() {
		for (int start = 0; start <= 11; start++) {
			for (int end = start; end <= 11; end++) {
				String piece = Segment.of(start, end, "").textIn(TEXT);
				assertThat(new String(piece.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(piece);
				assertThat(TEXT).contains(piece);
			}
		}
	}

	@Test
	void absentStartIsZero() {
		assertThat(Wire.read("{\"endIndex\":3}", Segment.class).textIn(TEXT)).isEqualTo("aä");
		assertThat(Wire.read("{}", Segment.class).textIn(TEXT)).isEmpty();
		assertThat(Wire.read("{\"endIndex\":3}", Citation.class).textIn(TEXT)).isEqualTo("aä");
	}

	@ParameterizedTest
	@ValueSource(strings = { "google-search-grounding", "google-search-grounding-empty-chunk", "google-maps-grounding",
			"url-context-mixed", "vertex-google-maps-grounding" })
	void textOfARecordedSegmentIsFound(String name) {
		GenerateContentResponse response = Wire.response(name);

		assertThat(response.groundingMetadata().groundingSupports()).isNotEmpty().allSatisfy((support) -> {
			Segment segment = support.segment();
			int part = (segment.partIndex() != null) ? segment.partIndex() : 0;
			assertThat(segment.textIn(response.parts().get(part).text())).isEqualTo(segment.text());
		});
	}

	@Test
	void builtSupportRefersToItsSource() {
		GroundingMetadata metadata = GroundingMetadata.builder()
			.groundingChunks(GroundingChunk.web("https://a", "A"))
			.groundingSupports(GroundingSupport.of(Segment.of(0, 1, "a"), 0))
			.build();

		assertThat(metadata.groundingSupports().get(0).sources(metadata)).isEqualTo(metadata.sources());
		assertThat(metadata.additional()).isEqualTo(Map.of());
	}

}
