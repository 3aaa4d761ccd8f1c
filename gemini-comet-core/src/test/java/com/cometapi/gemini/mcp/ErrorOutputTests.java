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
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.cometapi.gemini.error.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorOutput}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ErrorOutputTests {

	private final ErrorOutput output = new ErrorOutput("files", new Redactor(List.of("sesame-open")));

	private void drain(String text) {
		this.output.drain(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void linesAreLoggedWithoutSecretsAndControlCharacters(CapturedOutput log) {
		drain("Token sesame-open\n\u001B[31mred\rforged\n\nlast");

		assertThat(log).contains("[files] Token ***", "[files] [31mred forged", "[files] last")
			.doesNotContain("sesame");
		assertThat(this.output.describeLastLine()).isEqualTo(": last");
	}

	@Test
	void logIsLimited(CapturedOutput log) {
		drain("Noise\n".repeat(5000) + "x".repeat(1_000_000) + "\n");

		assertThat(log.toString().split("\\[files] ")).hasSizeLessThanOrEqualTo(101);
		assertThat(this.output.describeLastLine()).hasSizeLessThan(210);
	}

}
