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

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiSseEmitters} on Spring MVC and Tomcat.
 */
class GeminiSseEmittersTests extends AbstractEventStreamTests {

	GeminiSseEmittersTests() {
		super(Application.class, WebApplicationType.SERVLET);
	}

	@Test
	void whenTimeIsUpThenBrowserIsToldAndResponsesAreCancelled() throws IOException {
		ResponseSource source = new ResponseSource();
		source.emitJson("""
				{"candidates":[{"content":{"parts":[{"text":"half"}]}}],"usageMetadata":{"totalTokenCount":7}}""");

		try (RawBrowser browser = open("limited", source)) {
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					id:1
					event:text
					data:{"text":"half"}

					id:2
					event:usage
					data:{"totalTokenCount":7}

					id:3
					event:error
					data:{"code":"timeout","message":"The answer took too long. Please try again.","transient":true}

					""");
		}
		assertThat(source.isCancelled()).isTrue();
	}

	@Test
	void whenEmitterIsNotReturnedThenResponsesAreNotSubscribedTo() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("failing", source)) {
			assertThat(browser.statusLine()).startsWith("HTTP/1.1 500");
		}
		assertThat(source.isSubscribed()).isFalse();
	}

	@Test
	void whenApplicationCompletesTheEmitterThenResponsesAreCancelled() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("completed", source)) {
			assertThat(browser.statusLine()).startsWith("HTTP/1.1 200");
			await(Duration.ofSeconds(5), source::isCancelled);
		}
	}

	@Test
	void otherEventsAreRefused() {
		SseEmitter emitter = Application.emitters(SLOW, null).emitter(Flux.never());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> emitter.send("text"))
			.withMessageContaining("its responses");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> emitter.send(SseEmitter.event().comment("text")));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> emitter.send(SseEmitter.event().build()));
	}

	@Test
	void mockOfARequestGetsTheEventsToo() {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		source.complete();
		assertThat(MockMvcTester.of(new Application()).get().uri(uri("slow", source))).hasStatusOk()
			.bodyText()
			.isEqualTo("""
					:heartbeat

					id:1
					event:text
					data:{"text":"one"}

					id:2
					event:done
					data:{}

					""");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final GeminiSseEmitters slow = emitters(SLOW, null);

		private final GeminiSseEmitters fast = emitters(FAST, null);

		private final GeminiSseEmitters limited = emitters(SLOW, Duration.ofMillis(500));

		@GetMapping("/{heartbeat}")
		SseEmitter stream(@PathVariable String heartbeat, String source) {
			return ("fast".equals(heartbeat) ? this.fast : this.slow).emitter(responses(source));
		}

		@GetMapping("/limited")
		SseEmitter limited(String source) {
			return this.limited.emitter(responses(source));
		}

		@GetMapping("/completed")
		SseEmitter completed(String source) {
			SseEmitter emitter = this.slow.emitter(responses(source));
			emitter.complete();
			return emitter;
		}

		@GetMapping("/failing")
		SseEmitter failing(String source) {
			this.slow.emitter(responses(source));
			throw new IllegalStateException("Too late");
		}

		static GeminiSseEmitters emitters(Duration heartbeatInterval, @Nullable Duration timeout) {
			return new GeminiSseEmitters(new GeminiServerSentEvents(ResponseSource.MAPPER, heartbeatInterval), timeout);
		}

	}

}
