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

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.CompositeItemProcessor;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.item.support.ListItemWriter;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiItemProcessorTests {

	private static final int CHUNK = 5;

	private final ItemServer server = new ItemServer();

	private final TestJobs jobs = TestJobs.inMemory();

	private final ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();

	private final Queue<Long> listened = new ConcurrentLinkedQueue<>();

	private boolean isDatabaseGone;

	@AfterEach
	void close() {
		this.jobs.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void skippedWriteDoesNotSendItemsAgain(boolean concurrent) throws Exception {
		ChunkOrientedStepBuilder<String, CompletableFuture<GeminiItemResult<String, String>>> step = skippingStep(
				new TestReader(12));
		if (concurrent) {
			step.taskExecutor(new SimpleAsyncTaskExecutor());
		}
		assertThat(this.jobs.run(step.build()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrder("item 0", "item 1", "item 3", "item 4", "item 5", "item 6", "item 7", "item 8",
					"item 9", "item 10", "item 11");
		assertThat(this.server.callCount()).isEqualTo(12);
		assertThat(this.listened).containsExactlyInAnyOrderElementsOf(LongStream.range(0, 12).boxed().toList());
	}

	@Test
	void equalItemsOfAChunkHaveOneResultEach() throws Exception {
		ItemReader<String> reader = new ListItemReader<>(List.of("item 1", "item 1", "item 2", "item 1"));
		assertThat(this.jobs.run(skippingStep(reader).build()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::index).containsExactly(0L, 1L, 3L);
		assertThat(this.server.calls()).containsEntry("item 1", 3).containsEntry("item 2", 1);
	}

	@Test
	void equalItemOfALaterChunkIsSent() throws Exception {
		ItemReader<String> reader = new ListItemReader<>(
				List.of("item 1", "item 2", "item 3", "item 4", "item 5", "item 1"));
		assertThat(this.jobs.run(skippingStep(reader).build()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::index)
			.containsExactly(0L, 2L, 3L, 4L, 5L);
		assertThat(this.server.calls()).containsEntry("item 1", 2);
	}

	@Test
	void itemThatAnotherProcessorCreatesAnewIsNotSentAgain() throws Exception {
		GeminiItemProcessor<String, String> processor = processor();
		ChunkOrientedStepBuilder<String, CompletableFuture<GeminiItemResult<String, String>>> step = skippingStep(
				new ListItemReader<>(List.of("1", "2", "3")))
			.processor(new CompositeItemProcessor<>((number) -> "item " + number, processor))
			.stream(processor);
		assertThat(this.jobs.run(step.build()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::index).containsExactly(0L, 2L);
		assertThat(this.server.callCount()).isEqualTo(3);
	}

	@Test
	void restartAfterSomeWritesContinuesWithTheNextIndex() throws Exception {
		TestJobs.assumeThatScanSavesItsPosition();
		this.isDatabaseGone = true;
		JobExecution failed = this.jobs.run(skippingStep(new TestReader(6)).build());
		assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactly("item 0", "item 1");

		this.isDatabaseGone = false;
		assertThat(this.jobs.run(skippingStep(new TestReader(6)).build()).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems())
			.allSatisfy((result) -> assertThat(result.item()).isEqualTo("item " + result.index()))
			.extracting(GeminiItemResult::index)
			.containsExactly(0L, 1L, 3L, 4L, 5L);
	}

	@Test
	void itemsOfSeveralThreadsHaveDifferentIndexes() throws Exception {
		GeminiItemProcessor<String, String> processor = batch().processor((prompt, item) -> Mono.just(item));
		assertThat(this.jobs
			.run(step(2000, new TestReader(20000), processor, this.written).taskExecutor(new SimpleAsyncTaskExecutor())
				.build())
			.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::index)
			.containsExactlyInAnyOrderElementsOf(LongStream.range(0, 20000).boxed().toList());
	}

	/**
	 * Create a step whose writer skips "item 2".
	 */
	private ChunkOrientedStepBuilder<String, CompletableFuture<GeminiItemResult<String, String>>> skippingStep(
			ItemReader<String> reader) {
		ItemWriter<GeminiItemResult<String, String>> writer = (chunk) -> {
			if (this.isDatabaseGone && this.written.getWrittenItems().size() == 2) {
				throw new IllegalArgumentException("The database is gone");
			}
			if (chunk.getItems().stream().anyMatch((result) -> result.item().equals("item 2"))) {
				throw new IllegalStateException("A constraint is violated");
			}
			this.written.write(chunk);
		};
		return step(CHUNK, reader, processor(), writer).faultTolerant().skip(IllegalStateException.class).skipLimit(3);
	}

	private ChunkOrientedStepBuilder<String, CompletableFuture<GeminiItemResult<String, String>>> step(int chunkSize,
			ItemReader<String> reader, GeminiItemProcessor<String, String> processor,
			ItemWriter<GeminiItemResult<String, String>> writer) {
		return new StepBuilder("prompts", this.jobs.repository())
			.<String, CompletableFuture<GeminiItemResult<String, String>>>chunk(chunkSize)
			.transactionManager(this.jobs.transactionManager())
			.reader(reader)
			.processor(processor)
			.writer(new GeminiFutureWriter<>(writer));
	}

	private GeminiItemProcessor<String, String> processor() {
		return batch().processor((prompt, item) -> prompt.user(item).textAsync());
	}

	private GeminiBatch batch() {
		return GeminiBatch
			.builder(this.server.server.template(), this.jobs.repository(), this.jobs.transactionManager())
			.itemListener((job, result) -> this.listened.add(result.index()))
			.build();
	}

}
