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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.cometapi.gemini.prompt.PromptSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.support.ListItemWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a writer that fails for every chunk, so that its results are written one by
 * one, and for a database that goes away meanwhile.
 */
class ChunkScanTests {

	private static final int CHUNK = 4;

	private final ItemServer server = new ItemServer();

	private final TestJobs jobs = TestJobs.inMemory();

	private final ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();

	private final AtomicInteger writesLeft = new AtomicInteger();

	@BeforeAll
	static void assumeThatScanSavesItsPosition() {
		TestJobs.assumeThatScanSavesItsPosition();
	}

	@AfterEach
	void close() {
		this.jobs.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void restartSendsOnlyTheItemsThatWereNotWritten(boolean ordered) throws Exception {
		List<Sinks.Empty<Void>> ended = IntStream.range(0, CHUNK + 1).mapToObj((i) -> Sinks.<Void>empty()).toList();
		ended.get(CHUNK).tryEmitEmpty();
		GeminiItemPrompt<String, String> lastItemFirst = (prompt, item) -> send(prompt, item)
			.delayUntil((output) -> ended.get(index(item) + 1).asMono().timeout(Duration.ofSeconds(30)))
			.doFinally((signal) -> ended.get(index(item)).tryEmitEmpty());
		JobExecution failed = run(2, step(new TestReader(CHUNK), lastItemFirst, ordered));
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyElementsOf(ordered ? List.of("item 0", "item 1") : List.of("item 3", "item 2"));

		assertThat(run(CHUNK, step(new TestReader(CHUNK), ChunkScanTests::send, ordered)).getStatus())
			.isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrder("item 0", "item 1", "item 2", "item 3");
		assertThat(this.server.callCount()).isEqualTo(CHUNK + 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5 })
	void restartsKeepEveryItemAndTheTotals(int writes) throws Exception {
		JobExecution execution;
		do {
			execution = run(writes, step(new TestReader(10), ChunkScanTests::send, false));
			GeminiItemTotals totals = GeminiItemTotals.of(stepExecution(execution));
			assertThat(totals.succeeded()).isEqualTo(this.written.getWrittenItems().size());
			assertThat(totals.inputTokens()).isEqualTo(10 * totals.succeeded());
		}
		while (execution.getStatus() != BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(10));
		assertThat(stepExecution(execution).getExecutionContext().containsKey("gemini.chunkScan")).isFalse();
	}

	@Test
	void skippedResultIsDone() throws Exception {
		Step step = step(new TestReader(CHUNK),
				(prompt, item) -> item.equals("item 1") ? Mono.empty() : send(prompt, item), true);
		assertThat(run(2, step).getStatus()).isEqualTo(BatchStatus.FAILED);
		JobExecution completed = run(CHUNK, step);
		assertThat(completed.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactly("item 0", "item 2", "item 3");
		assertThat(GeminiItemTotals.of(stepExecution(completed)).succeeded()).isEqualTo(CHUNK);
		assertThat(this.server.calls()).containsEntry("item 0", 1).containsEntry("item 2", 1);
	}

	@Test
	void restartOfAReaderThatSavesNoPositionBeginsAgain() throws Exception {
		TestReader reader = new TestReader(CHUNK);
		reader.setSaveState(false);
		Step step = step(reader, ChunkScanTests::send, true);
		assertThat(run(2, step).getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(run(CHUNK, step).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactly("item 0", "item 1", "item 0", "item 1", "item 2", "item 3");
	}

	private JobExecution run(int writes, Step step) throws Exception {
		this.writesLeft.set(writes);
		return this.jobs.run(step);
	}

	private Step step(TestReader reader, GeminiItemPrompt<String, String> prompt, boolean ordered) {
		GeminiBatch batch = GeminiBatch
			.builder(this.server.server.template(), this.jobs.repository(), this.jobs.transactionManager())
			.settings(GeminiBatchSettings.DEFAULTS.withConcurrency(8).withChunkSize(CHUNK).withOrdered(ordered))
			.build();
		return batch.<String, String>step("prompts")
			.reader((range) -> reader)
			.prompt(prompt)
			.writer((range) -> this::write)
			.step((step) -> step.faultTolerant().skip(IllegalStateException.class).skipLimit(10))
			.build();
	}

	// A result without an output is also refused when it is written alone.
	private void write(Chunk<? extends GeminiItemResult<String, String>> chunk) throws Exception {
		if (chunk.size() > 1 || chunk.getItems().get(0).output() == null) {
			throw new IllegalStateException("A constraint is violated");
		}
		if (this.writesLeft.getAndDecrement() == 0) {
			throw new IllegalArgumentException("The database is gone");
		}
		this.written.write(chunk);
	}

	private static Mono<String> send(PromptSpec prompt, String item) {
		return prompt.user(item).textAsync();
	}

	private static int index(String item) {
		return Integer.parseInt(item.substring("item ".length()));
	}

	private static StepExecution stepExecution(JobExecution execution) {
		return execution.getStepExecutions().iterator().next();
	}

	private static List<String> items(int count) {
		return IntStream.range(0, count).mapToObj((index) -> "item " + index).toList();
	}

}
