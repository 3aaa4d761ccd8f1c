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

package com.cometapi.gemini.entity

import com.cometapi.gemini.api.Schema
import com.cometapi.gemini.error.GeminiResponseMismatchException
import com.cometapi.gemini.prompt.awaitEntity
import com.cometapi.gemini.prompt.entity
import com.cometapi.gemini.prompt.entityAsFlow
import com.cometapi.gemini.testsupport.GeminiServer
import com.fasterxml.jackson.annotation.JsonPropertyDescription
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AutoClose
import org.junit.jupiter.api.Test
import tools.jackson.databind.json.JsonMapper
import tools.jackson.module.kotlin.kotlinModule
import java.math.BigDecimal

/**
 * Tests of responses as data classes.
 */
class KotlinEntityTests {

	@AutoClose
	private val server = GeminiServer()

	private val gemini = server.template()
		.withEntities(GeminiEntitySettings.of(JsonMapper.builder().addModule(kotlinModule()).build()))

	@Test
	fun membersWithADefaultValueOrANullableTypeAreOptional() {
		server.answerText("""{"name": "Earth"}""")
		assertThat(gemini.prompt("Hi").entity<Planet>()).isEqualTo(Planet("Earth", 0, null, listOf("new")))
		val schema = sentSchema()
		assertThat(schema.required()).containsExactly("name")
		assertThat(schema.properties()!!.keys).containsExactly("name", "moonCount", "note", "tags")
		assertThat(schema.properties()!!.mapValues { it.value.nullable() == true })
			.isEqualTo(mapOf("name" to false, "moonCount" to false, "note" to true, "tags" to false))
	}

	@Test
	fun listOfDataClassesIsAwaited() = runBlocking<Unit> {
		server.answerText("""[{"name": "Earth", "moonCount": 1, "note": null, "tags": []}]""")
		assertThat(gemini.prompt("Hi").awaitEntity<List<Planet>>()).containsExactly(Planet("Earth", 1, null, listOf()))
	}

	@Test
	fun nullForAMemberThatIsNotNullableIsAMismatch() {
		server.answerText("""{"name": null}""")
		assertThatExceptionOfType(GeminiResponseMismatchException::class.java)
			.isThrownBy { gemini.prompt("Hi").entity<Planet>() }
	}

	@Test
	fun dataClassGrowsInAFlow() = runBlocking<Unit> {
		server.answerTextEvents("""{"name": "Ear""", """th", "moonCount": 1}""")
		val states = gemini.prompt("Hi").entityAsFlow<Planet>().toList()
		assertThat(states.first().name).isEqualTo("Ear")
		assertThat(states.last()).isEqualTo(Planet("Earth", 1, null, listOf("new")))
	}

	@Test
	fun subtypeOfASealedInterfaceIsRead() {
		server.answerText("""{"type": "Circle", "radius": 2.0}""")
		assertThat(gemini.prompt("Hi").entity<Shape>()).isEqualTo(Circle(2.0))
	}

	@Test
	fun objectIsASubtypeWithoutMembers() {
		server.answerText("""[{"type": "Nothing"}, {"type": "Circle", "radius": 2.0}]""")
		assertThat(gemini.prompt("Hi").entity<List<Shape>>()).containsExactly(Nothing, Circle(2.0))
	}

	@Test
	fun valueClassIsTheValueThatItHolds() {
		server.answerText("""{"id": "a", "amount": 5, "others": ["b"], "share": 0.5}""")
		val order = gemini.prompt("Hi").entity<Order>()
		assertThat(order).isEqualTo(Order(Id("a"), null, Amount(5), listOf(Id("b")), Share(BigDecimal("0.5"))))
		val schema = sentSchema()
		assertThat(schema.required()).containsExactly("id", "amount", "others", "share")
		assertThat(schema.properties()!!.mapValues { it.value.type()!!.value() }).isEqualTo(
			mapOf("id" to "STRING", "note" to "STRING", "amount" to "INTEGER", "others" to "ARRAY", "share" to "NUMBER")
		)
		assertThat(schema.properties()!!.getValue("note").nullable()).isTrue()
		server.answerText("""{"id": "a", "amount": 2147483648, "others": [], "share": 1}""")
		assertThatExceptionOfType(GeminiResponseMismatchException::class.java)
			.isThrownBy { gemini.prompt("Hi").entity<Order>() }
			.withMessageContaining("'amount'")
	}

	private fun sentSchema(): Schema = server.lastRequest().generationConfig()!!.responseSchema()!!

	data class Planet(
		@param:JsonPropertyDescription("Its English name") val name: String,
		val moonCount: Int = 0,
		val note: String?,
		val tags: List<String> = listOf("new")
	)

	sealed interface Shape

	data class Circle(val radius: Double) : Shape

	data class Square(val side: Double, val label: String? = null) : Shape

	data object Nothing : Shape

	@JvmInline
	value class Id(val value: String)

	@JvmInline
	value class Amount(val value: Int)

	@JvmInline
	value class Share(val value: BigDecimal)

	data class Order(val id: Id, val note: Id?, val amount: Amount, val others: List<Id>, val share: Share)

}
