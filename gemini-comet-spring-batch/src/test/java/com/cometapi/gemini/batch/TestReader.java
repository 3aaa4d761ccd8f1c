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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;

/**
 * Reads "item 0", "item 1" and so on.
 */
class TestReader extends AbstractItemCountingItemStreamItemReader<String> {

	private final int count;

	private final int unreadable;

	private final BooleanSupplier isReadable;

	private final AtomicInteger next = new AtomicInteger();

	TestReader(int count) {
		this(count, count, () -> true);
	}

	/**
	 * Create a reader.
	 * @param count the number of items
	 * @param unreadable the index of an item that cannot be read at first
	 * @param isReadable whether that item can be read now
	 */
	TestReader(int count, int unreadable, BooleanSupplier isReadable) {
		this.count = count;
		this.unreadable = unreadable;
		this.isReadable = isReadable;
		setName("items");
	}

	@Override
	protected @Nullable String doRead() {
		int index = this.next.getAndIncrement();
		if (index == this.unreadable && !this.isReadable.getAsBoolean()) {
			throw new IllegalStateException("No item " + index);
		}
		return (index < this.count) ? "item " + index : null;
	}

	@Override
	protected void doOpen() {
		this.next.set(0);
	}

	@Override
	protected void doClose() {
	}

	@Override
	protected void jumpToItem(int itemIndex) {
		this.next.set(itemIndex);
	}

}
