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

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.util.Assert;

/**
 * Splits the items of a reader into {@linkplain ItemRange ranges} of the same size. They
 * are counted once: a restart does not count them again.
 */
public class ItemRangePartitioner implements Partitioner {

	private static final String COUNT = "gemini.items";

	private final Callable<Integer> itemCount;

	/**
	 * Create a partitioner.
	 * @param itemCount returns the number of items when the job starts
	 */
	public ItemRangePartitioner(Callable<Integer> itemCount) {
		Assert.notNull(itemCount, "'itemCount' must not be null");
		this.itemCount = itemCount;
	}

	/**
	 * Create a partitioner that counts the items by reading them once when the job
	 * starts.
	 * @param reader creates a reader of all items
	 * @return the partitioner
	 */
	public static ItemRangePartitioner counting(Supplier<? extends ItemStreamReader<?>> reader) {
		return new ItemRangePartitioner(() -> count(reader.get()));
	}

	private static int count(ItemStreamReader<?> reader) throws Exception {
		reader.open(new ExecutionContext());
		try {
			int count = 0;
			while (reader.read() != null) {
				count++;
			}
			return count;
		}
		finally {
			reader.close();
		}
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		int count = countOnce();
		int partitions = Math.min(gridSize, count);
		Map<String, ExecutionContext> contexts = new TreeMap<>();
		for (int i = 0; i < partitions; i++) {
			ItemRange range = new ItemRange((int) ((long) count * i / partitions),
					(int) ((long) count * (i + 1) / partitions));
			contexts.put(String.format(Locale.ROOT, "partition%04d", i), range.toContext());
		}
		return contexts;
	}

	// Stored in the manager step for a restart. Naming the partitions is no alternative
	// to counting, since the names depend on the number of items.
	private int countOnce() {
		StepContext step = StepSynchronizationManager.getContext();
		if (step == null) {
			return count();
		}
		ExecutionContext context = step.getStepExecution().getExecutionContext();
		if (!context.containsKey(COUNT)) {
			context.putInt(COUNT, count());
		}
		return context.getInt(COUNT);
	}

	private int count() {
		try {
			return this.itemCount.call();
		}
		catch (Exception ex) {
			throw new IllegalStateException("Failed to count the items", ex);
		}
	}

}
