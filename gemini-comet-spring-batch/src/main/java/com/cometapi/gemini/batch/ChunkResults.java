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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.step.StepExecution;

/**
 * The results of the chunk that a {@link GeminiItemProcessor} is processing. Thread-safe.
 *
 * <p>
 * If a chunk cannot be written, a fault-tolerant step rolls back its transaction and
 * processes the items again, each in a transaction of its own. The results are kept until
 * then, so that no prompt is sent again.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
final class ChunkResults<I, O> {

	private final @Nullable StepExecution step;

	// Of the current transaction
	private final List<Result<I, O>> results = new ArrayList<>();

	// Of items that have not been processed again, in their order
	private final List<Result<I, O>> rolledBack = new ArrayList<>();

	private long rollbackCount;

	private long nextIndex;

	private long restartIndex;

	/**
	 * Create the results of the first chunk.
	 * @param step the step, or {@code null} outside of a step
	 * @param index the position of the first item
	 */
	ChunkResults(@Nullable StepExecution step, long index) {
		this.step = step;
		this.rollbackCount = getRollbackCount();
		this.nextIndex = index;
		this.restartIndex = index;
	}

	private long getRollbackCount() {
		return (this.step != null) ? this.step.getRollbackCount() : 0;
	}

	/**
	 * Find the result of an item that is processed again after a rollback. Equal items
	 * have a result each.
	 * @param item the item, or an equal one if an earlier processor has created it again
	 * @return the result, or {@code null} if the item is new
	 */
	synchronized @Nullable Result<I, O> find(I item) {
		if (this.rollbackCount != getRollbackCount()) {
			this.rollbackCount = getRollbackCount();
			this.rolledBack.addAll(this.results);
			this.results.clear();
		}
		for (Iterator<Result<I, O>> iterator = this.rolledBack.iterator(); iterator.hasNext();) {
			Result<I, O> result = iterator.next();
			if (result.item().equals(item)) {
				iterator.remove();
				this.results.add(result);
				return result;
			}
		}
		// The chunk has ended.
		this.rolledBack.clear();
		return null;
	}

	/**
	 * Add a result for a new item.
	 * @param item the item
	 * @return the result, to be completed
	 */
	synchronized Result<I, O> add(I item) {
		Result<I, O> result = new Result<>(this.nextIndex++, item, new CompletableFuture<>());
		this.results.add(result);
		return result;
	}

	/**
	 * End the current transaction.
	 * @return its results
	 */
	synchronized List<Result<I, O>> commit() {
		List<Result<I, O>> committed = List.copyOf(this.results);
		committed.forEach((result) -> this.restartIndex = Math.max(this.restartIndex, result.index() + 1));
		this.results.clear();
		this.rollbackCount = getRollbackCount();
		return committed;
	}

	/**
	 * Return the position of the first item after a restart.
	 * @return the number of items before it
	 */
	synchronized long restartIndex() {
		return this.restartIndex;
	}

	/**
	 * A result.
	 *
	 * @param index the position of the item
	 * @param item the item
	 * @param future the result, once the call has ended
	 * @param <I> the type of the item
	 * @param <O> the type of the output
	 */
	record Result<I, O>(long index, I item, CompletableFuture<GeminiItemResult<I, O>> future) {

	}

}
