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
import java.util.List;

import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Totals of the items of a step, over all of its executions. They are saved in the
 * execution context of the step with each chunk, so that calls that a restart sends again
 * count once.
 *
 * @param succeeded the number of items that did not fail
 * @param failed the number of items that failed
 * @param inputTokens the tokens of the prompts
 * @param outputTokens the tokens of the responses, thoughts included
 * @param cost the cost as far as it is known, zero without prices
 */
public record GeminiItemTotals(long succeeded, long failed, long inputTokens, long outputTokens, BigDecimal cost) {

	/**
	 * Totals without items.
	 */
	public static final GeminiItemTotals NONE = new GeminiItemTotals(0, 0, 0, 0, BigDecimal.ZERO);

	private static final String SUCCEEDED = "gemini.succeeded";

	private static final String FAILED = "gemini.failed";

	private static final String INPUT_TOKENS = "gemini.inputTokens";

	private static final String OUTPUT_TOKENS = "gemini.outputTokens";

	private static final String COST = "gemini.cost";

	/**
	 * Return the totals of a step, as of its last commit.
	 * @param step the execution of the step
	 * @return the totals
	 */
	public static GeminiItemTotals of(StepExecution step) {
		return of(step.getExecutionContext());
	}

	static boolean isIn(ExecutionContext context) {
		return context.containsKey(SUCCEEDED) || !ChunkScan.findDone(context).isEmpty();
	}

	static GeminiItemTotals of(ExecutionContext context) {
		List<ChunkScan.Result> done = ChunkScan.findDone(context);
		if (!done.isEmpty()) {
			return done.get(done.size() - 1).totals();
		}
		return new GeminiItemTotals(context.getLong(SUCCEEDED, 0), context.getLong(FAILED, 0),
				context.getLong(INPUT_TOKENS, 0), context.getLong(OUTPUT_TOKENS, 0),
				new BigDecimal(context.getString(COST, "0")));
	}

	/**
	 * Return these totals and others together.
	 * @param other the other totals
	 * @return the sums
	 */
	public GeminiItemTotals plus(GeminiItemTotals other) {
		return new GeminiItemTotals(this.succeeded + other.succeeded, this.failed + other.failed,
				this.inputTokens + other.inputTokens, this.outputTokens + other.outputTokens,
				this.cost.add(other.cost));
	}

	GeminiItemTotals plus(GeminiItemResult<?, ?> result) {
		UsageMetadata usage = result.usage();
		long input = 0;
		long output = 0;
		if (usage != null) {
			input = count(usage.promptTokenCount()) + count(usage.toolUsePromptTokenCount());
			output = count(usage.candidatesTokenCount()) + count(usage.thoughtsTokenCount());
		}
		int failed = result.hasFailed() ? 1 : 0;
		return plus(new GeminiItemTotals(1 - failed, failed, input, output,
				(result.cost() != null) ? result.cost() : BigDecimal.ZERO));
	}

	private static long count(@Nullable Integer tokens) {
		return (tokens != null) ? tokens : 0;
	}

	void save(ExecutionContext context) {
		context.putLong(SUCCEEDED, this.succeeded);
		context.putLong(FAILED, this.failed);
		context.putLong(INPUT_TOKENS, this.inputTokens);
		context.putLong(OUTPUT_TOKENS, this.outputTokens);
		context.putString(COST, this.cost.toPlainString());
	}

}
