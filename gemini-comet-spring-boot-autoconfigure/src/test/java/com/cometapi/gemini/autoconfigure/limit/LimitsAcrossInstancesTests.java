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

package com.cometapi.gemini.autoconfigure.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for limits of two instances of an application, each in a JVM of its own and with
 * properties only, that share a real Redis. The endpoint counts the calls.
 */
@Tag("slow")
class LimitsAcrossInstancesTests {

	// JVMs start slowly on a loaded machine.
	private static final Duration PATIENCE = Duration.ofMinutes(3);

	@AutoClose
	private final TestRedis redis = new TestRedis();

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final List<Process> processes = new ArrayList<>();

	@TempDir
	private Path folder;

	@AfterEach
	void endProcesses() {
		this.processes.forEach(Process::destroyForcibly);
	}

	@Test
	void concurrentCallsOfTwoInstancesNeverExceedALimit() throws Exception {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
		this.server.reply((text) -> {
			arrivals.add(System.nanoTime());
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Mono.delay(Duration.ofMillis(5)).block();
			running.decrementAndGet();
			return "Hi";
		});
		String[] properties = { "concurrent-calls=4", "requests-per-minute=40", "max-wait=30s" };
		Process first = start("first", 150, properties);
		Process second = start("second", 150, properties);
		awaitReady("first", "second");
		long begin = System.nanoTime();
		makeCalls(first);
		makeCalls(second);
		awaitEnd(first);
		awaitEnd(second);

		assertThat(arrivals.stream().filter((time) -> time - begin < Duration.ofMinutes(1).toNanos())).hasSizeBetween(1,
				40);
		assertThat(most).hasValueBetween(1, 4);
		assertThat(this.server.requestCount()).isGreaterThanOrEqualTo(40);
		assertThat(admitted("first") + admitted("second")).isEqualTo(this.server.requestCount());
	}

	@Test
	void permitsOfAKilledInstanceAreReleased() throws Exception {
		this.server.reply((text) -> "Hi").hold();
		String[] properties = { "concurrent-calls=2", "max-wait=3m", "redis.lease-time=10s" };
		Process killed = start("killed", 2, properties);
		awaitReady("killed");
		makeCalls(killed);
		Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 2);
		try (ConfigurableApplicationContext survivor = LimitedApplication.start(arguments(properties))) {
			Mono<String> call = survivor.getBean(GeminiOperations.class).prompt("Hi").textAsync().cache();
			call.subscribe();
			assertThat(this.server.requestCount()).isEqualTo(2);
			killed.destroyForcibly();
			Awaitility.await().atMost(PATIENCE).until(() -> this.server.requestCount() == 3);
			this.server.release();
			assertThat(call.block(PATIENCE)).isEqualTo("Hi");
		}
	}

	private Process start(String name, int calls, String... properties) throws IOException {
		String[] arguments = Stream.concat(Stream.of(Integer.toString(calls)), Arrays.stream(arguments(properties)))
			.toArray(String[]::new);
		Process process = ForkedJvm.start(LimitedApplication.class, this.folder.resolve(name), (entry) -> true,
				List.of("-XX:+UseSerialGC"), arguments);
		this.processes.add(process);
		return process;
	}

	private String[] arguments(String... properties) {
		return Stream
			.concat(Stream.of("--spring.main.banner-mode=off", "--spring.data.redis.host=127.0.0.1",
					"--spring.data.redis.port=" + this.redis.port(), "--cometapi.gemini.api-key=sk-test",
					"--cometapi.gemini.base-url=" + this.server.url(), "--cometapi.gemini.limits.store=redis",
					"--cometapi.gemini.limits.store-timeout=30s", "--cometapi.gemini.limits.on-store-failure=refuse"),
					Arrays.stream(properties).map((property) -> "--cometapi.gemini.limits." + property))
			.toArray(String[]::new);
	}

	private void awaitReady(String... names) {
		for (String name : names) {
			Awaitility.await().atMost(PATIENCE).until(() -> output(name).contains("ready"));
		}
	}

	private static void makeCalls(Process process) throws IOException {
		process.getOutputStream().write('\n');
		process.getOutputStream().flush();
	}

	private static void awaitEnd(Process process) throws InterruptedException {
		assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
	}

	private long admitted(String name) {
		return output(name).lines()
			.filter((line) -> line.startsWith("admitted "))
			.mapToLong((line) -> Long.parseLong(line.substring("admitted ".length())))
			.sum();
	}

	private String output(String name) {
		try {
			return Files.readString(this.folder.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An application that makes some calls at the same time when it reads from the
	 * standard input.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class LimitedApplication {

		static ConfigurableApplicationContext start(String... arguments) {
			return new SpringApplicationBuilder(LimitedApplication.class).web(WebApplicationType.NONE).run(arguments);
		}

		public static void main(String[] arguments) throws IOException {
			int calls = Integer.parseInt(arguments[0]);
			try (ConfigurableApplicationContext context = start(Arrays.copyOfRange(arguments, 1, arguments.length))) {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);
				System.out.println("ready");
				System.in.read();
				Long admitted = Flux.range(0, calls)
					.flatMap((i) -> gemini.prompt("Hi").textAsync().onErrorComplete(GeminiLimitExceededException.class),
							calls)
					.count()
					.block();
				System.out.println("admitted " + admitted);
			}
		}

	}

}
