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

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every recorded message is written as it was read.
 */
class WireRoundTripTests {

	@ParameterizedTest
	@MethodSource("requests")
	void requestIsWrittenUnchanged(String name) {
		assertWrittenUnchanged(Wire.text(name), GenerateContentRequest.class);
	}

	@ParameterizedTest
	@MethodSource("responses")
	void responseIsWrittenUnchanged(String name) {
		assertWrittenUnchanged(Wire.text(name), GenerateContentResponse.class);
	}

	@ParameterizedTest(name = "{0} [{1}]")
	@MethodSource("events")
	void eventIsWrittenUnchanged(String name, int number, String json) {
		assertWrittenUnchanged(json, GenerateContentResponse.class);
	}

	private <T> void assertWrittenUnchanged(String json, Class<T> type) {
		T message = Wire.read(json, type);

		assertThat(Wire.meaning(Wire.tree(Wire.write(message)))).isEqualTo(Wire.meaning(Wire.tree(json)));
		assertThat(Wire.read(Wire.write(message), type)).isEqualTo(message).hasSameHashCodeAs(message);
	}

	static Stream<String> requests() {
		return Wire.names(".request.json");
	}

	static Stream<String> responses() {
		// Files with this prefix are lists of models and balances.
		return Wire.names(".response.json").filter((name) -> !name.startsWith("cometapi-"));
	}

	static Stream<Arguments> events() {
		return Wire.names(".sse").flatMap((name) -> {
			var events = Wire.eventTexts(name);
			return Stream.iterate(0, (index) -> index < events.size(), (index) -> index + 1)
				.map((index) -> Arguments.of(name, index, events.get(index)));
		});
	}

}
