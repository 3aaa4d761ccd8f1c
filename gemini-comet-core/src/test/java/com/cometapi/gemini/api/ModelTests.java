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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Model}.
 */
class ModelTests {

	@ParameterizedTest
	@CsvSource({ "models/gemini-3.5-flash, gemini-3.5-flash", "gemini-3.5-flash, gemini-3.5-flash", "," })
	void idIsTheNameWithoutItsPrefix(@Nullable String name, @Nullable String id) {
		Model model = new Model(name, null, null, null, null, null, null, List.of(), null, null, null, null, null,
				Map.of());
		assertThat(model.id()).isEqualTo(id);
	}

}
