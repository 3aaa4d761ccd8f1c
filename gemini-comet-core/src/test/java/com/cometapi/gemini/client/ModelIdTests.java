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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ModelIdTests {

	@ParameterizedTest
	@CsvSource({ "gemini-3.5-flash, gemini-3.5-flash", "models/gemini-3.5-flash, gemini-3.5-flash",
			"/v1beta/models/gemini-3.8-flash, gemini-3.8-flash", "v1beta/models/gemini-3.8-flash, gemini-3.8-flash",
			"models, models", "gemma_3@001, gemma_3@001", "v1/models/gemini-3.5-flash, gemini-3.5-flash",
			"/v1alpha/models/gemini-3.5-flash, gemini-3.5-flash", "v1, v1" })
	void prefixIsRemoved(String model, String id) {
		assertThat(ModelId.normalize(model)).isEqualTo(id);
	}

	@ParameterizedTest
	@CsvSource({ "tunedModels/my-model, tunedModels/my-model", "v1beta/tunedModels/my-model, tunedModels/my-model",
			"publishers/google/models/gemini-3.5-flash, publishers/google/models/gemini-3.5-flash",
			"endpoints/123, endpoints/123",
			"projects/p-1/locations/europe-west4/endpoints/123, projects/p-1/locations/europe-west4/endpoints/123",
			"projects/p-1/locations/global/publishers/google/models/x, projects/p-1/locations/global/publishers/google/models/x" })
	void resourceNameIsKept(String model, String name) {
		assertThat(ModelId.normalize(model)).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "google/gemini-3.5-flash", "models/models/x", "/gemini", "gemini:generateContent",
			"gemini?key=x", "gemini#1", "gemini%2F", "gemini 2.5", "gemini-3.5-flash\n", " gemini", "gemini\u00a0x",
			"gemini\u0000", "gemini\u0085x", "gemini\u2028x", "models/", "../gemini", "tunedModels/", "tunedModels/..",
			"tunedModels/a/b", "publishers/google/gemini", "publishers/../models/x", "projects/p/endpoints/1",
			"v1beta/gemini/x", ".", ".." })
	void idThatWouldChangeThePathIsRefused(String model) {
		assertThatIllegalArgumentException().isThrownBy(() -> ModelId.normalize(model))
			.withMessageStartingWith("'model' must be the id of a model, such as 'gemini-3.5-flash'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t" })
	void emptyIdIsRefused(String model) {
		assertThatIllegalArgumentException().isThrownBy(() -> ModelId.normalize(model))
			.withMessage("'model' must not be empty");
	}

}
