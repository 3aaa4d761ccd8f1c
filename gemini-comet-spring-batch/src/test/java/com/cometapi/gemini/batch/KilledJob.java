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

import java.net.URI;
import java.nio.file.Path;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.core.io.FileSystemResource;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Process that runs a partitioned job from a file to files, or continues it.
 */
public final class KilledJob {

	static final int CONCURRENCY = 8;

	static final int CHUNK_SIZE = 5;

	static final int PARTITIONS = 2;

	private KilledJob() {
	}

	public static void main(String[] args) throws Exception {
		boolean isOrdered = Boolean.parseBoolean(args[3]);
		try (TestJobs jobs = new TestJobs(args[0], false)) {
			new GeminiJobRecovery(jobs.repository(), jobs.operator()).recover("killed");
			GeminiTemplate gemini = new GeminiTemplate(
					GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
							GeminiClientSettings.builder("sk-test").baseUrl(URI.create(args[1])).build()),
					GeminiDefaults.of("gemini-3.5-flash"));
			GeminiBatch batch = GeminiBatch.builder(gemini, jobs.repository(), jobs.transactionManager())
				.settings(GeminiBatchSettings.DEFAULTS.withConcurrency(CONCURRENCY)
					.withChunkSize(CHUNK_SIZE)
					.withOrdered(isOrdered))
				.build();
			System.out.println(jobs.run(job(batch, Path.of(args[2]))).getStatus());
		}
	}

	private static Job job(GeminiBatch batch, Path folder) {
		JsonLines jsonLines = new JsonLines(JsonMapper.builder().build());
		FileSystemResource input = new FileSystemResource(folder.resolve("in.jsonl"));
		Step step = batch.<String, String>step("prompts")
			.reader((range) -> jsonLines.reader("in", input, String.class)
				.currentItemCount(range.first())
				.maxItemCount(range.end())
				.build())
			.prompt((prompt, item) -> prompt.user(item).textAsync())
			.writer((range) -> jsonLines
				.<GeminiItemResult<String, String>>writer("out",
						new FileSystemResource(folder.resolve("out-%d.jsonl".formatted(range.first()))))
				.build())
			.failureWriter((range) -> jsonLines
				.<GeminiItemResult<String, String>>writer("failures",
						new FileSystemResource(folder.resolve("failures-%d.jsonl".formatted(range.first()))))
				.build())
			.build();
		return batch.partitionedJob("killed", step,
				ItemRangePartitioner.counting(() -> jsonLines.reader("in", input, String.class).build()), PARTITIONS);
	}

}
