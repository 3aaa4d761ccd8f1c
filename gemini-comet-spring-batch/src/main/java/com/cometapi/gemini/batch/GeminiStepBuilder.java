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

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.util.Assert;

/**
 * Builds a step that sends a prompt for each item. The step creates new readers and
 * writers for each execution, so that partitions may run at the same time.
 * <pre class="code">
 * batch.&lt;Review, Rating&gt;step("reviews")
 *     .reader((range) -&gt; jsonLines.reader("in", input, Review.class)
 *         .currentItemCount(range.first())
 *         .maxItemCount(range.end())
 *         .build())
 *     .prompt((prompt, review) -&gt; prompt.user(review.text()).entityAsync(Rating.class))
 *     .writer((range) -&gt; jsonLines.writer("out", output).build())
 *     .build();
 * </pre>
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
public final class GeminiStepBuilder<I, O> {

	private final GeminiBatch batch;

	private final String name;

	private GeminiBatchSettings settings;

	private @Nullable Function<ItemRange, ? extends ItemStreamReader<? extends I>> reader;

	private @Nullable GeminiItemPrompt<? super I, ? extends O> prompt;

	private @Nullable Function<ItemRange, ? extends ItemWriter<? super GeminiItemResult<I, O>>> writer;

	private @Nullable Function<ItemRange, ? extends ItemWriter<? super GeminiItemResult<I, O>>> failureWriter;

	private Consumer<ChunkOrientedStepBuilder<GeminiItemResult<I, O>, GeminiItemResult<I, O>>> customizer = (step) -> {
	};

	GeminiStepBuilder(GeminiBatch batch, String name) {
		Assert.hasText(name, "'name' must not be empty");
		this.batch = batch;
		this.name = name;
		this.settings = batch.getSettings();
	}

	/**
	 * Change the settings of this step.
	 * @param change changes the settings
	 * @return this builder
	 */
	public GeminiStepBuilder<I, O> settings(UnaryOperator<GeminiBatchSettings> change) {
		this.settings = change.apply(this.settings);
		return this;
	}

	/**
	 * Set the reader of the items.
	 * @param reader creates the reader of the items of a range, {@link ItemRange#ALL}
	 * without partitions
	 * @return this builder
	 */
	public GeminiStepBuilder<I, O> reader(Function<ItemRange, ? extends ItemStreamReader<? extends I>> reader) {
		this.reader = reader;
		return this;
	}

	/**
	 * Set the prompt.
	 * @param prompt builds the prompt of an item
	 * @return this builder
	 */
	public GeminiStepBuilder<I, O> prompt(GeminiItemPrompt<? super I, ? extends O> prompt) {
		this.prompt = prompt;
		return this;
	}

	/**
	 * Set the writer of the results.
	 * @param writer creates the writer of the results of a range
	 * @return this builder
	 */
	public GeminiStepBuilder<I, O> writer(
			Function<ItemRange, ? extends ItemWriter<? super GeminiItemResult<I, O>>> writer) {
		this.writer = writer;
		return this;
	}

	/**
	 * Set the writer of the results that failed. Without it, all results have the same
	 * writer.
	 * @param failureWriter creates the writer of the failed results of a range
	 * @return this builder
	 */
	public GeminiStepBuilder<I, O> failureWriter(
			Function<ItemRange, ? extends ItemWriter<? super GeminiItemResult<I, O>>> failureWriter) {
		this.failureWriter = failureWriter;
		return this;
	}

	/**
	 * Customize the step of Spring Batch, for example to add listeners or a processor.
	 * Called for each execution.
	 * @param customizer changes the builder of the step
	 * @return this builder
	 */
	public GeminiStepBuilder<I, O> step(
			Consumer<ChunkOrientedStepBuilder<GeminiItemResult<I, O>, GeminiItemResult<I, O>>> customizer) {
		this.customizer = customizer;
		return this;
	}

	/**
	 * Build the step.
	 * @return the step
	 */
	public Step build() {
		Function<ItemRange, ? extends ItemStreamReader<? extends I>> reader = this.reader;
		GeminiItemPrompt<? super I, ? extends O> prompt = this.prompt;
		Function<ItemRange, ? extends ItemWriter<? super GeminiItemResult<I, O>>> writer = this.writer;
		Assert.state(reader != null, "A step needs a reader");
		Assert.state(prompt != null, "A step needs a prompt");
		Assert.state(writer != null, "A step needs a writer");
		Function<ItemRange, ? extends ItemWriter<? super GeminiItemResult<I, O>>> failureWriter = this.failureWriter;
		GeminiBatchSettings settings = this.settings;
		Consumer<ChunkOrientedStepBuilder<GeminiItemResult<I, O>, GeminiItemResult<I, O>>> customizer = this.customizer;
		return new ItemRangeStep(this.name, (range) -> {
			ChunkOrientedStepBuilder<GeminiItemResult<I, O>, GeminiItemResult<I, O>> step = new ChunkOrientedStepBuilder<>(
					this.name, this.batch.getJobRepository(), settings.chunkSize());
			step.transactionManager(this.batch.getTransactionManager())
				.reader(this.batch.reader(reader.apply(range), prompt, settings))
				.writer((failureWriter != null)
						? new GeminiResultWriter<>(writer.apply(range), failureWriter.apply(range))
						: writer.apply(range));
			customizer.accept(step);
			return step.build();
		});
	}

}
