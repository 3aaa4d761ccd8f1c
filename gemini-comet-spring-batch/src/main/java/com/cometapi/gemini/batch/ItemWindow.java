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

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The items from the oldest one that has not been handed out to the newest one that was
 * read. A restart continues with the oldest one and skips those that have been handed
 * out, for which one bit each is saved.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
final class ItemWindow<I, O> {

	private static final String INDEX = "gemini.index";

	private static final String HANDED_OUT = "gemini.handedOut";

	private final Deque<PendingItem<I, O>> items = new ArrayDeque<>();

	private final BitSet handedOutBefore;

	private final long restartIndex;

	private long nextIndex;

	private @Nullable ExecutionContext end;

	/**
	 * Create a window that continues where an earlier execution has ended.
	 * @param context the context that was saved
	 */
	ItemWindow(ExecutionContext context) {
		this.restartIndex = context.getLong(INDEX, 0);
		this.nextIndex = this.restartIndex;
		this.handedOutBefore = BitSet.valueOf(Base64.getDecoder().decode(context.getString(HANDED_OUT, "")));
		ChunkScan.findDone(context)
			.forEach((result) -> this.handedOutBefore.set(Math.toIntExact(result.index() - this.restartIndex)));
	}

	/**
	 * Add the next item.
	 * @param position the position of the reader before the item
	 * @return the item, or {@code null} if it was handed out before the restart
	 */
	@Nullable PendingItem<I, O> add(ExecutionContext position) {
		PendingItem<I, O> item = new PendingItem<>(this.nextIndex, position);
		long offset = this.nextIndex - this.restartIndex;
		this.nextIndex++;
		this.items.add(item);
		if (offset < this.handedOutBefore.length() && this.handedOutBefore.get((int) offset)) {
			handOut(item);
			return null;
		}
		return item;
	}

	/**
	 * End the window.
	 * @param position the position of the reader before it returned {@code null}, or
	 * failed
	 */
	void end(ExecutionContext position) {
		this.end = position;
	}

	boolean isEnded() {
		return this.end != null;
	}

	/**
	 * Return the position of the item that is read next.
	 * @return the number of items before it
	 */
	long nextIndex() {
		return this.nextIndex;
	}

	int size() {
		return this.items.size();
	}

	Iterable<PendingItem<I, O>> items() {
		return this.items;
	}

	/**
	 * Mark an item as handed out.
	 * @param item the item
	 */
	void handOut(PendingItem<I, O> item) {
		item.handOut();
		while (!this.items.isEmpty() && this.items.element().isHandedOut()) {
			this.items.remove();
		}
	}

	/**
	 * Save where a restart continues. Saves nothing if the reader saves no position,
	 * since it then starts again from its first item.
	 * @param context the context to save to
	 * @param reader the position of the reader
	 */
	void update(ExecutionContext context, ExecutionContext reader) {
		PendingItem<I, O> first = this.items.peek();
		ExecutionContext position = (first != null) ? first.position() : (this.end != null) ? this.end : reader;
		if (position.isEmpty()) {
			return;
		}
		position.entrySet().forEach((entry) -> context.put(entry.getKey(), entry.getValue()));
		long index = (first != null) ? first.index() : this.nextIndex;
		context.putLong(INDEX, index);
		// Keeps the bits of items that have not been read again since the restart.
		int shift = Math.toIntExact(index - this.restartIndex);
		BitSet handedOut = this.handedOutBefore.get(shift, Math.max(shift, this.handedOutBefore.length()));
		int offset = 0;
		for (PendingItem<I, O> item : this.items) {
			handedOut.set(offset++, item.isHandedOut());
		}
		context.putString(HANDED_OUT, Base64.getEncoder().encodeToString(handedOut.toByteArray()));
	}

}
