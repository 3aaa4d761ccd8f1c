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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.client.GeminiCallPriority;
import com.cometapi.gemini.prompt.PromptSpec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends the prompts of items. The failure of an item is its result; a failure that the
 * following items would have as well is an error.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
final class ItemCalls<I, O> {

	private final GeminiOperations operations;

	private final GeminiItemPrompt<? super I, ? extends O> prompt;

	private final Duration maxWait;

	private final @Nullable String job;

	ItemCalls(GeminiOperations operations, GeminiItemPrompt<? super I, ? extends O> prompt, Duration maxWait,
			@Nullable String job) {
		this.operations = operations;
		this.prompt = prompt;
		this.maxWait = maxWait;
		this.job = job;
	}

	/**
	 * Send the prompt of an item. To be subscribed to once, on the thread of the step.
	 * @param index the position of the item
	 * @param item the item
	 * @return the result, or an error that ends the step
	 */
	Mono<GeminiItemResult<I, O>> send(long index, I item) {
		ItemUsage usage = new ItemUsage();
		return Mono.defer(() -> build(usage, item))
			.map(Optional::<O>of)
			.defaultIfEmpty(Optional.empty())
			.map((output) -> new GeminiItemResult<>(index, item, output.orElse(null), null, usage.usage(),
					usage.cost()))
			.onErrorResume((ex) -> ItemFailures.isFatal(ex) ? Mono.error(ex) : Mono.just(
					new GeminiItemResult<>(index, item, null, ItemFailures.describe(ex), usage.usage(), usage.cost())));
	}

	private Mono<? extends O> build(ItemUsage usage, I item) {
		PromptSpec prompt = this.operations.prompt().priority(GeminiCallPriority.BACKGROUND).advisors(usage);
		if (this.job != null) {
			prompt = prompt.budgetKey("job", this.job);
		}
		return this.prompt.send(prompt, item).retryWhen(Retry.from((signals) -> waitForAdmission(signals, usage)));
	}

	// A refused call was not sent or not executed, so that sending it later repeats
	// nothing. Once the prompt has a response, sending it again would repeat earlier
	// calls and functions.
	private Publisher<Long> waitForAdmission(Flux<Retry.RetrySignal> signals, ItemUsage usage) {
		long start = System.nanoTime();
		return signals.concatMap((signal) -> {
			Duration wait = ItemFailures.findWait(signal.failure());
			if (wait == null || usage.hasResponse()) {
				return Mono.error(signal.failure());
			}
			if (wait.plusNanos(System.nanoTime() - start).compareTo(this.maxWait) > 0) {
				return Mono.error(new GeminiStepFailedException("A call was not admitted within %d s: %s"
					.formatted(this.maxWait.toSeconds(), signal.failure().getMessage()), signal.failure()));
			}
			return Mono.delay(wait.plusMillis(ThreadLocalRandom.current().nextLong(1 + wait.toMillis() / 10)));
		});
	}

}
