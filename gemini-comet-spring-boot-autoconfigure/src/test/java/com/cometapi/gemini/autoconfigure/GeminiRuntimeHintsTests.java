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

package com.cometapi.gemini.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiRuntimeHints}.
 */
class GeminiRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	GeminiRuntimeHintsTests() {
		new GeminiRuntimeHints().registerHints(this.hints, getClass().getClassLoader());
	}

	@Test
	void everyMessageHasHints() {
		Set<String> messages = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("com.cometapi.gemini.api")
			.stream()
			.filter(JavaClass::isRecord)
			// No mapper sees what is inside a medium.
			.filter((type) -> !type.isAssignableTo("com.cometapi.gemini.api.MediaContent"))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());

		assertThat(messages).hasSizeGreaterThan(80).filteredOn((name) -> !hasHints(name)).isEmpty();
	}

	@Test
	void everyTypeWithHintsExists() {
		assertThat(this.hints.reflection().typeHints()).extracting((hint) -> hint.getType().getName())
			.allMatch((name) -> ClassUtils.isPresent(name, getClass().getClassLoader()));
	}

	@Test
	void filterOfAbsentListsCanBeCreated() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of("com.cometapi.gemini.api.AbsentListFilter"))
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsCanBeStarted() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Thread.class.getMethod("ofVirtual")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of("java.lang.Thread$Builder$OfVirtual"))
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(this.hints);
	}

	private boolean hasHints(String name) {
		return RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of(name))
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
			.test(this.hints);
	}

}
