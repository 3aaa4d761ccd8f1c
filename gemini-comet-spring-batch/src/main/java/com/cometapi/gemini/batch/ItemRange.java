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

import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.util.Assert;

/**
 * A range of the items of a reader, for a partition. Readers of Spring Batch take it as
 * their {@code currentItemCount} and {@code maxItemCount}.
 *
 * @param first the position of the first item, from 0
 * @param end the position after the last item
 */
public record ItemRange(int first, int end) {

	/**
	 * All items, for a step without partitions.
	 */
	public static final ItemRange ALL = new ItemRange(0, Integer.MAX_VALUE);

	private static final String FIRST = "gemini.range.first";

	private static final String END = "gemini.range.end";

	/**
	 * Create a range.
	 */
	public ItemRange {
		Assert.isTrue(first >= 0, "'first' must not be negative");
		Assert.isTrue(end > first, "'end' must be greater than 'first'");
	}

	/**
	 * Return the range of a partition.
	 * @param step the execution of the partition
	 * @return the range, {@link #ALL} if the step has no partitions
	 */
	public static ItemRange of(StepExecution step) {
		ExecutionContext context = step.getExecutionContext();
		return new ItemRange(context.getInt(FIRST, ALL.first()), context.getInt(END, ALL.end()));
	}

	boolean isPartition() {
		return !equals(ALL);
	}

	ExecutionContext toContext() {
		ExecutionContext context = new ExecutionContext();
		context.putInt(FIRST, this.first);
		context.putInt(END, this.end);
		return context;
	}

}
