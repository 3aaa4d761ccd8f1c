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

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MediaData}.
 */
class MediaDataTests {

	@Test
	void bytesComeBack() {
		byte[] bytes = new byte[1000];
		new Random(42).nextBytes(bytes);

		assertThat(MediaData.of(bytes).asBytes()).isEqualTo(bytes);
		assertThat(Blob.of("image/png", bytes).asBytes()).isEqualTo(bytes);
	}

	@ParameterizedTest
	@CsvSource({ "+/8=", "-_8=", "+_8", "+/8", "-_8" })
	void bothAlphabetsAreReadWithAndWithoutPadding(String base64) {
		assertThat(MediaData.ofBase64(base64).asBytes()).containsExactly(0xFB, 0xFF);
		assertThat(MediaData.ofBase64(base64).asBase64()).isEqualTo(base64);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>", "A", "AAAA=", "AA=A", "AAAA AAAA", "data:image/png;base64,AAAA", "ä" })
	void garbageIsNoMedium(String garbage) {
		assertThatIllegalStateException().isThrownBy(() -> MediaData.ofBase64(garbage).asBytes())
			.withMessageStartingWith("The medium is not valid base64");
	}

	@Test
	void textForPeopleDoesNotShowTheMedium() {
		Blob blob = Blob.of("image/png", MediaData.ofBase64("c2VjcmV0cGljdHVyZQ=="));

		assertThat(Part.inlineData(blob).toString()).contains("MediaData[20 characters of base64]")
			.doesNotContain("c2Vj");
	}

	@Test
	void sameTextIsTheSameMedium() {
		MediaData data = MediaData.of(new byte[] { 1, 2, 3 });

		assertThat(data).isEqualTo(MediaData.ofBase64("AQID")).hasSameHashCodeAs(MediaData.ofBase64("AQID"));
		assertThat(data).isNotEqualTo(MediaData.ofBase64("AQIE"));
	}

	@Test
	void mediumNeedsBytes() {
		assertThatIllegalArgumentException().isThrownBy(() -> MediaData.of(null))
			.withMessage("'bytes' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> Blob.of("", new byte[0]))
			.withMessage("'mimeType' must not be empty");
	}

}
