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

package com.cometapi.gemini.mcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineReader}.
 */
class LineReaderTests {

	private static LineReader reader(String text, int maxLength) {
		return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), maxLength);
	}

	@Test
	void linesOfAnyLengthAreRead() throws IOException {
		String text = "é".repeat(10_000) + "\n\nshort\r\nlast";
		LineReader reader = reader(text, 100_000);
		List<String> lines = new ArrayList<>();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			lines.add(line);
		}

		assertThat(lines).containsExactly("é".repeat(10_000), "", "short\r", "last");
		assertThat(reader.isTruncated()).isFalse();
	}

	@Test
	void lineBeyondTheLimitIsTruncated() throws IOException {
		LineReader reader = reader("x".repeat(50_000) + "\nnext\n", 10_000);

		assertThat(reader.readLine()).isEqualTo("x".repeat(10_000));
		assertThat(reader.isTruncated()).isTrue();
		assertThat(reader.readLine()).isEqualTo("next");
		assertThat(reader.isTruncated()).isFalse();
		assertThat(reader.readLine()).isNull();
	}

}
