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
import java.util.stream.IntStream;

import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.support.ListItemWriter;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiItemReaderTests {

	private final GeminiServer server = GeminiServer.echoing();

	private final TestJobs jobs = TestJobs.inMemory();

	private final ListItemWriter<GeminiItemResult<String, String>> written = new ListItemWriter<>();

	@AfterEach
	void close() {
		this.jobs.close();
		this.server.close();
	}

	@Test
	void everyItemHasOneResult() throws Exception {
		JobExecution execution = this.jobs.run(step(200, GeminiBatchSettings.DEFAULTS));
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyInAnyOrderElementsOf(items(200));
		assertThat(this.written.getWrittenItems())
			.allSatisfy((result) -> assertThat(result.output()).isEqualTo("re: " + result.item()));
		assertThat(this.server.requestCount()).isEqualTo(200);
		assertThat(GeminiItemTotals.of(stepExecution(execution)).succeeded()).isEqualTo(200);
	}

	@Test
	void orderedResultsHaveTheOrderOfTheItems() throws Exception {
		this.jobs.run(step(100, GeminiBatchSettings.DEFAULTS.withOrdered(true)));
		assertThat(this.written.getWrittenItems()).extracting(GeminiItemResult::item)
			.containsExactlyElementsOf(items(100));
	}

	@Test
	void failureIsTheResultOfItsItem() throws Exception {
		this.server.respond((request) -> (request.getBody().utf8().contains("item 7\""))
				? new MockResponse.Builder().code(400).body("{\"error\": {\"message\": \"Too odd\"}}").build()
				: new MockResponse.Builder().setHeader("Content-Type", "application/json")
					.body(GeminiServer.textResponse("fine", "STOP"))
					.build());
		JobExecution execution = this.jobs.run(step(20, GeminiBatchSettings.DEFAULTS));
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
	}

	private Step step(int items, GeminiBatchSettings settings) {
		return this.jobs.step(10, new GeminiItemReader<>(new TestReader(items), this.server.template(),
				GeminiItemReaderTests::send, settings), this.written);
	}

	private static Mono<String> send(PromptSpec prompt, String item) {
		return prompt.user(item).textAsync();
	}

	private static StepExecution stepExecution(JobExecution execution) {
		return execution.getStepExecutions().iterator().next();
	}

	private static List<String> items(int count) {
		return IntStream.range(0, count).mapToObj((index) -> "item " + index).toList();
	}

}
