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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiThreadsExhaustedException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.thread.GeminiThreads;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of filters of the {@code WebClient} that block.
 */
@Timeout(120)
class WebClientFiltersTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofSeconds(1);

	private static final String HANG = "x-hang";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	private static final GeminiCallOptions HANGING = GeminiCallOptions.builder().header(HANG, "true").build();

	private final Disposable.Composite hung = Disposables.composite();

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicInteger requests = new AtomicInteger();

	private final WireServer server = WireServer.start((connection) -> {
		if (this.requests.incrementAndGet() == 1 && this.busyAtFirst) {
			connection.respond("503 Service Unavailable", "application/json", "{}".getBytes());
		}
		else {
			// In one write, so that the body arrives with its head
			String body = Wire.text("typical.response.json");
			connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
					+ body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
		}
	});

	private volatile boolean busyAtFirst;

	private GeminiThreads threads = GeminiThreads.builder().filters(2).build();

	private final ExchangeFilterFunction hangingFilter = (request, next) -> {
		long started = System.nanoTime();
		while (request.headers().getFirst(HANG) != null && this.end.getCount() > 0
				&& System.nanoTime() - started < LONG.toNanos()) {
			try {
				this.end.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				// Ignored, as some filters do.
			}
		}
		return next.exchange(request);
	};

	@AfterEach
	void close() throws IOException {
		this.hung.dispose();
		this.end.countDown();
		this.threads.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterMayBlockOnTheRequestOfEachAttempt(boolean stream) {
		this.busyAtFirst = true;
		List<String> threads = new CopyOnWriteArrayList<>();
		GeminiClient client = client((request, next) -> {
			threads.add(Thread.currentThread().getName());
			return next.exchange(Mono.just(request).delayElement(Duration.ofMillis(1)).block());
		});
		assertThat(ask(client, stream).subscribeOn(Schedulers.parallel()).block(LONG)).isEqualTo("Hello");
		assertThat(threads).hasSize(2).allMatch((name) -> name.startsWith("gemini-filter-"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filterMayBlockOnTheResponse(boolean stream) {
		GeminiClient client = client((request, next) -> next.exchange(request)
			.map((response) -> Mono.just(response).delayElement(Duration.ofMillis(1)).block()));
		assertThat(ask(client, stream).block(LONG)).isEqualTo("Hello");
	}

	@ParameterizedTest
	@EnumSource(names = { "FIRST_EVENT", "TOTAL" })
	void timeInAFilterCountsInTheLimits(GeminiTimeLimit limit) {
		this.threads = GeminiThreads.builder().filters(1).build();
		GeminiCallOptions.Builder builder = GeminiCallOptions.builder().header(HANG, "true");
		GeminiCallOptions options = ((limit == GeminiTimeLimit.TOTAL) ? builder.totalTimeout(SHORT)
				: builder.firstEventTimeout(SHORT))
			.build();
		assertThatExceptionOfType(GeminiTimeoutException.class)
			.isThrownBy(() -> client(this.hangingFilter).generateContent("gemini-test", REQUEST, options).block(LONG))
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(limit));
		assertThat(this.requests).hasValue(0);
		// A request of the filter that continues now is not sent.
		this.end.countDown();
		assertThat(ask(client(this.hangingFilter), false).block(LONG)).isEqualTo("Hello");
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void hungFilterDelaysNoOtherCall() {
		GeminiClient client = client(this.hangingFilter);
		Disposable hung = hang(1);
		for (int i = 0; i < 5; i++) {
			assertThat(ask(client, false).block(LONG)).isEqualTo("Hello");
		}
		assertThat(hung.isDisposed()).isFalse();
		hung.dispose();
		assertThat(ask(client, false).block(LONG)).isEqualTo("Hello");
	}

	@Test
	void callFailsIfNoThreadIsFreeForItsFilter() {
		this.threads = GeminiThreads.builder().filters(2).maxWait(SHORT).build();
		GeminiClient client = client(this.hangingFilter);
		hang(2);
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> ask(client, false).block(LONG))
			.withMessageContaining("All 2 threads")
			.withMessageContaining("cometapi.gemini.threads.filters")
			.satisfies((ex) -> assertThat(ex.isTransient()).isTrue());
		assertThat(this.requests).hasValue(0);
	}

	@Test
	void responseWithoutAThreadReturnsItsConnection() {
		this.threads = GeminiThreads.builder().filters(2).maxWait(SHORT).build();
		AtomicBoolean hang = new AtomicBoolean();
		ConnectionProvider pool = ConnectionProvider.create("one", 1);
		GeminiClient client = client(WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(pool)))
			.filter((request, next) -> next.exchange(request)
				.doOnSubscribe((subscription) -> hang((hang.get()) ? 2 : 0))));
		// The very first call takes longer than other calls wait for a thread.
		assertThat(ask(client, false).block(LONG)).isEqualTo("Hello");
		hang.set(true);
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> ask(client, false).block(LONG));
		assertThat(this.requests).hasValue(2);
		hang.set(false);
		this.end.countDown();
		assertThat(ask(client, false).block(LONG)).isEqualTo("Hello");
		pool.dispose();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void bodyOfAResponseWithoutAThreadIsReleased(boolean stream) {
		this.threads = GeminiThreads.builder().filters(2).maxWait(SHORT).build();
		Queue<ByteBuf> bodies = new ConcurrentLinkedQueue<>();
		AtomicBoolean hang = new AtomicBoolean();
		GeminiClient client = client(WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create()
				.doOnResponse((response, connection) -> connection.addHandlerLast(recordBodies(bodies)))))
			.filter((request, next) -> next.exchange(request)
				.doOnSubscribe((subscription) -> hang((hang.get()) ? 2 : 0))));
		// The very first call takes longer than other calls wait for a thread.
		assertThat(ask(client, stream).block(LONG)).isEqualTo("Hello");
		hang.set(true);
		assertThatExceptionOfType(GeminiThreadsExhaustedException.class)
			.isThrownBy(() -> ask(client, stream).block(LONG));
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(bodies).hasSizeGreaterThan(1)
				.allSatisfy((body) -> assertThat(body.refCnt()).isZero()));
	}

	private static ChannelHandler recordBodies(Queue<ByteBuf> bodies) {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (message instanceof HttpContent body && body.content().isReadable()) {
					bodies.add(body.content());
				}
				context.fireChannelRead(message);
			}

		};
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void filtersThatNeverBlockStayOnTheThreadsOfTheCall(boolean stream) {
		this.threads = GeminiThreads.builder().filters(0).build();
		List<String> threads = new CopyOnWriteArrayList<>();
		GeminiClient client = client((request, next) -> {
			threads.add(Thread.currentThread().getName());
			return next.exchange(request).doOnNext((response) -> threads.add(Thread.currentThread().getName()));
		});
		assertThat(ask(client, stream).block(LONG)).isEqualTo("Hello");
		assertThat(threads).hasSize(2).startsWith(Thread.currentThread().getName());
		assertThat(threads.get(1)).startsWith("reactor-http-");
	}

	@Test
	void callWithoutFiltersStaysOnItsThread() {
		List<String> threads = new CopyOnWriteArrayList<>();
		GeminiClient client = client(WebClient.builder().exchangeFunction((request) -> {
			threads.add(Thread.currentThread().getName());
			return Mono.empty();
		}));
		client.models(GeminiCallOptions.DEFAULTS).onErrorComplete().block(LONG);
		assertThat(threads).containsExactly(Thread.currentThread().getName());
	}

	private Disposable hang(int count) {
		GeminiClient client = client(this.hangingFilter);
		Disposable hung = Flux.range(0, count)
			.flatMap((i) -> client.generateContent("gemini-test", REQUEST, HANGING))
			.subscribe();
		this.hung.add(hung);
		return hung;
	}

	private static Mono<String> ask(GeminiClient client, boolean stream) {
		Flux<GenerateContentResponse> response = (stream)
				? client.streamGenerateContent("gemini-test", REQUEST, GeminiCallOptions.DEFAULTS)
				: client.generateContent("gemini-test", REQUEST, GeminiCallOptions.DEFAULTS).flux();
		return response.last().map(GenerateContentResponse::text);
	}

	private GeminiClient client(ExchangeFilterFunction filter) {
		return client(WebClient.builder().filter(filter));
	}

	private GeminiClient client(WebClient.Builder builder) {
		return GeminiClient
			.create(builder, GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-test")
						.baseUrl(this.server.url())
						.retry(GeminiRetrySettings.builder().initialDelay(Duration.ofMillis(1)).build())
						.build())
			.withThreads(this.threads);
	}

}
