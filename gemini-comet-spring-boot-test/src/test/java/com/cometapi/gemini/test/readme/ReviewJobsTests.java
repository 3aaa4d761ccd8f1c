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

package com.cometapi.gemini.test.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import com.cometapi.gemini.test.readme.ReviewJobs.Rating;
import com.cometapi.gemini.test.readme.ReviewJobs.Review;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;
import org.springframework.batch.infrastructure.item.support.ListItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of the page on batch jobs.
 */
@SpringBootTest(properties = "spring.batch.job.enabled=false")
@AutoConfigureGeminiSimulator
@Import(ReviewJobs.ReviewJobConfiguration.class)
class ReviewJobsTests {

	@Autowired
	private GeminiBatch batch;

	@Autowired
	private JobOperator jobOperator;

	@Autowired
	private JobRepository jobRepository;

	@Autowired
	private Job reviewJob;

	@BeforeEach
	void writeReviews() throws IOException {
		for (Path file : outputs()) {
			Files.delete(file);
		}
		Files.write(Path.of("target", "reviews.jsonl"), List.of("{\"id\":1,\"text\":\"Fine\"}",
				"{\"id\":2,\"text\":\"Slow\"}", "{\"id\":3,\"text\":\"Good\"}"));
	}

	@Test
	void reviewsAreRated() throws Exception {
		assertThat(this.jobOperator.start(this.reviewJob, new JobParameters()).getStatus())
			.isEqualTo(BatchStatus.COMPLETED);
		assertThat(outputs()).hasSize(3)
			.allSatisfy((file) -> assertThat(Files.readString(file)).contains("\"output\":{\"stars\":"));
	}

	@Test
	void stepOfTheApplicationReads() throws Exception {
		ListItemWriter<GeminiItemResult<Review, Rating>> written = new ListItemWriter<>();
		run(ReviewJobs.ownStep(this.batch, this.jobRepository, new ResourcelessTransactionManager(),
				new Reviews(List.of(new Review(1, "Fine"), new Review(2, "Slow"))), written));
		assertThat(written.getWrittenItems()).hasSize(2).noneMatch(GeminiItemResult::hasFailed);
	}

	@Test
	void stepOfTheApplicationProcesses() throws Exception {
		ListItemWriter<GeminiItemResult<Review, Rating>> written = new ListItemWriter<>();
		run(ReviewJobs.processorStep(this.batch, this.jobRepository, new ResourcelessTransactionManager(),
				new IteratorItemReader<>(List.of(new Review(1, "Fine"), new Review(2, "Slow"))), written));
		assertThat(written.getWrittenItems()).hasSize(2).noneMatch(GeminiItemResult::hasFailed);
	}

	private void run(Step step) throws Exception {
		Job job = new JobBuilder("own", this.jobRepository).start(step).build();
		JobParameters parameters = new JobParametersBuilder().addLong("run", System.nanoTime()).toJobParameters();
		assertThat(this.jobOperator.start(job, parameters).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	private static List<Path> outputs() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("(ratings|failures)-\\d+\\.jsonl"))
				.filter((file) -> file.toFile().length() > 0)
				.toList();
		}
	}

	/**
	 * Reads a list, in memory.
	 */
	private static final class Reviews extends IteratorItemReader<Review> implements ItemStreamReader<Review> {

		Reviews(List<Review> reviews) {
			super(reviews);
		}

	}

}
