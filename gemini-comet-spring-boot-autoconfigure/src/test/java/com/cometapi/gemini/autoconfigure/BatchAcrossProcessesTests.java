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

package com.cometapi.gemini.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.TestRedis;
import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a job whose partitions run in two worker processes over Kafka. The workers
 * share a rate limit and a budget in a real Redis. The endpoint counts the calls.
 */
@Tag("slow")
class BatchAcrossProcessesTests {

	private static final int REQUESTS_PER_MINUTE = 40;

	// Fewer calls than the limit admits in a minute, so that only the second run has to
	// wait
	private static final int BUDGET = 35;

	private static final String PRICE = "--cometapi.gemini.prices[gemini-3.5-flash].";

	private final EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);

	@AutoClose
	private final TestRedis redis = new TestRedis();

	private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

	@AutoClose
	private final GeminiServer server = new GeminiServer().reply((text) -> {
		this.arrivals.add(System.nanoTime());
		return "re: " + text;
	});

	private final List<Process> workers = new ArrayList<>();

	@TempDir
	private Path folder;

	private Server database;

	@BeforeEach
	void startServers() throws Exception {
		this.broker.afterPropertiesSet();
		this.database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
	}

	@AfterEach
	void stopServers() {
		this.workers.forEach(Process::destroyForcibly);
		this.broker.destroy();
		this.database.stop();
	}

	@Test
	void limitsAndBudgetsApplyToTheWholeJob() throws Exception {
		try (ConfigurableApplicationContext manager = NumbersApplication
			.start(arguments("--cometapi.gemini.batch.kafka.manager=true",
					"--spring.batch.jdbc.initialize-schema=always", "--cometapi.gemini.batch.kafka.poll-interval=200ms",
					"--management.endpoints.web.exposure.include=geminibatch", "--server.port=0"))) {
			startWorkers(BUDGET);
			CompletableFuture<JobExecution> job = CompletableFuture.supplyAsync(() -> start(manager));
			Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> !progress(manager).isMissingNode());
			assertThat(progress(manager).get("status").asString()).isEqualTo("STARTED");
			assertThat(job.get(5, TimeUnit.MINUTES).getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(this.arrivals).hasSize(BUDGET);
			assertThat(progress(manager).at("/totals/succeeded").asInt()).isEqualTo(BUDGET);

			stopWorkers();
			startWorkers(1000);
			assertThat(CompletableFuture.supplyAsync(() -> start(manager)).get(5, TimeUnit.MINUTES).getStatus())
				.isEqualTo(BatchStatus.COMPLETED);
			JsonNode progress = progress(manager);
			assertThat(progress.get("status").asString()).isEqualTo("COMPLETED");
			assertThat(progress.get("items").asInt()).isEqualTo(NumbersApplication.NUMBERS);
			assertThat(progress.get("partitions").asInt()).isEqualTo(NumbersApplication.PARTITIONS);
			assertThat(progress.at("/totals/succeeded").asInt()).isEqualTo(NumbersApplication.NUMBERS);
		}
		assertThat(items())
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, NumbersApplication.NUMBERS).boxed().toList());
		assertThat(this.arrivals).hasSize(NumbersApplication.NUMBERS);
		// Ten seconds less than a minute, for the time from the admission to the arrival
		long window = Duration.ofSeconds(50).toNanos();
		assertThat(this.arrivals).allSatisfy(
				(first) -> assertThat(this.arrivals.stream().filter((time) -> time >= first && time < first + window))
					.hasSizeLessThanOrEqualTo(REQUESTS_PER_MINUTE));
	}

	private void startWorkers(int budget) throws IOException {
		for (int i = 0; i < 2; i++) {
			this.workers.add(ForkedJvm.start(NumbersApplication.class,
					this.folder.resolve("worker-%d-%d.log".formatted(budget, i)), (entry) -> true,
					List.of("-XX:+UseSerialGC"),
					arguments("--cometapi.gemini.batch.kafka.worker=true", "--spring.main.web-application-type=none",
							"--cometapi.gemini.batch.concurrency=4", "--cometapi.gemini.batch.chunk-size=2",
							"--cometapi.gemini.limits.store=redis", "--cometapi.gemini.limits.store-timeout=30s",
							"--cometapi.gemini.limits.on-store-failure=refuse",
							"--cometapi.gemini.limits.requests-per-minute=" + REQUESTS_PER_MINUTE,
							// A call costs its estimate, since the endpoint does not
							// report its usage
							PRICE + "input=0", PRICE + "output=1000000",
							"--cometapi.gemini.budget.estimated-output-tokens=1",
							"--cometapi.gemini.budget.store=redis", "--cometapi.gemini.budget.store-timeout=30s",
							"--cometapi.gemini.budgets.jobs.per=job", "--cometapi.gemini.budgets.jobs.period=month",
							"--cometapi.gemini.budgets.jobs.limit=" + budget)));
		}
	}

	private void stopWorkers() throws InterruptedException {
		this.workers.forEach(Process::destroy);
		for (Process worker : this.workers) {
			assertThat(worker.waitFor(2, TimeUnit.MINUTES)).isTrue();
		}
		this.workers.clear();
	}

	private String[] arguments(String... arguments) {
		return Stream.concat(Stream.of("--spring.main.banner-mode=off", "--spring.batch.job.enabled=false",
				"--spring.datasource.url=jdbc:h2:tcp://localhost:%d/mem:jobs;DB_CLOSE_DELAY=-1"
					.formatted(this.database.getPort()),
				"--spring.datasource.username=sa", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.port=" + this.redis.port(),
				"--spring.kafka.bootstrap-servers=" + this.broker.getBrokersAsString(),
				"--cometapi.gemini.api-key=sk-test", "--cometapi.gemini.base-url=" + this.server.url(),
				"--numbers.folder=" + this.folder), Stream.of(arguments))
			.toArray(String[]::new);
	}

	private static JobExecution start(ConfigurableApplicationContext context) {
		try {
			return context.getBean(JobOperator.class).start(context.getBean(Job.class), new JobParameters());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JsonNode progress(ConfigurableApplicationContext context) {
		try {
			URI uri = URI.create("http://localhost:%s/actuator/geminibatch"
				.formatted(context.getEnvironment().getProperty("local.server.port")));
			String body = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
				.body();
			return GeminiServer.tree(body).at("/numbers/0");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Integer> items() throws IOException {
		List<Integer> items = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.filter((path) -> path.getFileName().toString().startsWith("out-")).toList()) {
				for (String line : Files.readAllLines(file)) {
					items.add(GeminiServer.tree(line).get("item").asInt());
				}
			}
		}
		return items;
	}

}
