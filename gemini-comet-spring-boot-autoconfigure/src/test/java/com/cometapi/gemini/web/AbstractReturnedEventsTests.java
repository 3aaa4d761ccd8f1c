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

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiServerSentEvents} as a return value, on a running server.
 */
abstract class AbstractReturnedEventsTests extends AbstractEventStreamTests {

	AbstractReturnedEventsTests(WebApplicationType type) {
		super(Application.class, type);
	}

	@Test
	void eventsAreAReturnValueToo() throws Exception {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		source.complete();

		try (RawBrowser browser = open("plain", source)) {
			assertThat(browser.headers().get("content-type")).startsWith("text/event-stream");
			assertThat(browser.document()).contains("event:text\ndata:{\"text\":\"one\"}\n\n");
		}
	}

	@Test
	void statesOfAValueAreAReturnValueToo() throws Exception {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		source.complete();

		try (RawBrowser browser = open("entities", source)) {
			assertThat(browser.headers()).containsEntry("x-accel-buffering", "no");
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					id:1
					event:entity
					data:{"text":"one"}

					id:2
					event:done
					data:{}

					""");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final GeminiServerSentEvents slow = new GeminiServerSentEvents(ResponseSource.MAPPER, SLOW);

		private final GeminiServerSentEvents fast = new GeminiServerSentEvents(ResponseSource.MAPPER, FAST);

		private final GeminiServerSentEvents limited = this.slow.withTimeouts(Duration.ofMillis(300), null);

		@GetMapping("/{heartbeat}")
		ResponseEntity<Flux<ServerSentEvent<String>>> response(@PathVariable String heartbeat, String source) {
			GeminiServerSentEvents events = switch (heartbeat) {
				case "fast" -> this.fast;
				case "limited" -> this.limited;
				default -> this.slow;
			};
			return events.response(responses(source));
		}

		@GetMapping("/entities")
		ResponseEntity<Flux<ServerSentEvent<String>>> entities(String source) {
			return this.slow.entityResponse(responses(source).map((response) -> Map.of("text", response.text())));
		}

		@GetMapping("/plain")
		Flux<ServerSentEvent<String>> events(String source) {
			return this.slow.events(responses(source));
		}

	}

}
