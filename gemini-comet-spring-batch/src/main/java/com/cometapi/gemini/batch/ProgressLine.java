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
import java.math.MathContext;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/**
 * Writes the progress of a job as a line of text.
 */
final class ProgressLine {

	private static final int WIDTH = 24;

	// Back to the start of the line, and clear it
	private static final String OVERWRITE = "\r\u001b[K";

	private final boolean isBar;

	private long startTime;

	private long startCount = -1;

	ProgressLine(boolean isBar) {
		this.isBar = isBar;
	}

	/**
	 * Format the progress.
	 * @param progress the progress
	 * @param time the time in nanoseconds, for the items per second since the first call
	 * @return the line
	 */
	String format(GeminiJobProgress progress, long time) {
		long count = count(progress);
		if (this.startCount < 0) {
			this.startCount = count;
			this.startTime = time;
		}
		double perSecond = (time > this.startTime) ? (count - this.startCount) * 1e9 / (time - this.startTime) : 0;
		StringBuilder line = new StringBuilder(this.isBar ? OVERWRITE : "").append(progress.job()).append(' ');
		Long items = progress.items();
		if (items != null) {
			line.append(this.isBar ? bar(count, items) : "")
				.append(String.format(Locale.ROOT, "%d %%, %,d of %,d items", 100 * count / items, count, items));
		}
		else {
			line.append(String.format(Locale.ROOT, "%,d items", count));
		}
		line.append(failed(progress)).append(String.format(Locale.ROOT, ", %.1f/s", perSecond)).append(cost(progress));
		if (items != null && perSecond > 0) {
			line.append(", ").append(time((long) ((items - count) / perSecond))).append(" left");
		}
		return line.toString();
	}

	private static String bar(long count, long items) {
		int done = (int) (WIDTH * count / items);
		return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] ";
	}

	private static long count(GeminiJobProgress progress) {
		return progress.totals().succeeded() + progress.totals().failed();
	}

	private static String failed(GeminiJobProgress progress) {
		return (progress.totals().failed() > 0) ? String.format(Locale.ROOT, ", %,d failed", progress.totals().failed())
				: "";
	}

	private static String cost(GeminiJobProgress progress) {
		BigDecimal cost = progress.totals().cost();
		return (cost.signum() > 0) ? ", cost " + cost.round(new MathContext(4)).toPlainString() : "";
	}

	private static String time(long seconds) {
		return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
	}

	/**
	 * Format the summary of a job that has ended.
	 * @param progress the progress
	 * @param execution the last execution, which has ended
	 * @return the line
	 */
	static String summary(GeminiJobProgress progress, JobExecution execution) {
		GeminiItemTotals totals = progress.totals();
		String duration = (execution.getStartTime() != null && execution.getEndTime() != null)
				? " after " + time(Duration.between(execution.getStartTime(), execution.getEndTime()).toSeconds()) : "";
		return String.format(Locale.ROOT,
				"Job '%s' is %s%s: %,d items succeeded, %,d failed; %,d input and %,d output tokens%s%s",
				progress.job(), execution.getStatus(), duration, totals.succeeded(), totals.failed(),
				totals.inputTokens(), totals.outputTokens(), cost(progress), reason(execution));
	}

	private static String reason(JobExecution execution) {
		return execution.getStepExecutions()
			.stream()
			.map(StepExecution::getFailureExceptions)
			.flatMap(Collection::stream)
			.filter(GeminiStepFailedException.class::isInstance)
			.findFirst()
			.map((failure) -> ". " + failure.getMessage())
			.orElse("");
	}

}
