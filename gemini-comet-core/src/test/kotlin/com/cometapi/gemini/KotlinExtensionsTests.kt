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

package com.cometapi.gemini

import com.cometapi.gemini.chat.GeminiChat
import com.cometapi.gemini.chat.GeminiChats
import com.cometapi.gemini.prompt.PromptEntitySpec
import com.cometapi.gemini.prompt.PromptImageSpec
import com.cometapi.gemini.prompt.PromptSpec
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import org.reactivestreams.Publisher
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.readText
import kotlin.streams.asSequence

/**
 * Tests that every asynchronous method has an extension, and the format of the sources.
 */
class KotlinExtensionsTests {

	@ParameterizedTest
	@ValueSource(
		classes = [GeminiOperations::class, PromptSpec::class, PromptEntitySpec::class, PromptImageSpec::class,
			GeminiChat::class, GeminiChats::class]
	)
	fun everyAsynchronousMethodHasAnExtension(type: Class<*>) {
		val extensions = sources("src/main/kotlin").joinToString("\n") { it.readText() }
		val asynchronous = type.declaredMethods
			.filter { Publisher::class.java.isAssignableFrom(it.returnType) && !it.isSynthetic }
			.map { it.name }
			.distinct()
		assertThat(asynchronous).isNotEmpty().allSatisfy { assertThat(extensions).containsPattern("\\b$it\\(") }
	}

	@ParameterizedTest
	@ValueSource(strings = ["src/main/kotlin", "src/test/kotlin"])
	fun everySourceHasTheLicenseAndTabs(directory: String) {
		val license = Path.of("src/main/java/com/cometapi/gemini/GeminiOperations.java").readText()
			.substringBefore("package")
		assertThat(sources(directory)).isNotEmpty().allSatisfy {
			assertThat(it.readText()).startsWith(license).doesNotContainPattern("(?m)^ +[^ *]|[ \t]$")
		}
	}

	private fun sources(directory: String): List<Path> =
		Files.walk(Path.of(directory)).use { files -> files.asSequence().filter { it.extension == "kt" }.toList() }

}
