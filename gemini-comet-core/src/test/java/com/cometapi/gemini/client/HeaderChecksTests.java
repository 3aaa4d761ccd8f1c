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

package com.cometapi.gemini.client;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the keys and headers that settings and options refuse.
 */
class HeaderChecksTests {

	@ParameterizedTest
	@ValueSource(strings = { "secret\n", "sec\r\nret", "secret\u0000", "sec ret", "sec\tret", "secret\u007f",
			"s\u00e9cret", "secret\u20ac" })
	void keyWithACharacterThatNoKeyHasIsRefused(String apiKey) {
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiCallOptions.builder().apiKey(apiKey))
			.withMessageMatching(
					"'apiKey' has an? .*at character \\d+, which is not allowed in a key \\(the key is not shown\\)")
			.withMessageNotContaining("sec");
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiClientSettings.builder(apiKey))
			.withMessageStartingWith("'apiKey' has ");
		assertThatIllegalArgumentException().isThrownBy(() -> new GeminiCallOptions(apiKey, Map.of(), null, null, null,
				null, null, GeminiCallPriority.INTERACTIVE, Map.of(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret\n", "sec\rret", "secret\r\nX-Other: 1", "\u0000secret", "secret\u001b",
			"secret\u007f", "secret\u20ac" })
	void headerValueThatIsForbiddenIsRefusedByTheName(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiCallOptions.builder().header("X-Tenant", value))
			.withMessageStartingWith("The value of the header 'X-Tenant' has a")
			.withMessageNotContaining("sec");
		assertThatIllegalArgumentException().isThrownBy(() -> new GeminiCallOptions(null, Map.of("X-Tenant", value),
				null, null, null, null, null, GeminiCallPriority.INTERACTIVE, Map.of(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Ten\nant", "X-Ten\r\nant", "X-Ten: secret", "X-Ten ant", "X-Ten\u00e9", "X-Ten\u0000",
			"X-Ten(1)", "X-Ten/1", "X-Ten\u20ac" })
	void headerNameThatIsForbiddenIsRefusedUpToTheFault(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiCallOptions.builder().header(name, "secret"))
			.withMessageStartingWith("The name of the header 'X-Ten…' has ")
			.withMessageContaining("at character 6")
			.withMessageNotContaining("secret");
	}

	@Test
	void headerWithoutANameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> GeminiCallOptions.builder().header("", "secret"))
			.withMessage("The name of a header must not be empty");
	}

	@Test
	void headersThatAreAllowedAreKept() {
		GeminiCallOptions options = GeminiCallOptions.builder()
			.apiKey("sk-~!=/+._-0")
			.header("X!#$%&'*+-.^_`|~9", "a b\tc \"\u00e9\u00ff\";q=1")
			.header("X-Empty", "")
			.build();
		assertThat(options.headers()).hasSize(2);
	}

}
