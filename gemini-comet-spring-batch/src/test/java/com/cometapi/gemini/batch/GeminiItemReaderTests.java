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

package com.cometapi.gemini.batch;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import com.cometapi.gemini.error.GeminiLimitType;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.ListItemWriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GeminiItemReaderTests {

	private static final GeminiBatchSettings SETTINGS = GeminiBatchSettings.DEFAULTS.withConcurrency(8)
		.withMaxConsecutiveFailures(5);

	private static final int CHUNK = 10;

	private final ItemServer server = new ItemServer();

	private final TestJobs jobs = TestJobs.inMemory();

	private final ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();

	@AfterEach
	void close() {
		this.jobs.close();
		this.server.close();
	}

	@Test
	void everyItemHasOneResult() throws Exception {
		JobExecution execution = this.jobs.run(step(105, SETTINGS));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(105));
		assertThat(this.written.getWrittenItems())
			.allSatisfy((result) -> assertThat(result.output()).isEqualTo("re: " + result.item()))
			.allSatisfy((result) -> assertThat(result.item()).isEqualTo("item " + result.index()));
		assertThat(this.server.callCount()).isEqualTo(105);
		GeminiItemTotals totals = GeminiItemTotals.of(stepExecution(execution));
		assertThat(totals)
			.extracting(GeminiItemTotals::succeeded, GeminiItemTotals::failed, GeminiItemTotals::inputTokens,
					GeminiItemTotals::outputTokens)
			.containsExactly(105L, 0L, 1050L, 735L);
	}

	@Test
	void withoutItemsNoCallIsMade() throws Exception {
		assertThat(this.jobs.run(step(0, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).isEmpty();
		assertThat(this.server.callCount()).isZero();
	}

	@Test
	void concurrencyLimitsTheCallsInFlight() throws Exception {
		CountDownLatch all = new CountDownLatch(4);
		this.server.respond((item) -> {
			all.countDown();
			await(all);
			Mono.delay(Duration.ofMillis(20)).block();
			return ItemServer.response("fine");
		});
		this.jobs.run(step(40, SETTINGS.withConcurrency(4)));
		assertThat(this.server.maxActive()).isEqualTo(4);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void orderedResultsHaveTheOrderOfTheItems() throws Exception {
		this.server.respond((item) -> delayed(item, Duration.ofMillis(item.hashCode() & 31)));
		this.jobs.run(step(100, SETTINGS.withOrdered(true)));
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyElementsOf(items(100));
	}

	@Test
	void slowItemDoesNotDelayOthers() throws Exception {
		CompletableFuture<Void> othersWritten = new CompletableFuture<>();
		this.server.respond((item) -> {
			if (item.equals("item 0")) {
				othersWritten.orTimeout(30, TimeUnit.SECONDS).join();
			}
			return ItemServer.response("fine");
		});
		JobExecution execution = this.jobs.run(this.jobs.step(CHUNK, reader(100, SETTINGS), (chunk) -> {
			this.written.write(chunk);
			if (this.written.getWrittenItems().size() >= 90) {
				othersWritten.complete(null);
			}
		}));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).hasSize(100);
	}

	@Test
	void windowLimitsTheDistanceToASlowItem() throws Exception {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.server.respond((item) -> {
			if (item.equals("item 0")) {
				slow.orTimeout(30, TimeUnit.SECONDS).join();
			}
			return ItemServer.response("fine");
		});
		CompletableFuture<JobExecution> execution = CompletableFuture
			.supplyAsync(() -> run(step(100, SETTINGS.withWindow(20))));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.callCount() == 20);
		slow.complete(null);
		assertThat(execution.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).hasSize(100);
	}

	@Test
	void failureIsTheResultOfItsItem() throws Exception {
		this.server
			.respond((item) -> item.equals("item 7") ? ItemServer.error(400, "Too odd") : ItemServer.response("fine"));
		JobExecution execution = this.jobs.run(step(20, SETTINGS));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).hasSize(20)
			.filteredOn(GeminiItemResult::hasFailed)
			.singleElement()
			.satisfies((result) -> {
				assertThat(result.index()).isEqualTo(7);
				assertThat(result.item()).isEqualTo("item 7");
				assertThat(result.failure().code()).isEqualTo("invalid-request");
				assertThat(result.failure().message()).contains("Too odd");
			});
		assertThat(GeminiItemTotals.of(stepExecution(execution)).failed()).isOne();
	}

	@Test
	void itemWithoutAPromptFails() throws Exception {
		GeminiItemReader<String, String> reader = reader(new TestReader(3), this.server.server.template(),
				(prompt, item) -> {
					if (item.equals("item 1")) {
						throw new IllegalStateException("No prompt for this");
					}
					return send(prompt, item);
				}, SETTINGS);
		this.jobs.run(this.jobs.step(CHUNK, reader, this.written));
		assertThat(this.written.getWrittenItems()).hasSize(3)
			.filteredOn(GeminiItemResult::hasFailed)
			.singleElement()
			.satisfies((result) -> assertThat(result.failure())
				.isEqualTo(new GeminiItemResult.Failure("internal", "No prompt for this")));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void restartContinuesAfterTheLastChunk(boolean ordered) throws Exception {
		GeminiBatchSettings settings = SETTINGS.withOrdered(ordered);
		this.server.respond((item) -> delayed(item, Duration.ofMillis(item.equals("item 3") ? 500 : 1)));
		AtomicInteger chunks = new AtomicInteger();
		ItemWriter<GeminiItemResult<String, String>> failing = (chunk) -> {
			if (chunks.incrementAndGet() % 4 == 0) {
				throw new IllegalStateException("The disk is full");
			}
			this.written.write(chunk);
		};
		int executions = 1;
		while (this.jobs.run(this.jobs.step(CHUNK, reader(150, settings), failing))
			.getStatus() != BatchStatus.COMPLETED) {
			executions++;
		}
		assertThat(executions).isGreaterThan(3);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(150));
		int repeated = (ordered ? settings.effectiveWindow() : settings.concurrency()) + CHUNK;
		assertThat(this.server.callCount()).isLessThanOrEqualTo(150 + (executions - 1) * repeated);
	}

	@Test
	void restartDoesNotRepeatTheResultsAfterASlowItem() throws Exception {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.server.respond((item) -> {
			if (item.equals("item 0")) {
				slow.orTimeout(30, TimeUnit.SECONDS).join();
			}
			return ItemServer.response("fine");
		});
		JobExecution stopped = this.jobs.run(this.jobs.step(CHUNK, reader(100, SETTINGS), (chunk) -> {
			if (this.written.getWrittenItems().size() >= 50) {
				throw new IllegalStateException("The disk is full");
			}
			this.written.write(chunk);
		}));
		assertThat(stopped.getStatus()).isEqualTo(BatchStatus.FAILED);
		slow.complete(null);
		assertThat(this.jobs.run(step(100, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(100));
		assertThat(this.server.callCount()).isLessThanOrEqualTo(100 + SETTINGS.concurrency() + CHUNK);
	}

	@Test
	void secondRestartDoesNotRepeatTheResultsOfTheFirstRun() throws Exception {
		CompletableFuture<Void> slow = new CompletableFuture<>();
		this.server.respond((item) -> {
			if (item.length() == "item 0".length()) {
				slow.orTimeout(30, TimeUnit.SECONDS).join();
			}
			return ItemServer.response("fine");
		});
		JobExecution first = this.jobs.run(this.jobs.step(CHUNK, reader(100, SETTINGS.withConcurrency(20)), (chunk) -> {
			if (this.written.getWrittenItems().size() >= 50) {
				throw new IllegalStateException("The disk is full");
			}
			this.written.write(chunk);
		}));
		assertThat(first.getStatus()).isEqualTo(BatchStatus.FAILED);
		slow.complete(null);
		this.server.respond((item) -> ItemServer.error(401, "Bad key"));
		assertThat(this.jobs.run(step(100, SETTINGS)).getStatus()).isEqualTo(BatchStatus.FAILED);
		this.server.respond((item) -> ItemServer.response("fine"));
		assertThat(this.jobs.run(step(100, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(100));
	}

	@Test
	void itemThatCannotBeReadFailsTheStepAndKeepsTheResults() throws Exception {
		AtomicBoolean isReadable = new AtomicBoolean();
		Supplier<Step> step = () -> this.jobs.step(CHUNK, reader(new TestReader(100, 47, isReadable::get),
				this.server.server.template(), GeminiItemReaderTests::send, SETTINGS), this.written);
		for (int i = 0; i < 2; i++) {
			JobExecution failed = this.jobs.run(step.get());
			assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(stepExecution(failed).getExitStatus().getExitDescription())
				.contains("Item 47 could not be read: No item 47");
			assertThat(this.written.getWrittenItems()).hasSize(47);
			assertThat(this.server.callCount()).isEqualTo(47);
		}
		isReadable.set(true);
		assertThat(this.jobs.run(step.get()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(100));
		assertThat(this.server.callCount()).isEqualTo(100);
	}

	@Test
	void orderedResultsBeforeAFailureThatFailsTheStepAreKept() throws Exception {
		Sinks.Empty<Void> failed = Sinks.empty();
		this.server
			.respond((item) -> item.equals("item 5") ? ItemServer.error(401, "Bad key") : ItemServer.response("fine"));
		GeminiItemReader<String, String> reader = reader(new TestReader(100), this.server.server.template(),
				(prompt, item) -> item.equals("item 5")
						? send(prompt, item).doFinally((signal) -> failed.tryEmitEmpty())
						: send(prompt, item).delayUntil((output) -> failed.asMono().timeout(Duration.ofSeconds(30))),
				SETTINGS.withOrdered(true));
		assertThat(this.jobs.run(this.jobs.step(CHUNK, reader, this.written)).getStatus())
			.isEqualTo(BatchStatus.FAILED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyElementsOf(items(5));
	}

	@Test
	void wrongKeyFailsTheStepAndKeepsTheResults() throws Exception {
		AtomicInteger count = new AtomicInteger();
		this.server.respond((item) -> (count.incrementAndGet() > 33) ? ItemServer.error(401, "Bad key")
				: ItemServer.response("fine"));
		JobExecution failed = this.jobs.run(step(100, SETTINGS));
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(stepExecution(failed).getExitStatus().getExitDescription()).contains("Bad key");
		assertThat(stepExecution(failed).getFailureExceptions()).singleElement()
			.isInstanceOf(GeminiStepFailedException.class);
		assertThat(this.written.getWrittenItems()).hasSize(33).noneMatch(GeminiItemResult::hasFailed);
		assertThat(this.server.callCount()).isLessThanOrEqualTo(33 + SETTINGS.concurrency());

		this.server.respond((item) -> ItemServer.response("fine"));
		assertThat(this.jobs.run(step(100, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(100));
	}

	@Test
	void failuresInARowFailTheStepAndNotTheItems() throws Exception {
		GeminiBatchSettings settings = SETTINGS.withOrdered(true);
		this.server.respond((item) -> (Integer.parseInt(item.substring(5)) >= 20) ? ItemServer.error(400, "Bad schema")
				: ItemServer.response("fine"));
		JobExecution failed = this.jobs.run(step(100, settings));
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(stepExecution(failed).getExitStatus().getExitDescription()).contains("5 items in a row",
				"invalid-request", "Bad schema");
		assertThat(this.written.getWrittenItems()).hasSize(20).noneMatch(GeminiItemResult::hasFailed);

		this.server.respond((item) -> ItemServer.response("fine"));
		assertThat(this.jobs.run(step(100, settings)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).hasSize(100).noneMatch(GeminiItemResult::hasFailed);
	}

	@Test
	void failuresAtTheEndAreResults() throws Exception {
		this.server.respond((item) -> (Integer.parseInt(item.substring(5)) >= 27) ? ItemServer.error(400, "Too odd")
				: ItemServer.response("fine"));
		assertThat(this.jobs.run(step(30, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).hasSize(30).filteredOn(GeminiItemResult::hasFailed).hasSize(3);
	}

	@Test
	void readerOutsideOfAStepThrowsTheFailure() {
		this.server.respond((item) -> ItemServer.error(401, "Bad key"));
		GeminiItemReader<String, String> reader = reader(3, SETTINGS);
		reader.open(new ExecutionContext());
		assertThatExceptionOfType(GeminiStepFailedException.class).isThrownBy(reader::read)
			.withMessageContaining("Bad key");
		reader.close();
	}

	@Test
	void stoppedJobStartsNoCallAndContinuesWhenRestarted() throws Exception {
		this.server.holdAfter(60);
		Job job = this.jobs.job(this.jobs.step(CHUNK, reader(300, SETTINGS), this.written));
		CompletableFuture<JobExecution> execution = CompletableFuture.supplyAsync(() -> run(job));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.server.callCount() == 60 + SETTINGS.concurrency());
		this.jobs.operator().stop(this.jobs.repository().findRunningJobExecutions(job.getName()).iterator().next());
		this.server.release();
		JobExecution stopped = execution.get(30, TimeUnit.SECONDS);
		assertThat(stopped.getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(this.written.getWrittenItems()).hasSizeBetween(60, 60 + CHUNK + SETTINGS.concurrency());

		assertThat(this.jobs.run(step(300, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(300));
		assertThat(this.server.callCount()).isLessThanOrEqualTo(300 + SETTINGS.concurrency());
	}

	@Test
	void stoppedBatchCancelsCallsThatTakeTooLong() throws Exception {
		AtomicInteger cancelled = new AtomicInteger();
		this.server.holdAfter(60);
		GeminiBatch batch = GeminiBatch
			.builder(
					this.server.server
						.template((exchange, next) -> next.exchange(exchange).doOnCancel(cancelled::incrementAndGet)),
					this.jobs.repository(), this.jobs.transactionManager())
			.build();
		Step step = this.jobs.step(CHUNK, batch.reader(new TestReader(300), GeminiItemReaderTests::send, SETTINGS),
				this.written);
		CompletableFuture<JobExecution> execution = CompletableFuture.supplyAsync(() -> run(step));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.server.callCount() == 60 + SETTINGS.concurrency());
		batch.stop(Duration.ofSeconds(3));
		assertThat(execution.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(cancelled).hasValue(SETTINGS.concurrency());
		assertThat(this.written.getWrittenItems()).hasSize(60);

		this.server.release();
		assertThat(this.jobs.run(step(300, SETTINGS)).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(300));
		assertThat(this.server.callCount()).isEqualTo(300 + SETTINGS.concurrency());
	}

	@ParameterizedTest
	@MethodSource
	void callWaitsUntilALimitAdmitsIt(Duration maxWait) throws Exception {
		AtomicInteger refusals = new AtomicInteger();
		GeminiItemReader<String, String> reader = reader(new TestReader(5),
				this.server.server.template((exchange, next) -> (refusals.incrementAndGet() <= 3)
						? Flux.error(refusal(Duration.ofMillis(1))) : next.exchange(exchange)),
				GeminiItemReaderTests::send, SETTINGS.withMaxWait(maxWait));
		this.jobs.run(this.jobs.step(CHUNK, reader, this.written));
		assertThat(this.written.getWrittenItems()).hasSize(5).noneMatch(GeminiItemResult::hasFailed);
		assertThat(refusals).hasValue(8);
	}

	static Stream<Duration> callWaitsUntilALimitAdmitsIt() {
		return Stream.of(SETTINGS.maxWait(), ChronoUnit.FOREVER.getDuration());
	}

	@Test
	void rateLimitBetweenTwoCallsOfAPromptRepeatsNoCall() throws Exception {
		AtomicInteger functionCalls = new AtomicInteger();
		GeminiFunctionCallback count = GeminiFunctionCallback.of("count", "Counts", Place.class,
				(place) -> functionCalls.incrementAndGet());
		try (GeminiServer server = GeminiServer.echoing()) {
			server.answerParts("{\"functionCall\": {\"name\": \"count\", \"args\": {\"name\": \"Paris\"}}}")
				.answerStatus(429);
			GeminiItemReader<String, String> reader = reader(new TestReader(1), server.template(),
					(prompt, item) -> prompt.user(item).functions(count).textAsync(), SETTINGS);
			this.jobs.run(this.jobs.step(CHUNK, reader, this.written));
			assertThat(server.requestCount()).isEqualTo(2);
		}
		assertThat(functionCalls).hasValue(1);
		assertThat(this.written.getWrittenItems()).singleElement()
			.satisfies((result) -> assertThat(result.failure().code()).isEqualTo("rate-limit"));
	}

	@Test
	void callThatIsNotAdmittedInTimeFailsTheStep() throws Exception {
		GeminiItemReader<String, String> reader = reader(new TestReader(5),
				this.server.server.template((exchange, next) -> Flux.error(refusal(Duration.ofHours(1)))),
				GeminiItemReaderTests::send, SETTINGS);
		JobExecution failed = this.jobs.run(this.jobs.step(CHUNK, reader, this.written));
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(stepExecution(failed).getExitStatus().getExitDescription()).contains("not admitted within 600 s");
	}

	private static GeminiLimitExceededException refusal(Duration retryAfter) {
		return new GeminiLimitExceededException("Full", GeminiLimitType.REQUESTS_PER_MINUTE, Duration.ZERO, retryAfter);
	}

	private JobExecution run(Step step) {
		return run(this.jobs.job(step));
	}

	private JobExecution run(Job job) {
		try {
			return this.jobs.run(job);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Step step(int items, GeminiBatchSettings settings) {
		return this.jobs.step(CHUNK, reader(items, settings), this.written);
	}

	private GeminiItemReader<String, String> reader(int items, GeminiBatchSettings settings) {
		return reader(new TestReader(items), this.server.server.template(), GeminiItemReaderTests::send, settings);
	}

	private GeminiItemReader<String, String> reader(TestReader reader, GeminiTemplate gemini,
			GeminiItemPrompt<String, String> prompt, GeminiBatchSettings settings) {
		return GeminiBatch.builder(gemini, this.jobs.repository(), this.jobs.transactionManager())
			.build()
			.reader(reader, prompt, settings);
	}

	private static Mono<String> send(PromptSpec prompt, String item) {
		return prompt.user(item).textAsync();
	}

	private static MockResponse delayed(String item, Duration delay) {
		return ItemServer.response("re: " + item)
			.newBuilder()
			.headersDelay(delay.toMillis(), TimeUnit.MILLISECONDS)
			.build();
	}

	private static StepExecution stepExecution(JobExecution execution) {
		return execution.getStepExecutions().iterator().next();
	}

	private static List<String> items(int count) {
		return IntStream.range(0, count).mapToObj((index) -> "item " + index).toList();
	}

	record Place(String name) {

	}

}
