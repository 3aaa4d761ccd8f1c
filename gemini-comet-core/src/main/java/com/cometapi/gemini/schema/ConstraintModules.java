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

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.stream.Collectors;

import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import com.github.victools.jsonschema.module.swagger2.Swagger2Module;
import jakarta.validation.constraints.AssertFalse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.PastOrPresent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.ClassUtils;

/**
 * Adds the modules for annotations of optional libraries.
 */
final class ConstraintModules {

	private static final boolean VALIDATION = isPresent("jakarta.validation.Constraint");

	private static final boolean SWAGGER = isPresent("io.swagger.v3.oas.annotations.media.Schema");

	private ConstraintModules() {
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, ConstraintModules.class.getClassLoader());
	}

	// The first module with a result wins.
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

		private static final Map<Class<? extends Annotation>, String> RULES = Map.of(Future.class, "in the future",
				FutureOrPresent.class, "in the future or now", Past.class, "in the past", PastOrPresent.class,
				"in the past or now", AssertTrue.class, "always true", AssertFalse.class, "always false");

		static void addTo(SchemaGeneratorConfigBuilder builder) {
			builder.with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
			builder.forFields().withInstanceAttributeOverride((node, field, context) -> describe(node, field));
			builder.forMethods().withInstanceAttributeOverride((node, method, context) -> describe(node, method));
		}

		// Constraints without a keyword in schemas.
		private static void describe(ObjectNode node, MemberScope<?, ?> member) {
			if (member.isFakeContainerItemScope()) {
				return;
			}
			String rule = RULES.entrySet()
				.stream()
				.filter((known) -> find(member, known.getKey()) != null)
				.map(Map.Entry::getValue)
				.collect(Collectors.joining("; "));
			Digits digits = find(member, Digits.class);
			if (digits != null) {
				rule += (rule.isEmpty() ? "" : "; ") + "at most %s digits before and %s after the decimal point"
					.formatted(digits.integer(), digits.fraction());
			}
			if (!rule.isEmpty()) {
				node.put(SchemaTranslator.RULE, rule);
			}
		}

		private static <A extends Annotation> @Nullable A find(MemberScope<?, ?> member, Class<A> type) {
			return member.getAnnotationConsideringFieldAndGetterIfSupported(type);
		}

	}

}
