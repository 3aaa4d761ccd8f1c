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
import java.util.List;

import com.cometapi.gemini.GeminiOperations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.util.Assert;

/**
 * Reads the items of another reader ahead, sends a prompt for each one, and returns their
 * results. Many calls are in flight at the same time, without a thread for each; when one
 * ends, the next one starts.
 *
 * <p>
 * Every item has one result, be it an output or a failure. A restart continues with the
 * items that have no result in a committed chunk. It sends again what was in flight when
 * the process died: at most as many items as the concurrency and the size of one chunk
 * together, or as the window and one chunk if the results are ordered; and failures of a
 * series that has not ended.
 *
 * <p>
 * A failure that the following items would have as well, such as a key that is not
 * accepted or a budget that is used up, fails the step with this reason, after a last
 * chunk with the results received so far. So does a long series of failures, none of
 * which becomes a result: a restart sends these items again.
 *
 * <p>
 * When the job is stopped, no further call starts. Calls in flight fill the current
 * chunk, for which they have 20 seconds at most, and the others are cancelled.
 *
 * <p>
 * A reader belongs to one step execution at a time: declare it in the step scope if
 * several partitions run in the same process.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 * @see GeminiBatch#reader
 */
public class GeminiItemReader<I, O> implements ItemStreamReader<GeminiItemResult<I, O>> {

	/**
	 * The maximum time in which calls in flight fill the current chunk when the job is
	 * stopped.
	 */
	public static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private static final Log logger = LogFactory.getLog(GeminiItemReader.class);

	private final ItemStreamReader<? extends I> delegate;

	private final GeminiOperations operations;

	private final GeminiItemPrompt<? super I, ? extends O> prompt;

	private final GeminiBatchSettings settings;

	private final List<GeminiItemListener> listeners;

	private final RunningSteps runningSteps;

	private @Nullable StepExecution step;

	private @Nullable ItemRun<I, O> run;

	GeminiItemReader(ItemStreamReader<? extends I> delegate, GeminiOperations operations,
			GeminiItemPrompt<? super I, ? extends O> prompt, GeminiBatchSettings settings,
			List<GeminiItemListener> listeners, RunningSteps runningSteps) {
		Assert.notNull(delegate, "'delegate' must not be null");
		Assert.notNull(operations, "'operations' must not be null");
		Assert.notNull(prompt, "'prompt' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		this.delegate = delegate;
		this.operations = operations;
		this.prompt = prompt;
		this.settings = settings;
		this.listeners = listeners;
		this.runningSteps = runningSteps;
	}

	@Override
	public void open(ExecutionContext context) {
		StepContext stepContext = StepSynchronizationManager.getContext();
		this.step = (stepContext != null) ? stepContext.getStepExecution() : null;
		ItemCalls<I, O> calls = new ItemCalls<>(this.operations, this.prompt, this.settings.maxWait(),
				(stepContext != null) ? stepContext.getJobName() : null);
		this.delegate.open(context);
		this.run = new ItemRun<>(this.delegate, calls, this.settings, this.step, this.runningSteps::stopTimeout,
				context);
		if (this.step != null) {
			this.runningSteps.add(this.step);
		}
	}

	/**
	 * Return the next result. Blocks until a call has ended; billed.
	 * <p>
	 * A restart within a chunk whose results were being written one by one first reads as
	 * many results as were written, and discards them. These have no item, and no call is
	 * made for them.
	 * @return the result, or {@code null} if there are no more
	 * @throws GeminiStepFailedException if the following items would fail as well and no
	 * step is running; a running step fails after its last chunk is committed instead
	 */
	@Override
	public @Nullable GeminiItemResult<I, O> read() throws Exception {
		Assert.state(this.run != null, "The reader must be opened before it is read");
		GeminiItemResult<I, O> discarded = this.run.nextDiscarded();
		if (discarded != null) {
			return discarded;
		}
		GeminiItemResult<I, O> result = this.run.next();
		GeminiStepFailedException failure = (result != null) ? null : this.run.stepFailure();
		if (failure != null) {
			failStep(failure);
		}
		if (result != null && this.step != null) {
			String job = this.step.getJobExecution().getJobInstance().getJobName();
			this.listeners.forEach((listener) -> listener.onResult(job, result));
		}
		return result;
	}

	// An exception would roll back the results of the chunk, which have been billed.
	private void failStep(GeminiStepFailedException failure) {
		StepExecution step = this.step;
		if (step == null) {
			throw failure;
		}
		logger.error("Step '%s' fails".formatted(step.getStepName()), failure);
		step.setStatus(BatchStatus.FAILED);
		step.setExitStatus(ExitStatus.FAILED.addExitDescription(String.valueOf(failure.getMessage())));
		step.addFailureException(failure);
	}

	@Override
	public void update(ExecutionContext context) {
		if (this.run != null) {
			this.run.update(context);
		}
	}

	/**
	 * Cancel the calls in flight and close their connections.
	 */
	@Override
	public void close() {
		if (this.run != null) {
			this.run.cancel();
			this.run = null;
		}
		try {
			this.delegate.close();
		}
		finally {
			if (this.step != null) {
				this.runningSteps.remove(this.step);
			}
		}
	}

}
