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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * One execution of a {@link GeminiItemReader}. Everything happens on the thread of the
 * step, except for the completion of calls.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
final class ItemRun<I, O> {

	private final ItemStreamReader<? extends I> reader;

	private final ItemCalls<I, O> calls;

	private final GeminiBatchSettings settings;

	private final @Nullable StepExecution step;

	private final Supplier<Duration> stopTimeout;

	private final ItemWindow<I, O> window;

	private final ChunkScan scan;

	// Written, or skipped, before the restart. They are read again and discarded.
	private final Queue<ChunkScan.Result> done;

	private final BlockingQueue<Completion<I, O>> completions = new LinkedBlockingQueue<>();

	// Calls without a result, in the order of their items.
	private final Queue<PendingItem<I, O>> ordered = new ArrayDeque<>();

	// Consecutive failures, which become results when the series ends.
	private final List<PendingItem<I, O>> failures = new ArrayList<>();

	private final Queue<PendingItem<I, O>> ready = new ArrayDeque<>();

	private GeminiItemTotals totals;

	private int running;

	private @Nullable Long stopTime;

	private @Nullable GeminiStepFailedException stepFailure;

	ItemRun(ItemStreamReader<? extends I> reader, ItemCalls<I, O> calls, GeminiBatchSettings settings,
			@Nullable StepExecution step, Supplier<Duration> stopTimeout, ExecutionContext context) {
		this.reader = reader;
		this.calls = calls;
		this.settings = settings;
		this.step = step;
		this.stopTimeout = stopTimeout;
		this.window = new ItemWindow<>(context);
		this.scan = new ChunkScan(step, context);
		this.done = new ArrayDeque<>(ChunkScan.findDone(context));
		this.totals = GeminiItemTotals.of(context);
	}

	/**
	 * Return the next result that Spring Batch reads only to discard it, after a restart
	 * within a scan.
	 * @return a result without an item, or {@code null} if there are no more
	 */
	@SuppressWarnings("NullAway") // the item of a discarded result is never used
	@Nullable GeminiItemResult<I, O> nextDiscarded() {
		ChunkScan.Result result = this.done.poll();
		return (result != null) ? new GeminiItemResult<>(result.index(), null, null, null, null, null) : null;
	}

	/**
	 * Return the next result. Blocks until there is one.
	 * @return the result, or {@code null} if all items have one, or if the step is
	 * stopped or cannot go on
	 */
	@Nullable GeminiItemResult<I, O> next() throws InterruptedException {
		while (this.ready.isEmpty()) {
			startCalls();
			if (isStopTimeOver()) {
				return null;
			}
			if (this.running > 0) {
				// The step may be stopped in the meantime.
				Completion<I, O> completion = this.completions.poll(200, TimeUnit.MILLISECONDS);
				if (completion != null) {
					complete(completion);
				}
			}
			else if (this.failures.isEmpty() || this.stepFailure != null) {
				return null;
			}
			else {
				endFailures();
			}
		}
		PendingItem<I, O> item = this.ready.remove();
		GeminiItemResult<I, O> result = item.result();
		this.window.handOut(item);
		this.totals = this.totals.plus(result);
		this.scan.add(result.index(), this.totals);
		return result;
	}

	private void startCalls() {
		while (this.running < this.settings.concurrency() && this.window.size() < this.settings.effectiveWindow()
				&& !this.window.isEnded() && !isEnding()) {
			ExecutionContext position = new ExecutionContext();
			this.reader.update(position);
			I item;
			try {
				item = this.reader.read();
			}
			catch (Exception ex) {
				// If it were thrown, it would roll back results and cancel calls that
				// have been billed, again at each restart.
				fail(new GeminiStepFailedException(
						"Item %d could not be read: %s".formatted(this.window.nextIndex(), ex.getMessage()), ex));
				this.window.end(position);
				return;
			}
			if (item == null) {
				this.window.end(position);
				return;
			}
			PendingItem<I, O> pending = this.window.add(position);
			if (pending != null) {
				startCall(pending, item);
			}
		}
	}

	private boolean isEnding() {
		return this.stepFailure != null || isStopping();
	}

	private boolean isStopping() {
		return this.step != null && this.step.isTerminateOnly();
	}

	private boolean isStopTimeOver() {
		if (!isStopping()) {
			return false;
		}
		if (this.stopTime == null) {
			this.stopTime = System.nanoTime();
		}
		return System.nanoTime() - this.stopTime > this.stopTimeout.get().toNanos();
	}

	private void startCall(PendingItem<I, O> pending, I item) {
		this.running++;
		if (this.settings.ordered()) {
			this.ordered.add(pending);
		}
		pending.call(this.calls.send(pending.index(), item)
			.subscribe((result) -> this.completions.add(new Completion<>(pending, result, null)),
					(ex) -> this.completions.add(new Completion<>(pending, null, ex))));
	}

	private void complete(Completion<I, O> completion) {
		this.running--;
		if (completion.stepFailure() != null) {
			fail(GeminiStepFailedException.of(completion.stepFailure()));
			return;
		}
		completion.item().result(completion.result());
		if (!this.settings.ordered()) {
			add(completion.item());
			return;
		}
		// Results wait for those of earlier items, and are not handed out after failures
		// that a restart sends again.
		while (!hasSeriesFailed() && !this.ordered.isEmpty() && this.ordered.element().hasResult()) {
			add(this.ordered.remove());
		}
	}

	private void add(PendingItem<I, O> item) {
		GeminiItemResult.Failure failure = item.result().failure();
		if (failure == null) {
			endFailures();
			this.ready.add(item);
			return;
		}
		this.failures.add(item);
		if (hasSeriesFailed()) {
			fail(new GeminiStepFailedException("%d items in a row have failed, the last one (%d) with '%s': %s"
				.formatted(this.failures.size(), item.index(), failure.code(), failure.message())));
		}
	}

	// A restart sends the items of a series that failed the step again.
	private void endFailures() {
		if (!hasSeriesFailed()) {
			this.ready.addAll(this.failures);
			this.failures.clear();
		}
	}

	private boolean hasSeriesFailed() {
		return this.failures.size() >= this.settings.maxConsecutiveFailures();
	}

	private void fail(GeminiStepFailedException failure) {
		if (this.stepFailure == null) {
			this.stepFailure = failure;
		}
	}

	/**
	 * Return why the step cannot go on.
	 * @return the failure, or {@code null} if it can go on or has ended
	 */
	@Nullable GeminiStepFailedException stepFailure() {
		return this.stepFailure;
	}

	/**
	 * Save the results that have been handed out.
	 * @param context the context to save to
	 */
	void update(ExecutionContext context) {
		ExecutionContext position = new ExecutionContext();
		this.reader.update(position);
		this.window.update(context, position);
		if (this.scan.isRunning(context)) {
			this.scan.save();
			return;
		}
		this.scan.clear();
		this.totals.save(context);
	}

	/**
	 * Cancel the calls in flight.
	 */
	void cancel() {
		this.window.items().forEach(PendingItem::cancel);
	}

	private record Completion<I, O>(PendingItem<I, O> item, @Nullable GeminiItemResult<I, O> result,
			@Nullable Throwable stepFailure) {

	}

}
