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

package com.cometapi.gemini;

import java.util.List;

import com.cometapi.gemini.error.GeminiResponseMismatchException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a typed response with too many values does not exhaust the memory.
 */
@Tag("slow")
class TypedAnswerMemoryTests extends AbstractRoundsTests {

	@ParameterizedTest
	@ValueSource(strings = { "[],", "1," })
	void tooManyValuesAreRefused(String value) {
		String text = "{\"items\":[" + value.repeat(1_000_001) + "1]}";
		this.server.answerText(text).answerTextEvents(text);
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").entity(Items.class))
			.satisfies((ex) -> assertThat(ex.getReason()).startsWith("it has more than 1000000 values"));
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").streamEntity(Items.class).blockLast())
			.satisfies((ex) -> assertThat(ex.getReason()).startsWith("it has more than 1000000 values"));
	}

	@Test
	void errorWhileReadingIsReported() {
		this.server.answerText("{\"items\":[\"a\"]}");
		assertThatExceptionOfType(GeminiResponseMismatchException.class)
			.isThrownBy(() -> this.gemini.prompt("Go").entityAsync(Failing.class).block())
			.withCauseInstanceOf(StackOverflowError.class);
	}

	record Items(List<Object[]> items) {

	}

	record Failing(List<String> items) {

		Failing {
			if (items != null && !items.isEmpty()) {
				throw new StackOverflowError();
			}
		}

	}

}
