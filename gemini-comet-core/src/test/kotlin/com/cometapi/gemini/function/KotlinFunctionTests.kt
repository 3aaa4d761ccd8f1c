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

package com.cometapi.gemini.function

import com.cometapi.gemini.api.FunctionCall
import com.cometapi.gemini.function.annotation.GeminiFunction
import jakarta.validation.Validation
import jakarta.validation.constraints.Max
import kotlinx.coroutines.delay
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.aop.framework.ProxyFactory
import org.springframework.aot.generate.ClassNameGenerator
import org.springframework.aot.generate.DefaultGenerationContext
import org.springframework.aot.generate.InMemoryGeneratedFiles
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates
import org.springframework.beans.factory.support.RootBeanDefinition
import org.springframework.context.aot.ApplicationContextAotGenerator
import org.springframework.context.support.GenericApplicationContext
import org.springframework.javapoet.ClassName
import tools.jackson.databind.json.JsonMapper
import tools.jackson.module.kotlin.kotlinModule
import java.time.Duration

/**
 * Tests of functions written in Kotlin.
 */
class KotlinFunctionTests {

	private val mapper = JsonMapper.builder().addModule(kotlinModule()).build()

	private val functions = GeminiFunctions.create(mapper)

	private val trips = Trips()

	private val runner = functions.runner(functions.of(trips))

	@Test
	fun parameterWithADefaultValueIsOptional() {
		val parameters = declaration("plan").parameters()!!
		assertThat(parameters.required()).containsExactly("city")
		assertThat(parameters.properties()).containsOnlyKeys("city", "days", "note", "tags")
	}

	@Test
	fun parameterOfANullableTypeIsOptionalAndNullable() {
		val parameters = declaration("book").parameters()!!
		assertThat(parameters.required()).containsExactly("place")
		assertThat(parameters.properties()!!.getValue("remark").nullable()).isTrue()
		assertThat(parameters.properties()!!.getValue("place").nullable()).isNull()
	}

	@Test
	fun dataClassIsDescribedAndRead() {
		val place = declaration("book").parameters()!!.properties()!!.getValue("place")
		assertThat(place.required()).containsExactly("name")
		assertThat(place.properties()!!.getValue("zip").nullable()).isTrue()
		assertThat(call("book", mapOf("place" to mapOf("name" to "Rome"))))
			.isEqualTo(mapOf("output" to "Place(name=Rome, zip=null, stars=3) null"))
	}

	@Test
	fun parametersLeftOutGetTheirDefaultValues() {
		assertThat(call("plan", mapOf("city" to "Rome"))).isEqualTo(mapOf("output" to "Rome 3 none [new]"))
		assertThat(call("plan", mapOf("city" to "Rome", "days" to 5, "note" to "x", "tags" to listOf("y"))))
			.isEqualTo(mapOf("output" to "Rome 5 x [y]"))
	}

	@Test
	fun nullForAParameterWithADefaultValueIsTheDefaultValue() {
		assertThat(call("plan", mapOf("city" to "Rome", "days" to null)))
			.isEqualTo(mapOf("output" to "Rome 3 none [new]"))
	}

	@Test
	fun parameterWithoutADefaultValueIsRequired() {
		assertThat(call("plan", mapOf("days" to 5)).getValue("error").toString()).contains("city")
	}

	@Test
	fun functionMaySuspend() {
		assertThat(declaration("search").parameters()!!.properties()).containsOnlyKeys("city", "limit")
		assertThat(declaration("search").parameters()!!.required()).containsExactly("city")
		assertThat(call("search", mapOf("city" to "Rome"))).isEqualTo(mapOf("output" to listOf("Rome 1", "Rome 2")))
	}

	@Test
	fun exceptionOfASuspendingFunctionIsReportedToTheModel() {
		assertThat(call("fail", mapOf())).isEqualTo(mapOf("error" to "no room"))
	}

	@Test
	fun functionsWithoutAResultReturnTheSameResponse() {
		assertThat(call("cancel", mapOf("id" to 1))).isEqualTo(call("cancelLater", mapOf("id" to 2)))
		assertThat(trips.cancelled).containsExactly(1, 2)
	}

	@Test
	fun constraintOfASuspendingFunctionIsChecked() {
		val validator = Validation.buildDefaultValidatorFactory().validator
		val validated = GeminiFunctions.builder(mapper).validator(validator).build()
		val runner = validated.runner(validated.of(trips))
		assertThat(runner.call("extend", mapOf("days" to 2))).isEqualTo(mapOf("output" to 2))
		assertThat(runner.call("extend", mapOf("days" to 20)).getValue("error").toString()).contains("days")
	}

	@Test
	fun valueClassIsDescribedAndReadAsTheValueThatItHolds() {
		val shop = Shop()
		val runner = functions.runner(functions.of(shop))
		assertThat(runner.declarations().map { it.name() }).containsExactly("find", "order", "reserve")
		runner.declarations().forEach {
			assertThat(it.parameters()!!.required()).containsExactly("id")
			assertThat(it.parameters()!!.properties()!!.mapValues { entry -> entry.value.type()!!.value() })
				.isEqualTo(mapOf("id" to "STRING", "count" to "INTEGER"))
		}
		for (name in listOf("find", "order", "reserve")) {
			assertThat(runner.call(name, mapOf("id" to "a", "count" to 2))).isEqualTo(mapOf("output" to "a 2"))
		}
		assertThat(runner.call("find", mapOf("id" to "a"))).isEqualTo(mapOf("output" to "a null"))
		assertThat(runner.call("order", mapOf("id" to "a"))).isEqualTo(mapOf("output" to "a 1"))
		assertThat(runner.call("reserve", mapOf("id" to "a"))).isEqualTo(mapOf("output" to "a 1"))
	}

	@Test
	fun functionsMayBeCalledThroughAProxyOfTheirInterface() {
		val proxy = ProxyFactory(Planner()).apply { isProxyTargetClass = false }.proxy
		val runner = functions.runner(functions.of(proxy))
		assertThat(runner.call("now", mapOf())).isEqualTo(mapOf("output" to 1))
		assertThat(runner.call("later", mapOf("days" to 2))).isEqualTo(mapOf("output" to 2))
	}

	@Test
	fun lambdaMaySuspend() {
		val function = geminiFunction("rate", "Rates a place") { place: Place ->
			delay(1)
			mapOf("stars" to place.stars)
		}
		val runner = functions.runner(listOf(function))
		assertThat(runner.declarations()[0].parameters()!!.required()).containsExactly("name")
		assertThat(runner.call("rate", mapOf("name" to "Rome"))).isEqualTo(mapOf("stars" to 3))
	}

	@Test
	fun functionsOfBeansAreKnownToANativeImage() {
		val context = GenericApplicationContext()
		context.registerBeanDefinition("trips", RootBeanDefinition(Trips::class.java))
		val generation = DefaultGenerationContext(
			ClassNameGenerator(ClassName.get("com.example", "Test")), InMemoryGeneratedFiles()
		)
		ApplicationContextAotGenerator().processAheadOfTime(context, generation)

		val reflection = RuntimeHintsPredicates.reflection()
		assertThat(reflection.onMethodInvocation(Trips::class.java, "offer")).accepts(generation.runtimeHints)
		val withDefaults = Trips::class.java.declaredMethods.single { it.name == "plan\$default" }
		assertThat(reflection.onMethodInvocation(withDefaults)).accepts(generation.runtimeHints)
		assertThat(reflection.onType(Offer::class.java)).accepts(generation.runtimeHints)
	}

	private fun declaration(name: String) = runner.declarations().single { it.name() == name }

	private fun call(name: String, args: Map<String, Any?>): Map<String, Any?> = runner.call(name, args)

	private fun GeminiFunctionRunner.call(name: String, args: Map<String, Any?>): Map<String, Any?> =
		run(listOf(FunctionCall.of(name, args))).block(Duration.ofSeconds(30))!![0].functionResponse()!!.response()!!

	data class Place(val name: String, val zip: Int?, val stars: Int = 3)

	data class Offer(val price: Int)

	class Trips {

		val cancelled = mutableListOf<Int>()

		@GeminiFunction
		fun plan(city: String, days: Int = 3, note: String? = "none", tags: List<String> = listOf("new")): String =
			"$city $days $note $tags"

		@GeminiFunction
		fun book(place: Place, remark: String?): String = "$place $remark"

		@GeminiFunction
		suspend fun search(city: String, limit: Int = 2): List<String> {
			delay(1)
			return (1..limit).map { "$city $it" }
		}

		@GeminiFunction
		suspend fun extend(@Max(10) days: Int): Int {
			delay(1)
			return days
		}

		@GeminiFunction
		suspend fun offer(): Offer {
			delay(1)
			return Offer(99)
		}

		@GeminiFunction
		suspend fun fail(): String {
			delay(1)
			throw GeminiFunctionException("no room")
		}

		@GeminiFunction
		fun cancel(id: Int, reason: String = "none") {
			cancelled.add(id)
		}

		@GeminiFunction
		suspend fun cancelLater(id: Int) {
			delay(1)
			cancelled.add(id)
		}

	}

	@JvmInline
	value class Id(val value: String)

	@JvmInline
	value class Count(val value: Int)

	class Shop {

		@GeminiFunction
		fun find(id: Id, count: Count?): String = "${id.value} ${count?.value}"

		@GeminiFunction
		fun order(id: Id, count: Count = Count(1)): String = "${id.value} ${count.value}"

		@GeminiFunction
		suspend fun reserve(id: Id, count: Count = Count(1)): String {
			delay(1)
			return "${id.value} ${count.value}"
		}

	}

	interface Plans {

		fun now(days: Int = 1): Int

		suspend fun later(days: Int): Int

	}

	class Planner : Plans {

		@GeminiFunction
		override fun now(days: Int): Int = days

		@GeminiFunction
		override suspend fun later(days: Int): Int {
			delay(1)
			return days
		}

	}

}
