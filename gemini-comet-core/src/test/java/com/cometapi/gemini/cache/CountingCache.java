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

package com.cometapi.gemini.cache;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * Cache that counts loads and stores. Loads fail after {@link #fail()}.
 */
final class CountingCache implements Cache {

	private final Cache cache;

	private final AtomicInteger loaded = new AtomicInteger();

	private final AtomicInteger stored = new AtomicInteger();

	private volatile boolean failing;

	CountingCache(Cache cache) {
		this.cache = cache;
	}

	int loaded() {
		return this.loaded.get();
	}

	int stored() {
		return this.stored.get();
	}

	void fail() {
		this.failing = true;
	}

	@Override
	public String getName() {
		return this.cache.getName();
	}

	@Override
	public Object getNativeCache() {
		return this.cache.getNativeCache();
	}

	@Override
	public @Nullable ValueWrapper get(Object key) {
		this.loaded.incrementAndGet();
		if (this.failing) {
			throw new IllegalStateException("Failed by the test");
		}
		return this.cache.get(key);
	}

	@Override
	public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void put(Object key, @Nullable Object value) {
		this.cache.put(key, value);
		this.stored.incrementAndGet();
	}

	@Override
	public void evict(Object key) {
		this.cache.evict(key);
	}

	@Override
	public void clear() {
		this.cache.clear();
	}

}
