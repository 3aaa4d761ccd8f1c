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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tests for {@link ResumableServerSentEvents} on Spring WebFlux and Netty.
 */
class WebFluxResumableStreamTests extends AbstractResumableStreamTests {

	WebFluxResumableStreamTests() {
		super(Application.class, WebApplicationType.REACTIVE);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final GeminiServerSentEvents events = events(STREAMS, SLOW);

		private final GeminiServerSentEvents hasty = events(HASTY_STREAMS, FAST);

		@Bean
		GeminiEventStreamFilter filter() {
			return new GeminiEventStreamFilter();
		}

		@GetMapping("/chat")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> chat(@RequestParam String source,
				@RequestParam(defaultValue = "key") String key,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.events.resumable().key(key).lastEventId(lastEventId).response(responses(source));
		}

		@GetMapping("/hasty")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> hasty(@RequestParam String source,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.hasty.resumable().lastEventId(lastEventId).response(responses(source));
		}

		@GetMapping("/resume")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> resume(@RequestParam String key) {
			return this.events.resumable().key(key).resume();
		}

		@GetMapping("/ui")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> uiMessageStream(@RequestParam String source,
				@RequestParam String key) {
			return this.events.resumable().key(key).uiMessageStream(responses(source));
		}

		@GetMapping("/ui/resume")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> resumeUiMessageStream(@RequestParam String key) {
			return this.events.resumable().key(key).resumeUiMessageStream();
		}

		@GetMapping("/entities")
		Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> entities(@RequestParam String source,
				@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
			return this.events.resumable().lastEventId(lastEventId).entityResponse(responses(source).map(Value::of));
		}

		@GetMapping("/stop")
		Mono<Void> stop(@RequestParam String key) {
			return STREAMS.cancelByKey(key);
		}

	}

}
