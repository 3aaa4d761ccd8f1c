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

package com.cometapi.gemini.client;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Number of attempts of a call that the endpoint may have run and charged. An attempt is
 * counted when its request is sent, and no longer when the endpoint turns out not to have
 * run it, for example because of an error response. Thread-safe.
 */
public final class ChargeableAttempts {

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Count the attempts of a call, including those of its fallbacks.
	 * @param call the call
	 * @param <T> the type of the events
	 * @return the same call
	 */
	public <T> Flux<T> countIn(Flux<T> call) {
		return call.contextWrite((context) -> context.put(ChargeableAttempts.class, this));
	}

	/**
	 * Return whether there is no attempt that the endpoint may have run.
	 * @return {@code true} if the call has certainly not been charged
	 */
	public boolean isEmpty() {
		return this.count.get() == 0;
	}

	static @Nullable ChargeableAttempts of(ContextView subscriber) {
		return subscriber.getOrDefault(ChargeableAttempts.class, null);
	}

	/**
	 * Add an attempt whose request is about to be sent.
	 */
	void add() {
		this.count.incrementAndGet();
	}

	/**
	 * Remove an attempt that the endpoint has certainly not run.
	 */
	void remove() {
		this.count.decrementAndGet();
	}

}
