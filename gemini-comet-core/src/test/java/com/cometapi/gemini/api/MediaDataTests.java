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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link MediaData}.
 */
class MediaDataTests {

	@Test
	void bytesAreReturnedUnchanged() {
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
	void invalidBase64IsRefused(String garbage) {
		assertThatIllegalStateException().isThrownBy(() -> MediaData.ofBase64(garbage).asBytes())
			.withMessageStartingWith("The medium is not valid base64");
	}

	@Test
	void toStringDoesNotShowTheMedium() {
		Blob blob = Blob.of("image/png", MediaData.ofBase64("c2VjcmV0cGljdHVyZQ=="));

		assertThat(Part.inlineData(blob).toString()).contains("MediaData[20 characters of base64]")
			.doesNotContain("c2Vj");
	}

	@Test
	void equalBase64IsAnEqualMedium() {
		MediaData data = MediaData.of(new byte[] { 1, 2, 3 });

		assertThat(data).isEqualTo(MediaData.ofBase64("AQID")).hasSameHashCodeAs(MediaData.ofBase64("AQID"));
		assertThat(data).isNotEqualTo(MediaData.ofBase64("AQIE"));
	}

	@Test
	void bytesAndMimeTypeAreRequired() {
		assertThatIllegalArgumentException().isThrownBy(() -> MediaData.of(null))
			.withMessage("'bytes' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> Blob.of("", new byte[0]))
			.withMessage("'mimeType' must not be empty");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1000, 100_001 })
	void mediumOfBytesEqualsMediumOfBase64(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		MediaData data = MediaData.of(bytes);
		MediaData text = MediaData.ofBase64(Base64.getEncoder().encodeToString(bytes));

		assertThat(data).isEqualTo(text).hasSameHashCodeAs(text).hasToString(text.toString());
		assertThat(text).isEqualTo(data);
		assertThat(text.length()).isEqualTo(data.length()).isEqualTo(length);
	}

	@Test
	void bytesAreNotCopied() {
		byte[] bytes = { 1, 2, 3 };

		assertThat(MediaData.of(bytes).asBytes()).isSameAs(bytes);
	}

	@Test
	void everyKindOfMediumIsReadAsAStream() throws IOException {
		byte[] bytes = { 1, 2, 3, 4 };
		for (MediaData data : List.of(MediaData.of(bytes), MediaData.ofBase64("AQIDBA=="), MediaData.ofBase64("AQIDBA"),
				MediaData.of(4, () -> new ByteArrayInputStream(bytes)))) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			data.writeTo(out);

			assertThat(out.toByteArray()).isEqualTo(bytes);
			assertThat(data.openStream()).hasBinaryContent(bytes);
			assertThat(data.asBytes()).isEqualTo(bytes);
		}
	}

	@Test
	void sourceIsOpenedAndClosedForEachRead() {
		AtomicInteger opened = new AtomicInteger();
		AtomicInteger closed = new AtomicInteger();
		MediaData data = MediaData.of(3, () -> {
			opened.incrementAndGet();
			return new ByteArrayInputStream(new byte[] { 1, 2, 3 }) {

				@Override
				public void close() {
					closed.incrementAndGet();
				}

			};
		});

		assertThat(data.asBase64()).isEqualTo("AQID");
		assertThat(data.asBytes()).containsExactly(1, 2, 3);
		assertThat(opened).hasValue(2);
		assertThat(closed).hasValue(2);
		assertThat(data.isInMemory()).isFalse();
		assertThat(data).hasToString("MediaData[4 characters of base64]").isNotEqualTo(MediaData.ofBase64("AQID"));
	}

	@ParameterizedTest
	@CsvSource({ "0, more than the 0", "2, more than the 2", "4, ended after 3", "100, ended after 3" })
	void whenSourceHasAnotherLengthThenReadingFails(long length, String message) {
		MediaData data = MediaData.of(length, () -> new ByteArrayInputStream(new byte[] { 1, 2, 3 }));

		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(data::asBytes).withMessageContaining(message);
		assertThatIOException().isThrownBy(() -> data.writeTo(OutputStream.nullOutputStream()))
			.withMessageContaining(message);
	}

}
