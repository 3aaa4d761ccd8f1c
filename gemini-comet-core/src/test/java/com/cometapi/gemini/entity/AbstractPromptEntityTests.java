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

package com.cometapi.gemini.entity;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.schema.ConstraintChecker;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.fasterxml.jackson.annotation.JsonTypeName;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import tools.jackson.databind.json.JsonMapper;

/**
 * Base class of tests for typed responses, with a server and types.
 */
abstract class AbstractPromptEntityTests {

	static final String EARTH = "{\"name\": \"Earth\", \"moonCount\": 1, \"found\": \"2026-11-22\"}";

	@AutoClose
	final GeminiServer server = new GeminiServer();

	final GeminiTemplate gemini = this.server.template();

	GeminiTemplate validating(int repairs) {
		GeminiEntityValidator validator = new ConstraintChecker(
				Validation.buildDefaultValidatorFactory().getValidator())::check;
		return this.gemini.withEntities(new GeminiEntitySettings(JsonMapper.builder().build(), repairs, validator));
	}

	record Planet(String name, @Positive int moonCount, @Nullable LocalDate found) {

	}

	record Planets(List<Planet> planets, Optional<String> note, Map<String, Integer> counts) {

	}

	enum Mood {

		HAPPY, SAD

	}

	sealed interface Shape {

		record Circle(double radius) implements Shape {

		}

		@JsonTypeName("box")
		record Square(double side, @Nullable String label) implements Shape {

		}

	}

}
