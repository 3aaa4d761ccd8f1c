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

import java.nio.file.Path;

import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.batch.ItemRange;
import com.cometapi.gemini.batch.ItemRangePartitioner;
import com.cometapi.gemini.batch.JsonLines;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * The job: reads reviews, has them classified, and writes the results as JSON Lines.
 * Reviews that failed are written to a file of their own.
 */
@Configuration(proxyBeanMethods = false)
class ReviewJobConfiguration {

	private static final String INSTRUCTIONS = "Classify the customer review. Judge by its text; the stars count only "
			+ "if the text leaves it open.";

	@Bean
	Step classify(GeminiBatch batch, JsonLines jsonLines, ReviewProperties properties) {
		return batch.<Review, Classification>step("classify")
			.reader((range) -> reviews(properties.input(), range))
			.prompt((prompt,
					review) -> prompt.system(INSTRUCTIONS).user(review.toPrompt()).entityAsync(Classification.class))
			.writer((range) -> results("classified", properties.classified(), jsonLines))
			.failureWriter((range) -> results("failed", properties.failed(), jsonLines))
			.build();
	}

	// One partition, so that there is one file of each kind. The partitioner counts the
	// reviews, which the progress bar needs.
	@Bean
	Job reviews(GeminiBatch batch, Step classify, ReviewProperties properties) {
		return batch.partitionedJob("reviews", classify,
				ItemRangePartitioner.counting(() -> reviews(properties.input(), ItemRange.ALL)), 1);
	}

	private static FlatFileItemWriter<GeminiItemResult<Review, Classification>> results(String name, Path file,
			JsonLines jsonLines) {
		return jsonLines.<GeminiItemResult<Review, Classification>>writer(name, new FileSystemResource(file)).build();
	}

	static FlatFileItemReader<Review> reviews(Resource file, ItemRange range) {
		return new FlatFileItemReaderBuilder<Review>().name("reviews")
			.resource(file)
			.encoding("UTF-8")
			.linesToSkip(1)
			.delimited()
			.names("id", "product", "stars", "text")
			.targetType(Review.class)
			.currentItemCount(range.first())
			.maxItemCount(range.end())
			.build();
	}

}
