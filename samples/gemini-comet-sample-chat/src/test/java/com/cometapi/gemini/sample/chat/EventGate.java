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

package com.cometapi.gemini.sample.chat;

import java.util.concurrent.Semaphore;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Holds the events of answers, so that a test decides when the next one arrives.
 */
class EventGate implements GeminiExchangeFilter {

	private volatile Semaphore allowed = new Semaphore(0);

	private volatile boolean open = true;

	/**
	 * Let a number of events through, and hold the others.
	 */
	void hold(int events) {
		this.allowed = new Semaphore(events);
		this.open = false;
	}

	/**
	 * Let more events through.
	 */
	void pass(int events) {
		this.allowed.release(events);
	}

	/**
	 * Let all events through.
	 */
	void reset() {
		this.open = true;
		this.allowed.release(Short.MAX_VALUE);
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		return next.exchange(exchange).concatMap((event) -> this.open ? Mono.just(event) : whenAllowed(event), 1);
	}

	private Mono<GenerateContentResponse> whenAllowed(GenerateContentResponse event) {
		return Mono.fromCallable(() -> {
			acquire();
			return event;
		}).subscribeOn(Schedulers.boundedElastic());
	}

	private void acquire() {
		try {
			this.allowed.acquire();
		}
		catch (InterruptedException ex) {
			// The answer was stopped.
		}
	}

}
