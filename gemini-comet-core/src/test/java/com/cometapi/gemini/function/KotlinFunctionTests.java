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

package com.cometapi.gemini.function;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.FunctionCall;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of functions written in Kotlin, with the compiled {@code KotlinTrips.kt} among
 * the resources.
 */
class KotlinFunctionTests {

	private final GeminiFunctionRunner runner = runner();

	@Test
	void parameterWithADefaultValueIsOptional() {
		assertThat(this.runner.declarations().get(0).parameters().required()).containsExactly("city");
		assertThat(this.runner.declarations().get(0).parameters().properties()).containsOnlyKeys("city", "days", "note",
				"tags");
	}

	@Test
	void parametersLeftOutGetTheirDefaultValues() {
		assertThat(call(Map.of("city", "Rome"))).isEqualTo(Map.of("output", "Rome 3 none [new]"));
		assertThat(call(Map.of("city", "Rome", "days", 5, "note", "x", "tags", List.of("y"))))
			.isEqualTo(Map.of("output", "Rome 5 x [y]"));
	}

	@Test
	void nullForAParameterWithADefaultValueIsTheDefaultValue() {
		Map<String, Object> args = new HashMap<>(Map.of("city", "Rome"));
		args.put("days", null);
		assertThat(call(args)).isEqualTo(Map.of("output", "Rome 3 none [new]"));
	}

	@Test
	void parameterWithoutADefaultValueIsRequired() {
		assertThat(call(Map.of("days", 5))).hasEntrySatisfying("error",
				(error) -> assertThat(error.toString()).contains("city"));
	}

	private static GeminiFunctionRunner runner() {
		try {
			Object trips = ClassUtils.forName("com.cometapi.gemini.function.KotlinTrips", null)
				.getDeclaredConstructor()
				.newInstance();
			GeminiFunctions functions = GeminiFunctions.create(JsonMapper.builder().build());
			return functions.runner(functions.of(trips));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, Object> call(Map<String, Object> args) {
		return this.runner.run(List.of(FunctionCall.of("plan", args)))
			.block(Duration.ofSeconds(10))
			.get(0)
			.functionResponse()
			.response();
	}

}
