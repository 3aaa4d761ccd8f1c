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

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import com.cometapi.gemini.GeminiOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.util.Assert;

/**
 * Sends a prompt for each item of a chunk without waiting for the response. All calls of
 * a chunk are in flight at the same time; {@link GeminiFutureWriter} waits for them.
 *
 * <p>
 * For steps with readers whose items cannot be read ahead, such as those of a queue. A
 * chunk waits for its slowest call before the next one begins: a {@link GeminiItemReader}
 * is faster. A restart sends the items of one chunk again.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 * @see GeminiBatch#processor
 */
public class GeminiItemProcessor<I, O>
		implements ItemProcessor<I, CompletableFuture<GeminiItemResult<I, O>>>, ItemStream {

	private static final String INDEX = "gemini.index";

	private final GeminiOperations operations;

	private final GeminiItemPrompt<? super I, ? extends O> prompt;

	private final GeminiBatchSettings settings;

	private final List<GeminiItemListener> listeners;

	private final RunningSteps runningSteps;

	private final Set<CompletableFuture<?>> running = ConcurrentHashMap.newKeySet();

	private @Nullable StepExecution step;

	private @Nullable ItemCalls<I, O> calls;

	private @Nullable ChunkResults<I, O> results;

	GeminiItemProcessor(GeminiOperations operations, GeminiItemPrompt<? super I, ? extends O> prompt,
			GeminiBatchSettings settings, List<GeminiItemListener> listeners, RunningSteps runningSteps) {
		Assert.notNull(operations, "'operations' must not be null");
		Assert.notNull(prompt, "'prompt' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
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
		this.calls = new ItemCalls<>(this.operations, this.prompt, this.settings.maxWait(),
				(stepContext != null) ? stepContext.getJobName() : null);
		this.results = new ChunkResults<>(this.step, context.getLong(INDEX, 0));
		if (this.step != null) {
			this.runningSteps.add(this.step);
		}
	}

	/**
	 * Send the prompt of an item. Does not wait for the response; billed. An item that is
	 * processed again after a rollback of its chunk gets its earlier result.
	 * @param item the item
	 * @return the result, or a failure that the following items would have as well
	 */
	@Override
	public CompletableFuture<GeminiItemResult<I, O>> process(I item) {
		ChunkResults<I, O> results = this.results;
		Assert.state(this.calls != null && results != null, "The processor must be opened before it is used");
		ChunkResults.Result<I, O> result = results.find(item);
		if (result == null) {
			result = results.add(item);
			send(this.calls, result);
		}
		return result.future();
	}

	private void send(ItemCalls<I, O> calls, ChunkResults.Result<I, O> result) {
		CompletableFuture<GeminiItemResult<I, O>> future = result.future();
		this.running.add(future);
		Disposable call = calls.send(result.index(), result.item())
			.subscribe(future::complete, future::completeExceptionally);
		future.whenComplete((value, ex) -> {
			call.dispose();
			this.running.remove(future);
		});
	}

	/**
	 * Save the position, and notify the listeners of the results of the written chunk.
	 */
	@Override
	public void update(ExecutionContext context) {
		if (this.results == null) {
			return;
		}
		List<ChunkResults.Result<I, O>> committed = this.results.commit();
		context.putLong(INDEX, this.results.restartIndex());
		if (this.step != null) {
			String job = this.step.getJobExecution().getJobInstance().getJobName();
			committed.forEach((result) -> result.future()
				.thenAccept((value) -> this.listeners.forEach((listener) -> listener.onResult(job, value))));
		}
	}

	/**
	 * Cancel the calls in flight and close their connections.
	 */
	@Override
	public void close() {
		this.running.forEach((result) -> result.cancel(true));
		this.results = null;
		if (this.step != null) {
			this.runningSteps.remove(this.step);
		}
	}

}
