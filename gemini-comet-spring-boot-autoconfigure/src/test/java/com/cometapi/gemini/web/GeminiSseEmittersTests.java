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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link GeminiSseEmitters} on Spring MVC and Tomcat.
 */
class GeminiSseEmittersTests extends AbstractEventStreamTests {

	@Override
	Class<?> application() {
		return Application.class;
	}

	@Override
	WebApplicationType type() {
		return WebApplicationType.SERVLET;
	}

	@Override
	String path(String heartbeat) {
		return "/" + heartbeat;
	}

	@Test
	void whenTimeIsUpThenBrowserIsToldAndResponsesAreCancelled() throws IOException {
		ResponseSource source = new ResponseSource();
		source.emitJson("""
				{"candidates":[{"content":{"parts":[{"text":"half"}]}}],"usageMetadata":{"totalTokenCount":7}}""");

		try (RawBrowser browser = RawBrowser.open(port(), "/limited?source=" + register(source))) {
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
	void responsesAreSubscribedToOnTheExecutor() throws IOException {
		ResponseSource source = new ResponseSource();
		source.complete();
		try (RawBrowser browser = open("slow", source)) {
			browser.document();
		}
		assertThat(source.thread()).startsWith("task-");
	}

	@Test
	void whenEmitterIsNotReturnedThenResponsesAreNotSubscribedTo() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = RawBrowser.open(port(), "/failing?source=" + register(source))) {
			assertThat(browser.statusLine()).startsWith("HTTP/1.1 500");
		}
		assertThat(source.isSubscribed()).isFalse();
	}

	@Test
	void whenExecutorTakesNoTaskThenRequestFails() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = RawBrowser.open(port(), "/busy?tasks=0&source=" + register(source))) {
			assertThat(browser.statusLine()).startsWith("HTTP/1.1 500");
		}
		assertThat(source.isSubscribed()).isFalse();
	}

	@Test
	void whenExecutorTakesNoMoreTasksThenStreamIsCutOffAndResponsesAreCancelled() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = RawBrowser.open(port(), "/busy?tasks=3&source=" + register(source))) {
			await(Duration.ofSeconds(5), () -> {
				source.emitIfWanted("more");
				return source.isCancelled();
			});
			assertThatIOException().isThrownBy(browser::document);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		private final Executor executor;

		private final GeminiSseEmitters slow;

		private final GeminiSseEmitters fast;

		private final GeminiSseEmitters limited;

		Application(@Qualifier("applicationTaskExecutor") Executor executor) {
			this.executor = executor;
			this.slow = new GeminiSseEmitters(new GeminiServerSentEvents(ResponseSource.MAPPER, SLOW), executor, null);
			this.fast = new GeminiSseEmitters(new GeminiServerSentEvents(ResponseSource.MAPPER, FAST), executor, null);
			this.limited = new GeminiSseEmitters(new GeminiServerSentEvents(ResponseSource.MAPPER, SLOW), executor,
					Duration.ofMillis(500));
		}

		@GetMapping("/{heartbeat}")
		SseEmitter stream(@PathVariable String heartbeat, String source) {
			return ("fast".equals(heartbeat) ? this.fast : this.slow).emitter(responses(source));
		}

		@GetMapping("/limited")
		SseEmitter limited(String source) {
			return this.limited.emitter(responses(source));
		}

		@GetMapping("/busy")
		SseEmitter busy(int tasks, String source) {
			AtomicInteger left = new AtomicInteger(tasks);
			Executor executor = (task) -> {
				if (left.getAndDecrement() <= 0) {
					throw new RejectedExecutionException("Busy");
				}
				this.executor.execute(task);
			};
			return new GeminiSseEmitters(new GeminiServerSentEvents(ResponseSource.MAPPER, SLOW), executor, null)
				.emitter(responses(source));
		}

		@GetMapping("/failing")
		SseEmitter failing(String source) {
			this.slow.emitter(responses(source));
			throw new IllegalStateException("Too late");
		}

	}

}
