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

package com.cometapi.gemini.benchmarks.badday;

import java.util.ArrayDeque;
import java.util.Deque;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Limits the calls that a connection gets at once. Further calls wait in their order.
 */
final class ConcurrentCalls implements GeminiExchangeFilter {

	private final String connection;

	private final int max;

	private final Deque<MonoSink<Boolean>> waiting = new ArrayDeque<>();

	private int running;

	ConcurrentCalls(String connection, int max) {
		this.connection = connection;
		this.max = max;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		return (exchange.connection().equals(this.connection)) ? Flux.usingWhen(Mono.create(this::enter),
				(entered) -> next.exchange(exchange), (entered) -> Mono.fromRunnable(this::leave))
				: next.exchange(exchange);
	}

	private void enter(MonoSink<Boolean> call) {
		synchronized (this.waiting) {
			if (this.running >= this.max) {
				this.waiting.add(call);
				call.onCancel(() -> remove(call));
				return;
			}
			this.running++;
		}
		call.success(true);
	}

	private void remove(MonoSink<Boolean> call) {
		synchronized (this.waiting) {
			this.waiting.remove(call);
		}
	}

	private void leave() {
		MonoSink<Boolean> call;
		synchronized (this.waiting) {
			call = this.waiting.poll();
			if (call == null) {
				this.running--;
			}
		}
		if (call != null) {
			call.success(true);
		}
	}

}
