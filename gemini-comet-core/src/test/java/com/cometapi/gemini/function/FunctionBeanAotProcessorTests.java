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

import java.util.Optional;

import com.cometapi.gemini.function.annotation.GeminiFunction;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

class FunctionBeanAotProcessorTests {

	@Test
	void methodsOfBeansAndTheirTypesAreKnownToANativeImage() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean("shop", Shop.class);
		context.registerBean("other", Other.class);
		DefaultGenerationContext generationContext = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("com.example", "Test")), new InMemoryGeneratedFiles());

		new ApplicationContextAotGenerator().processAheadOfTime(context, generationContext);

		RuntimeHints hints = generationContext.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Shop.class, "buy")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Note.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Receipt.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(GeminiFunctionContext.class)).rejects(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Other.class, "work")).rejects(hints);
	}

	record Item(String name) {

	}

	record Order(Item item) {

	}

	record Note(String text) {

	}

	record Receipt(int sum) {

	}

	static class Shop {

		@GeminiFunction
		Receipt buy(Order order, Optional<Note> note, GeminiFunctionContext context) {
			return new Receipt(1);
		}

	}

	static class Other {

		void work() {
		}

	}

}
