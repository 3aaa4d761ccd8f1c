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

import com.cometapi.gemini.GeminiOperations
import com.cometapi.gemini.chat.GeminiChats
import com.cometapi.gemini.chat.awaitClear
import com.cometapi.gemini.function.GeminiFunctionException
import com.cometapi.gemini.function.annotation.GeminiFunction
import com.cometapi.gemini.function.annotation.GeminiFunctionParam
import com.cometapi.gemini.function.geminiFunction
import com.cometapi.gemini.prompt.asFlow
import com.cometapi.gemini.prompt.await
import com.cometapi.gemini.prompt.awaitEntity
import com.cometapi.gemini.prompt.awaitText
import com.cometapi.gemini.prompt.entity
import com.cometapi.gemini.prompt.entityAsFlow
import com.cometapi.gemini.prompt.textAsFlow
import com.fasterxml.jackson.annotation.JsonPropertyDescription
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.withTimeout
import java.time.LocalTime
import java.time.ZoneId
import kotlin.time.Duration.Companion.seconds

/**
 * The examples of docs/kotlin.md.
 */
internal class KotlinRecipes(private val gemini: GeminiOperations, private val chats: GeminiChats) {

	suspend fun ask(): String {
		val text = gemini.prompt("Explain how AI works in a few words").awaitText()
		return text
	}

	suspend fun call(): String {
		val response = gemini.prompt("Who won the Euro 2024?").googleSearch().await()
		val sources = response.sources().map { it.uri() }
		return response.text() + sources
	}

	fun stream(): Flow<String> = gemini.prompt("Explain quantum physics simply.").textAsFlow()

	suspend fun collect(print: (String) -> Unit) {
		gemini.prompt("Explain quantum physics simply.").asFlow().collect { event ->
			print(event.text())
		}
	}

	data class Planet(
		@param:JsonPropertyDescription("Its English name") val name: String,
		val distanceKm: Long,
		val moons: List<String> = listOf(),
		val discoveredBy: String?
	)

	suspend fun entities(): List<Planet> {
		val planets = gemini.prompt("List 3 planets with their distances from the sun").awaitEntity<List<Planet>>()
		return planets
	}

	fun blockingEntity(): Planet = gemini.prompt("Describe the Earth").entity<Planet>()

	fun growingEntity(): Flow<Planet> = gemini.prompt("Describe the Earth").entityAsFlow<Planet>()

	class TripFunctions {

		@GeminiFunction(description = "Finds trips to a city")
		suspend fun findTrips(
			@GeminiFunctionParam(description = "In English, without the country") city: String,
			days: Int = 3,
			maxPrice: Int?
		): List<String> {
			delay(1) // a call that suspends, such as to another service
			if (days > 30) throw GeminiFunctionException("There are no trips of more than 30 days")
			return listOf("$city, $days days, ${maxPrice ?: "any"} euro")
		}

	}

	suspend fun functions(tripFunctions: TripFunctions): String {
		val time = geminiFunction("time", "Time in a place") { place: Place -> LocalTime.now(ZoneId.of(place.zone)) }
		return gemini.prompt("Plan a weekend in Rome").functionsOf(tripFunctions).functions(time).awaitText()
	}

	data class Place(val zone: String)

	suspend fun chat(id: String): String {
		val chat = chats.chat(id) { it.system("You are a math tutor.") }
		chat.prompt("What is 2+2?").awaitText()
		val twice = chat.prompt("And twice as much?").awaitText()
		chat.awaitClear()
		return twice
	}

	suspend fun timeLimit(): String = withTimeout(30.seconds) { gemini.prompt("Think hard").awaitText() }

}
