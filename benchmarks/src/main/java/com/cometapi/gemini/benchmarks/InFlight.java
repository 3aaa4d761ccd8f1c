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

package com.cometapi.gemini.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of unary calls in flight.
 */
final class InFlight {

	private final Supplier<CompletableFuture<@Nullable String>> call;

	private final int count;

	private final AtomicLong done = new AtomicLong();

	private final AtomicInteger running;

	private final CompletableFuture<Long> end = new CompletableFuture<>();

	InFlight(Supplier<CompletableFuture<@Nullable String>> call, int count) {
		this.call = call;
		this.count = count;
		this.running = new AtomicInteger(count);
	}

	long run(long nanos) {
		long end = System.nanoTime() + nanos;
		for (int i = 0; i < this.count; i++) {
			next(end);
		}
		return this.end.join();
	}

	private void next(long end) {
		this.call.get().whenComplete((text, failure) -> {
			if (failure != null) {
				this.end.completeExceptionally(failure);
				return;
			}
			this.done.incrementAndGet();
			if (System.nanoTime() < end) {
				next(end);
			}
			else if (this.running.decrementAndGet() == 0) {
				this.end.complete(this.done.get());
			}
		});
	}

}
