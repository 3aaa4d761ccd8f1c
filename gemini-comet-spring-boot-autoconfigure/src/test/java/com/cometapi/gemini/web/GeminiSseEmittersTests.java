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
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.thread.GeminiThreads;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;
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
			await(PATIENCE, source::isCancelled);
		}
	}

	@Test
	void whenOnlyTheHeadersAreAskedForThenNothingIsGenerated() throws Exception {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		source.complete();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + uri("slow", source)))
			.method("HEAD", BodyPublishers.noBody())
			.timeout(PATIENCE)
			.build();
		HttpResponse<Void> response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		assertThat(source.isSubscribed()).isFalse();
	}

	@Test
	void whenFilterHasAnOutputThatBlocksThenItIsNotWrittenToOnAnEventLoop() throws IOException {
		ResponseSource source = new ResponseSource();
		source.replaceWith(
				Flux.just(ResponseSource.text("one"), ResponseSource.text("two")).delayElements(Duration.ofMillis(10)));
		Application.writers.clear();
		try (RawBrowser browser = open("blocking", source)) {
			assertThat(browser.document()).contains("{\"text\":\"one\"}", "{\"text\":\"two\"}", "event:done");
		}
		assertThat(Application.writers).isNotEmpty().allMatch((name) -> name.startsWith("gemini-browser-"));
	}

	@Test
	void whenBrowserHoldsABlockingOutputThenAnotherGetsItsEvents() throws IOException {
		CountDownLatch end = new CountDownLatch(1);
		ResponseSource held = new ResponseSource();
		ResponseSource other = new ResponseSource();
		other.emit("two");
		other.complete();
		Application.blocked.set(0);
		try (Socket unread = openBlocked(held, end, 1)) {
			try (RawBrowser browser = open("blocking", other)) {
				assertThat(browser.document()).contains("{\"text\":\"two\"}", "event:done");
			}
			held.complete();
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void whenBrowsersHoldAllThreadsThenTheNextOneFails() throws IOException {
		CountDownLatch end = new CountDownLatch(1);
		ResponseSource held = new ResponseSource();
		ResponseSource alsoHeld = new ResponseSource();
		ResponseSource next = new ResponseSource();
		Application.blocked.set(0);
		Application.failures.clear();
		try (Socket first = openBlocked(held, end, 1); Socket second = openBlocked(alsoHeld, end, 2)) {
			try (RawBrowser browser = open("blocking", next)) {
				assertThat(browser.statusLine()).startsWith("HTTP/1.1 500");
			}
			await(PATIENCE, next::isCancelled);
			assertThat(Application.failures).singleElement(InstanceOfAssertFactories.THROWABLE)
				.isInstanceOf(GeminiThreadsExhaustedException.class)
				.hasMessageContaining("cometapi.gemini.threads.browsers");
			held.complete();
			alsoHeld.complete();
		}
		finally {
			end.countDown();
		}
	}

	private Socket openBlocked(ResponseSource source, CountDownLatch end, int expected) throws IOException {
		Application.beforeWrite = () -> waitFor(end);
		Socket socket = new Socket("localhost", port());
		String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(uri("blocking", source));
		socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
		await(PATIENCE, () -> Application.blocked.get() == expected);
		Application.beforeWrite = null;
		return socket;
	}

	private static void waitFor(CountDownLatch end) {
		Application.blocked.incrementAndGet();
		try {
			end.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void writeTimeoutDoesNotCountTheTimeUntilTheServerBeginsToWrite() throws IOException {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		Application.beforeEndOfDispatch = () -> Awaitility.await()
			.during(FAST.multipliedBy(3))
			.atMost(PATIENCE)
			.until(() -> !source.isCancelled());
		try (RawBrowser browser = open("held", source)) {
			source.complete();
			assertThat(browser.document()).contains("{\"text\":\"one\"}", "event:done");
		}
		assertThat(source.isCancelled()).isFalse();
	}

	@Test
	void whenBrowserLeavesThenServerEndsTheRequestOnItsOwnThread(CapturedOutput output) throws IOException {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		RawBrowser browser = open("left", source);
		assertThat(browser.next()).isEqualTo(":heartbeat");
		assertThat(browser.next()).contains("one");
		browser.close();
		await(PATIENCE, () -> {
			source.emitIfWanted("two");
			return source.isCancelled();
		});
		Application.left.written.countDown();
		await(PATIENCE, () -> Application.left.completed);
		assertThat(Application.left.endedBy).startsWith("http-nio");
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("Exception");
	}

	@Test
	void stateOfAValueArrivesWhenItIsEmitted() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("entities", source)) {
			source.emit("one");
			assertThat(browser.next()).isEqualTo(":heartbeat");
			assertThat(browser.next()).isEqualTo("id:1\nevent:entity\ndata:{\"text\":\"one\"}");
			assertThat(browser.headers()).containsEntry("x-accel-buffering", "no");
			source.emit("one and two");
			assertThat(browser.next()).isEqualTo("id:2\nevent:entity\ndata:{\"text\":\"one and two\"}");
			source.complete();
			assertThat(browser.next()).isEqualTo("id:3\nevent:done\ndata:{}");
		}
	}

	@Test
	void whenValueFailsThenBrowserGetsAnErrorAfterTheStatesBefore() throws IOException {
		ResponseSource source = new ResponseSource();
		source.emit("one");
		source.fail(new IllegalStateException("jdbc:secret"));

		try (RawBrowser browser = open("entities", source)) {
			assertThat(browser.document()).contains("event:entity\ndata:{\"text\":\"one\"}").endsWith("""
					id:2
					event:error
					data:{"code":"internal","message":"Something went wrong while the answer was prepared.",\
					"transient":false}

					""");
		}
	}

	@Test
	void whenBrowserLeavesThenValueIsCancelled() throws IOException {
		leaveBetweenEvents("entities");
	}

	@Test
	void whenBrowserIsSlowThenValueWaitsAndOthersAreServed() throws IOException {
		readSlowly("entities");
	}

	@Test
	void whenTimeIsUpThenBrowserOfAValueGetsAnError() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("limited-entities", source)) {
			assertThat(browser.document()).contains("event:error\ndata:{\"code\":\"timeout\"");
		}
		assertThat(source.isCancelled()).isTrue();
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

		static final List<String> writers = new CopyOnWriteArrayList<>();

		static final List<Throwable> failures = new CopyOnWriteArrayList<>();

		static final AtomicInteger blocked = new AtomicInteger();

		static volatile @Nullable Runnable beforeWrite;

		static volatile Runnable beforeEndOfDispatch = () -> {
		};

		static final EndOfRequest left = new EndOfRequest();

		private static final GeminiThreads THREADS = GeminiThreads.builder()
			.browsers(2)
			.maxWait(Duration.ofMillis(500))
			.build();

		private final GeminiSseEmitters slow = emitters(SLOW, null);

		private final GeminiSseEmitters fast = emitters(FAST, null);

		private final GeminiSseEmitters impatient = new GeminiSseEmitters(
				new GeminiServerSentEvents(ResponseSource.MAPPER, SLOW).withTimeouts(null, FAST), THREADS);

		private final GeminiSseEmitters limited = emitters(SLOW, Duration.ofMillis(500));

		@GetMapping("/{heartbeat}")
		SseEmitter stream(@PathVariable String heartbeat, String source) {
			return ("fast".equals(heartbeat) ? this.fast : this.slow).emitter(responses(source));
		}

		@Bean
		FilterRegistrationBean<Filter> blockingOutput() {
			FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> chain
				.doFilter(request, new BlockingResponse((HttpServletResponse) response)));
			filter.addUrlPatterns("/blocking");
			return filter;
		}

		@Bean
		FilterRegistrationBean<Filter> heldDispatch() {
			FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
				chain.doFilter(request, response);
				beforeEndOfDispatch.run();
			});
			filter.addUrlPatterns("/held");
			return filter;
		}

		@GetMapping("/held")
		SseEmitter held(String source) {
			return this.impatient.emitter(responses(source));
		}

		@GetMapping("/left")
		SseEmitter left(String source, HttpServletRequest request) {
			WebAsyncUtils.getAsyncManager(request).registerDeferredResultInterceptor(left, left);
			SseEmitter emitter = this.slow.emitter(responses(source));
			emitter.onError((ex) -> waitFor(left.written));
			return emitter;
		}

		@GetMapping("/limited")
		SseEmitter limited(String source) {
			return this.limited.emitter(responses(source));
		}

		@GetMapping("/entities")
		SseEmitter entities(String source) {
			return this.slow.entityEmitter(responses(source).map(Value::of));
		}

		@GetMapping("/limited-entities")
		SseEmitter limitedEntities(String source) {
			return this.limited.entityEmitter(responses(source).map(Value::of));
		}

		@GetMapping("/completed")
		SseEmitter completed(String source) {
			SseEmitter emitter = this.slow.emitter(responses(source));
			emitter.complete();
			return emitter;
		}

		@ExceptionHandler
		ResponseEntity<Void> exhausted(GeminiThreadsExhaustedException ex) {
			failures.add(ex);
			return ResponseEntity.internalServerError().build();
		}

		@GetMapping("/failing")
		SseEmitter failing(String source) {
			this.slow.emitter(responses(source));
			throw new IllegalStateException("Too late");
		}

		static GeminiSseEmitters emitters(Duration heartbeatInterval, @Nullable Duration timeout) {
			return new GeminiSseEmitters(
					new GeminiServerSentEvents(ResponseSource.MAPPER, heartbeatInterval).withTimeouts(timeout, null),
					THREADS);
		}

	}

	private static final class EndOfRequest implements DeferredResultProcessingInterceptor {

		private final CountDownLatch written = new CountDownLatch(1);

		private volatile String endedBy = "";

		private volatile boolean completed;

		@Override
		public <T> void postProcess(NativeWebRequest request, DeferredResult<T> result, @Nullable Object value) {
			this.endedBy = Thread.currentThread().getName();
		}

		@Override
		public <T> void afterCompletion(NativeWebRequest request, DeferredResult<T> result) {
			this.completed = true;
		}

	}

	record Value(String text) {

		static Value of(GenerateContentResponse response) {
			return new Value(response.text());
		}

	}

	/**
	 * Response of a filter that does not support write listeners.
	 */
	private static final class BlockingResponse extends HttpServletResponseWrapper {

		BlockingResponse(HttpServletResponse response) {
			super(response);
		}

		@Override
		public ServletOutputStream getOutputStream() throws IOException {
			ServletOutputStream output = super.getOutputStream();
			return new ServletOutputStream() {

				@Override
				public boolean isReady() {
					return true;
				}

				@Override
				public void setWriteListener(WriteListener listener) {
					throw new UnsupportedOperationException();
				}

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					Runnable beforeWrite = Application.beforeWrite;
					if (beforeWrite != null) {
						beforeWrite.run();
					}
					super.write(bytes, offset, length);
				}

				@Override
				public void write(int value) throws IOException {
					Application.writers.add(Thread.currentThread().getName());
					output.write(value);
				}

				@Override
				public void flush() throws IOException {
					output.flush();
				}

			};
		}

	}

}
