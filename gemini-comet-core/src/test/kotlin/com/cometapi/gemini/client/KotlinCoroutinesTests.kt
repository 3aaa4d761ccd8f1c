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

package com.cometapi.gemini.client

import com.cometapi.gemini.GeminiTemplate
import com.cometapi.gemini.observation.GeminiObservationContext
import com.cometapi.gemini.prompt.GeminiDefaults
import com.cometapi.gemini.prompt.asFlow
import com.cometapi.gemini.prompt.await
import com.cometapi.gemini.prompt.awaitText
import com.cometapi.gemini.prompt.textAsFlow
import com.cometapi.gemini.testsupport.GeminiServer
import io.micrometer.observation.Observation
import io.micrometer.observation.ObservationHandler
import io.micrometer.observation.ObservationRegistry
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility
import org.junit.jupiter.api.AutoClose
import org.junit.jupiter.api.Test
import org.springframework.core.PropagationContextElement
import org.springframework.web.reactive.function.client.WebClient
import reactor.core.publisher.Flux
import reactor.util.context.Context
import java.net.URI
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList

/**
 * Tests of what reaches the call from a coroutine: its cancellation and its context.
 */
class KotlinCoroutinesTests {

	@AutoClose
	private val server = GeminiServer()

	private val registry = ObservationRegistry.create()

	@Test
	fun cancelledCoroutineClosesTheConnection() = runBlocking<Unit> {
		WireServer.start { }.use { server ->
			val call = launch { gemini(server.url()).prompt("Hi").awaitText() }
			yield()
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::hasRequest)
			call.cancelAndJoin()
			assertThat(server.awaitClientGone(30_000)).isTrue()
		}
	}

	@Test
	fun collectorThatHasEnoughClosesTheConnection() = runBlocking<Unit> {
		val event = "data: " + GeminiServer.textResponse("Hel", null) + "\n\n"
		WireServer.start { it.eventStream().chunk(event) }.use { server ->
			assertThat(gemini(server.url()).prompt("Hi").asFlow().first().text()).isEqualTo("Hel")
			assertThat(server.awaitClientGone(30_000)).isTrue()
		}
	}

	@Test
	fun reactorContextOfTheCoroutineIsThatOfTheCall() = runBlocking<Unit> {
		val tenants = CopyOnWriteArrayList<String>()
		val filter = GeminiExchangeFilter { exchange, next ->
			Flux.deferContextual { context ->
				tenants.add(context["tenant"])
				next.exchange(exchange)
			}
		}
		server.answerText("Hello").answerTextEvents("Hel", "lo")
		val gemini = gemini(server.url(), filter)
		withContext(ReactorContext(Context.of("tenant", "a"))) { gemini.prompt("Hi").await() }
		withContext(ReactorContext(Context.of("tenant", "b"))) { gemini.prompt("Hi").textAsFlow().toList() }
		assertThat(tenants).containsExactly("a", "b")
	}

	@Test
	fun threadLocalsOfTheCallerArePropagatedToTheCall() {
		server.answerText("Hello").answerTextEvents("Hel", "lo")
		val calls = CopyOnWriteArrayList<GeminiObservationContext>()
		registry.observationConfig().observationHandler(object : ObservationHandler<GeminiObservationContext> {
			override fun onStop(context: GeminiObservationContext) {
				calls.add(context)
			}
			override fun supportsContext(context: Observation.Context) = context is GeminiObservationContext
		})
		val gemini = gemini(server.url())
		val parent = Observation.start("parent", registry)
		parent.openScope().use {
			runBlocking(Dispatchers.IO + PropagationContextElement()) {
				gemini.prompt("Hi").await()
				gemini.prompt("Hi").textAsFlow().toList()
			}
		}
		parent.stop()
		assertThat(calls).hasSize(2).allSatisfy { call ->
			assertThat(generateSequence(call.parentObservation) { it.contextView.parentObservation }.last()).isSameAs(parent)
		}
	}

	private fun gemini(url: URI, vararg filters: GeminiExchangeFilter): GeminiTemplate {
		val settings = GeminiClientSettings.builder("sk-test").baseUrl(url).retry(GeminiRetrySettings.NONE).build()
		val client = GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER, settings)
		return GeminiTemplate(
			client.withObservations(registry, null).withFilters(*filters),
			GeminiDefaults.of("gemini-3.5-flash")
		)
	}

}
