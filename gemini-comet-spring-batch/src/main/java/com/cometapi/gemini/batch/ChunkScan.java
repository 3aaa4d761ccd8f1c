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

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Records the results that have been handed out since the position of the reader was last
 * saved.
 *
 * <p>
 * If a chunk cannot be written, a fault-tolerant step scans it: it writes the results one
 * by one, each in a transaction of its own. Meanwhile Spring Batch saves the number of
 * results that are done instead of the position of the reader. A restart reads and
 * discards as many results, and expects them to be the same ones. Results that are not
 * ordered would differ, so that those that are done are looked up in this record.
 */
final class ChunkScan {

	// Of Spring Batch: the number of results that it discards after a restart
	private static final String OFFSET = "batch.chunkScanOffset";

	private static final String RESULTS = "gemini.chunkScan";

	private final @Nullable StepExecution step;

	private final List<Result> results;

	/**
	 * Create a record with the results that were handed out before a restart.
	 * @param step the step, or {@code null} outside of a step
	 * @param context the context with which the reader is opened. If it is not that of
	 * the step, the reader cannot tell whether the step is scanning.
	 */
	ChunkScan(@Nullable StepExecution step, ExecutionContext context) {
		this.step = (step != null && step.getExecutionContext() == context) ? step : null;
		this.results = new ArrayList<>(findDone(context));
	}

	/**
	 * Find the results that were written, or skipped, in a scan that has not ended.
	 * @param context the context of the step
	 * @return the results in the order in which they were handed out
	 */
	static List<Result> findDone(ExecutionContext context) {
		if (!context.containsKey(OFFSET)) {
			return List.of();
		}
		return context.getString(RESULTS, "").lines().limit(context.getInt(OFFSET)).map(Result::parse).toList();
	}

	/**
	 * Add a result that is handed out.
	 * @param index the position of its item
	 * @param totals the totals up to this result
	 */
	void add(long index, GeminiItemTotals totals) {
		if (this.step != null) {
			this.results.add(new Result(index, totals));
		}
	}

	/**
	 * Return whether the step is scanning. Spring Batch then discards the position of the
	 * reader instead of saving it.
	 * @param context the context that the reader has to update
	 * @return {@code true} if it is not the context of the step
	 */
	boolean isRunning(ExecutionContext context) {
		return this.step != null && this.step.getExecutionContext() != context;
	}

	/**
	 * Save the results in the context of the step.
	 */
	void save() {
		if (this.step != null) {
			this.step.getExecutionContext()
				.putString(RESULTS, this.results.stream().map(Result::format).collect(Collectors.joining("\n")));
		}
	}

	/**
	 * Remove the results, since the position of the reader is saved.
	 */
	void clear() {
		this.results.clear();
		if (this.step != null) {
			this.step.getExecutionContext().remove(RESULTS);
		}
	}

	/**
	 * A result.
	 *
	 * @param index the position of its item
	 * @param totals the totals up to this result
	 */
	record Result(long index, GeminiItemTotals totals) {

		private static Result parse(String line) {
			String[] values = line.split(" ");
			return new Result(Long.parseLong(values[0]),
					new GeminiItemTotals(Long.parseLong(values[1]), Long.parseLong(values[2]),
							Long.parseLong(values[3]), Long.parseLong(values[4]), new BigDecimal(values[5])));
		}

		private String format() {
			return this.index + " " + this.totals.succeeded() + " " + this.totals.failed() + " "
					+ this.totals.inputTokens() + " " + this.totals.outputTokens() + " "
					+ this.totals.cost().toPlainString();
		}

	}

}
