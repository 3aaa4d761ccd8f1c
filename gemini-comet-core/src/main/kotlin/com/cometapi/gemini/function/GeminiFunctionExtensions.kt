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

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.reactor.mono
import org.springframework.core.ParameterizedTypeReference
import org.springframework.core.PropagationContextElement
import reactor.core.publisher.Hooks
import reactor.core.publisher.Mono

/**
 * Create a function that models may call from a lambda, which may suspend:
 * `geminiFunction("time", "Time in a place") { place: Place -> clock.timeIn(place.zone) }`.
 *
 * @param I the type of the arguments
 * @param name the name, as [GeminiFunctionCallback.of] takes it
 * @param description the description for the model: the purpose of the function and when
 * to call it
 * @param function runs a call; may block
 * @return the function
 */
inline fun <reified I : Any> geminiFunction(
	name: String,
	description: String,
	noinline function: suspend (I) -> Any?
): GeminiFunctionCallback =
	GeminiFunctionCallback.of(name, description, object : ParameterizedTypeReference<I>() {}) { input, _ ->
		monoOf(function, input)
	}

@PublishedApi
internal fun <I : Any> monoOf(function: suspend (I) -> Any?, input: I): Mono<Any> {
	val propagated = Hooks.isAutomaticContextPropagationEnabled()
	val context = if (propagated) Dispatchers.Unconfined + PropagationContextElement() else Dispatchers.Unconfined
	return mono(context) { function(input).takeUnless { it == Unit } }
}
