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

package com.cometapi.gemini.docs

import com.cometapi.gemini.chat.GeminiChatRetention
import com.cometapi.gemini.chat.GeminiChatWindow
import com.cometapi.gemini.chat.GeminiChats
import com.cometapi.gemini.chat.InMemoryGeminiChatRepository
import com.cometapi.gemini.docs.KotlinRecipes.Planet
import com.cometapi.gemini.docs.KotlinRecipes.TripFunctions
import com.cometapi.gemini.entity.GeminiEntitySettings
import com.cometapi.gemini.function.GeminiFunctions
import com.cometapi.gemini.testsupport.GeminiServer
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AutoClose
import org.junit.jupiter.api.Test
import tools.jackson.databind.json.JsonMapper
import tools.jackson.module.kotlin.kotlinModule
import java.nio.file.Files
import java.nio.file.Path

/**
 * Runs the examples of docs/kotlin.md.
 */
class KotlinPageTests {

	@AutoClose
	private val server = GeminiServer()

	private val mapper = JsonMapper.builder().addModule(kotlinModule()).build()

	private val functions = GeminiFunctions.create(mapper)

	private val gemini = server.template()
		.withEntities(GeminiEntitySettings.of(mapper))
		.withFunctions { functions }

	private val chats = GeminiChats(
		gemini, InMemoryGeminiChatRepository(10, GeminiChatRetention.UNLIMITED), GeminiChatWindow.ALL
	)

	private val recipes = KotlinRecipes(gemini, chats)

	@Test
	fun everyExampleOfThePageIsInTheRecipes() {
		val page = Files.readString(Path.of("../docs/kotlin.md"))
		val blocks = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(page).map { it.groupValues[1] }
		val recipes = lines(Files.readString(Path.of("src/test/kotlin/com/cometapi/gemini/docs/KotlinRecipes.kt")))
		assertThat(blocks.toList()).hasSizeGreaterThan(5).allSatisfy { assertThat(recipes).contains(lines(it)) }
	}

	@Test
	fun everyRecipeReturnsTheResponse() = runBlocking<Unit> {
		server.answerText("It learns.").answerText("Spain").answerTextEvents("It ", "is ", "hard.")
			.answerTextEvents("It ", "is ", "hard.")
		assertThat(recipes.ask()).isEqualTo("It learns.")
		assertThat(recipes.call()).startsWith("Spain")
		assertThat(recipes.stream().toList()).hasSize(3)
		val printed = mutableListOf<String>()
		recipes.collect { printed.add(it) }
		assertThat(printed).containsExactly("It ", "is ", "hard.")

		val earth = """{"name": "Earth", "distanceKm": 149600000, "discoveredBy": null}"""
		server.answerText("[$earth]").answerText(earth).answerTextEvents(earth.take(12), earth.drop(12))
		val planet = Planet("Earth", 149600000, listOf(), null)
		assertThat(recipes.entities()).containsExactly(planet)
		assertThat(recipes.blockingEntity()).isEqualTo(planet)
		assertThat(recipes.growingEntity().toList()).last().isEqualTo(planet)

		server.answerText("4").answerText("8").answerText("Well")
		assertThat(recipes.chat("x")).isEqualTo("8")
		assertThat(recipes.timeLimit()).isEqualTo("Well")
	}

	@Test
	fun functionsAreCalled() = runBlocking<Unit> {
		server.answerParts("""{"functionCall": {"name": "findTrips", "args": {"city": "Rome"}}},
			{"functionCall": {"name": "time", "args": {"zone": "Europe/Rome"}}}""")
		server.answerText("Here you are")
		assertThat(recipes.functions(TripFunctions())).isEqualTo("Here you are")
		val results = server.lastRequest().contents()!!.last().parts()!!.map { it.functionResponse()!! }
		assertThat(results.map { it.name() }).containsExactly("findTrips", "time")
		assertThat(results[0].response()).isEqualTo(mapOf("output" to listOf("Rome, 3 days, any euro")))
	}

	private fun lines(text: String) = text.lines().map { it.trim() }.filter { it.isNotEmpty() }.joinToString("\n")

}
