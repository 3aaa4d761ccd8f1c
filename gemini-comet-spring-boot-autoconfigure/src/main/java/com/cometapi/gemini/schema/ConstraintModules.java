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

package com.cometapi.gemini.schema;

import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import com.github.victools.jsonschema.module.swagger2.Swagger2Module;

import org.springframework.util.ClassUtils;

/**
 * The modules for annotations that may not be on the class path.
 */
final class ConstraintModules {

	private static final boolean VALIDATION = isPresent("jakarta.validation.Constraint");

	private static final boolean SWAGGER = isPresent("io.swagger.v3.oas.annotations.media.Schema");

	private ConstraintModules() {
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, ConstraintModules.class.getClassLoader());
	}

	// The first module that knows an answer gives it.
	static void addTo(SchemaGeneratorConfigBuilder builder) {
		if (SWAGGER) {
			Swagger.addTo(builder);
		}
		if (VALIDATION) {
			Validation.addTo(builder);
		}
	}

	private static final class Swagger {

		static void addTo(SchemaGeneratorConfigBuilder builder) {
			builder.with(new Swagger2Module());
		}

	}

	private static final class Validation {

		static void addTo(SchemaGeneratorConfigBuilder builder) {
			builder.with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
		}

	}

}
