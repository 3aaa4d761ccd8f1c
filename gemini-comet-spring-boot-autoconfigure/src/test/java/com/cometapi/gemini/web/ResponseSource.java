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

package com.cometapi.gemini.web;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiJsonMapper;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stream of responses like that of a model, controlled by a test.
 */
final class ResponseSource {

	static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private final Sinks.Many<GenerateContentResponse> sink = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicReference<Flux<GenerateContentResponse>> responses = new AtomicReference<>(this.sink.asFlux());

	private final AtomicBoolean subscribed = new AtomicBoolean();

	private final AtomicBoolean cancelled = new AtomicBoolean();

	private final AtomicLong requested = new AtomicLong();

	Flux<GenerateContentResponse> flux() {
		return Flux.defer(this.responses::get)
			.doOnSubscribe((subscription) -> this.subscribed.set(true))
			.doOnCancel(() -> this.cancelled.set(true))
			.doOnRequest(this.requested::addAndGet);
	}

	void replaceWith(Flux<GenerateContentResponse> responses) {
		this.responses.set(responses);
	}

	void emit(String text) {
		this.sink.tryEmitNext(text(text)).orThrow();
	}

	void emitIfWanted(String text) {
		this.sink.tryEmitNext(text(text));
	}

	void emitJson(String json) {
		this.sink.tryEmitNext(json(json)).orThrow();
	}

	void complete() {
		this.sink.tryEmitComplete().orThrow();
	}

	void fail(Throwable failure) {
		this.sink.tryEmitError(failure).orThrow();
	}

	boolean isSubscribed() {
		return this.subscribed.get();
	}

	boolean isCancelled() {
		return this.cancelled.get();
	}

	long requested() {
		return this.requested.get();
	}

	static GenerateContentResponse text(String text) {
		return json("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":%s}]}}]}"
			.formatted(MAPPER.writeValueAsString(text)));
	}

	static GenerateContentResponse json(String json) {
		return MAPPER.readValue(json, GenerateContentResponse.class);
	}

}
