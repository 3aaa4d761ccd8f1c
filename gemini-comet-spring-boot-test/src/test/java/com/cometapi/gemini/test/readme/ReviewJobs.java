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

import java.util.concurrent.CompletableFuture;

import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiFutureWriter;
import com.cometapi.gemini.batch.GeminiItemReader;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.batch.ItemRange;
import com.cometapi.gemini.batch.ItemRangePartitioner;
import com.cometapi.gemini.batch.JsonLines;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.FileSystemResource;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The examples of the page on batch jobs.
 */
final class ReviewJobs {

	private ReviewJobs() {
	}

	static Step ownStep(GeminiBatch batch, JobRepository jobRepository, PlatformTransactionManager transactionManager,
			ItemStreamReader<Review> reviews, ItemWriter<GeminiItemResult<Review, Rating>> writer) {
		GeminiItemReader<Review, Rating> ratings = batch.reader(reviews,
				(prompt, review) -> prompt.user(review.text()).entityAsync(Rating.class));
		return new StepBuilder("ratings", jobRepository)
			.<GeminiItemResult<Review, Rating>, GeminiItemResult<Review, Rating>>chunk(20)
			.transactionManager(transactionManager)
			.reader(ratings)
			.writer(writer)
			.build();
	}

	static Step processorStep(GeminiBatch batch, JobRepository jobRepository,
			PlatformTransactionManager transactionManager, ItemReader<Review> queue,
			ItemWriter<GeminiItemResult<Review, Rating>> writer) {
		return new StepBuilder("ratings", jobRepository)
			.<Review, CompletableFuture<GeminiItemResult<Review, Rating>>>chunk(20)
			.transactionManager(transactionManager)
			.reader(queue)
			.processor(batch.processor((prompt, review) -> prompt.user(review.text()).entityAsync(Rating.class)))
			.writer(new GeminiFutureWriter<>(writer))
			.build();
	}

	record Review(long id, String text) {

	}

	record Rating(int stars, String topic) {

	}

	// Imported, and not found by scanning: the applications of other tests run no job
	static class ReviewJobConfiguration {

		@Bean
		Step reviewWorker(GeminiBatch batch, JsonLines jsonLines) {
			return batch.<Review, Rating>step("review-worker")
				.reader((range) -> reviews(jsonLines, range))
				.prompt((prompt,
						review) -> prompt.system("Rate the review.").user(review.text()).entityAsync(Rating.class))
				.writer((range) -> results(jsonLines, "ratings", range))
				.failureWriter((range) -> results(jsonLines, "failures", range))
				.build();
		}

		@Bean
		Job reviewJob(GeminiBatch batch, JsonLines jsonLines, Step reviewWorker) {
			return batch.partitionedJob("reviews", reviewWorker,
					ItemRangePartitioner.counting(() -> reviews(jsonLines, ItemRange.ALL)), 4);
		}

		private static FlatFileItemReader<Review> reviews(JsonLines jsonLines, ItemRange range) {
			return jsonLines.reader("reviews", new FileSystemResource("target/reviews.jsonl"), Review.class)
				.currentItemCount(range.first())
				.maxItemCount(range.end())
				.build();
		}

		private static FlatFileItemWriter<GeminiItemResult<Review, Rating>> results(JsonLines jsonLines, String name,
				ItemRange range) {
			String file = "target/%s-%07d.jsonl".formatted(name, range.first());
			return jsonLines.<GeminiItemResult<Review, Rating>>writer(name, new FileSystemResource(file)).build();
		}

	}

}
