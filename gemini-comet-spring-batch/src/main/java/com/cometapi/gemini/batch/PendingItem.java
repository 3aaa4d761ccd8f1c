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

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.util.Assert;

/**
 * An item of an {@link ItemWindow}. Belongs to the thread of the step.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
final class PendingItem<I, O> {

	private final long index;

	private @Nullable ExecutionContext position;

	private @Nullable Disposable call;

	private @Nullable GeminiItemResult<I, O> result;

	PendingItem(long index, ExecutionContext position) {
		this.index = index;
		this.position = position;
	}

	/**
	 * Return the position of the item.
	 * @return the number of items before it
	 */
	long index() {
		return this.index;
	}

	/**
	 * Return the position of the reader before the item, as the reader has saved it.
	 * @return the position
	 */
	ExecutionContext position() {
		Assert.state(this.position != null, "The item has been handed out");
		return this.position;
	}

	void call(Disposable call) {
		this.call = call;
	}

	boolean hasResult() {
		return this.result != null;
	}

	GeminiItemResult<I, O> result() {
		Assert.state(this.result != null, "The item has no result");
		return this.result;
	}

	void result(@Nullable GeminiItemResult<I, O> result) {
		this.result = result;
	}

	boolean isHandedOut() {
		return this.position == null;
	}

	/**
	 * Mark the item as handed out, and release everything else.
	 */
	void handOut() {
		this.position = null;
		this.call = null;
		this.result = null;
	}

	void cancel() {
		if (this.call != null) {
			this.call.dispose();
		}
	}

}
