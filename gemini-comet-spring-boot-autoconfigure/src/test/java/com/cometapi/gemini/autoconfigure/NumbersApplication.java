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

import java.nio.file.Path;

import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.batch.ItemRange;
import com.cometapi.gemini.batch.ItemRangePartitioner;
import com.cometapi.gemini.batch.JsonLines;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;

/**
 * An application with a partitioned job. Its properties make it a manager or a worker.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NumbersApplication {

	static final int NUMBERS = 60;

	static final int PARTITIONS = 6;

	@Bean
	Step worker(GeminiBatch batch, JsonLines jsonLines, @Value("${numbers.folder}") Path folder) {
		return batch.<Integer, String>step("worker")
			.reader(Numbers::new)
			.prompt((prompt, number) -> prompt.user("Number " + number).textAsync())
			.writer((range) -> jsonLines
				.<GeminiItemResult<Integer, String>>writer("out",
						new FileSystemResource(folder.resolve("out-%d.jsonl".formatted(range.first()))))
				.build())
			.build();
	}

	@Bean
	Job numbers(GeminiBatch batch, Step worker) {
		return batch.partitionedJob("numbers", worker, new ItemRangePartitioner(() -> NUMBERS), PARTITIONS);
	}

	static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(NumbersApplication.class).run(arguments);
	}

	public static void main(String[] arguments) {
		start(arguments);
	}

	private static final class Numbers extends AbstractItemCountingItemStreamItemReader<Integer> {

		private int next;

		Numbers(ItemRange range) {
			setName("numbers");
			setCurrentItemCount(range.first());
			setMaxItemCount(range.end());
		}

		@Override
		protected Integer doRead() {
			return this.next++;
		}

		@Override
		protected void jumpToItem(int index) {
			this.next = index;
		}

		@Override
		protected void doOpen() {
		}

		@Override
		protected void doClose() {
		}

	}

}
