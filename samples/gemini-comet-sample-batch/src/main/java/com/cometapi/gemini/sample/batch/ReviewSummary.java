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

package com.cometapi.gemini.sample.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.batch.GeminiItemTotals;
import com.cometapi.gemini.batch.GeminiJobProgress;
import com.cometapi.gemini.batch.GeminiStepFailedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;

/**
 * Prints a summary of the files that the job has written, even if it was interrupted.
 */
@Component
class ReviewSummary {

	private final ReviewProperties properties;

	private final JobRepository jobRepository;

	private final JsonMapper mapper;

	ReviewSummary(ReviewProperties properties, JobRepository jobRepository, JsonMapper mapper) {
		this.properties = properties;
		this.jobRepository = jobRepository;
		this.mapper = mapper;
	}

	void print(JobExecution execution) throws IOException {
		List<JsonNode> classified = read(this.properties.classified());
		System.out.println();
		print("Sentiment", classified, (result) -> result.at("/output/sentiment").asString());
		print("Topic", classified, (result) -> result.at("/output/topic").asString());
		print("Language", classified, (result) -> result.at("/output/language").asString());
		long replies = classified.stream().filter((result) -> result.at("/output/needsReply").asBoolean()).count();
		System.out.printf("%-10s %d reviews%n", "To reply", replies);
		for (JsonNode failed : read(this.properties.failed())) {
			System.out.printf("%-10s review %s, %s: %s%n", "Set aside", failed.at("/item/id").asString(),
					failed.at("/failure/code").asString(), failed.at("/failure/message").asString());
		}
		GeminiJobProgress progress = GeminiJobProgress.find(this.jobRepository, execution.getJobInstance());
		if (progress != null) {
			GeminiItemTotals totals = progress.totals();
			System.out.printf("%-10s %.4f USD for %,d input and %,d output tokens%n", "Cost", totals.cost(),
					totals.inputTokens(), totals.outputTokens());
		}
		if (execution.getStatus() != BatchStatus.COMPLETED) {
			System.out.printf("%-10s %s: %s%n", "Not done", execution.getStatus(), reason(execution));
		}
		System.out.printf("%-10s %s%n", "Results", this.properties.output().toAbsolutePath());
	}

	private static String reason(JobExecution execution) {
		return execution.getAllFailureExceptions()
			.stream()
			.filter(GeminiStepFailedException.class::isInstance)
			.findFirst()
			.map(Throwable::getMessage)
			.orElse("see the log");
	}

	private List<JsonNode> read(Path file) throws IOException {
		// A job that failed at once has written no file
		if (Files.notExists(file)) {
			return List.of();
		}
		try (Stream<String> lines = Files.lines(file)) {
			return lines.map(this.mapper::readTree).toList();
		}
	}

	private static void print(String title, List<JsonNode> results, Function<JsonNode, String> value) {
		Map<String, Long> counts = results.stream()
			.collect(Collectors.groupingBy(value, LinkedHashMap::new, Collectors.counting()));
		System.out.printf("%-10s %s%n", title,
				counts.entrySet()
					.stream()
					.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
					.map((count) -> count.getValue() + " " + count.getKey().toLowerCase(Locale.ROOT))
					.collect(Collectors.joining(", ")));
	}

}
