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

package com.cometapi.gemini.limit;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Admits calls by the counts of this process alone. Thread-safe.
 */
final class LocalLimitAdmission implements LimitAdmission {

	private final LocalLimits local;

	LocalLimitAdmission(LocalLimits local) {
		this.local = local;
	}

	@Override
	public Mono<Map<String, GeminiLimitRefusal>> acquire(List<GeminiLimitPermit> permits) {
		return Mono.just(this.local.acquire(permits, 1));
	}

	@Override
	public void count(GeminiLimitPermit permit) {
		this.local.count(permit);
	}

	@Override
	public Mono<Void> release(GeminiLimitPermit permit, @Nullable Long tokens) {
		this.local.release(permit, tokens);
		return Mono.empty();
	}

	@Override
	public Mono<Void> withdraw(GeminiLimitPermit permit) {
		this.local.withdraw(permit);
		return Mono.empty();
	}

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public boolean isStoreAvailable() {
		return true;
	}

	@Override
	public void open() {
	}

	@Override
	public void close() {
	}

}
