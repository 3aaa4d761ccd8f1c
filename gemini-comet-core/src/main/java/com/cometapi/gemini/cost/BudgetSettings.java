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

package com.cometapi.gemini.cost;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

import com.cometapi.gemini.cost.GeminiBudgetFilter.OnStoreFailure;
import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Settings of a {@link GeminiBudgetFilter}.
 *
 * @param prices the prices
 * @param budgets the budgets
 * @param store the store
 * @param estimatedOutputTokens the number of output tokens to reserve for a call
 * @param storeTimeout the maximum time to wait for the store
 * @param onStoreFailure the reaction to a store that fails
 * @param zone the time zone of days and months
 * @param clock the clock
 * @param listeners the listeners
 * @param threads the threads that call the listeners
 */
record BudgetSettings(GeminiPrices prices, List<GeminiBudget> budgets, GeminiBudgetStore store,
		int estimatedOutputTokens, Duration storeTimeout, OnStoreFailure onStoreFailure, ZoneId zone,
		InstantSource clock, List<GeminiBudgetListener> listeners, GeminiThreads threads) {

	private static final Log logger = LogFactory.getLog(GeminiBudgetFilter.class);

	BudgetSettings {
		listeners = List.copyOf(listeners);
	}

	/**
	 * Notify the listeners, without waiting for them.
	 * @param event the event
	 */
	void publish(GeminiBudgetEvent event) {
		for (GeminiBudgetListener listener : this.listeners) {
			this.threads.onFunctionThread(Mono.fromRunnable(() -> listener.onExceeded(event))).subscribe((none) -> {
			}, (ex) -> logger.warn("A listener of the budget '%s' failed".formatted(event.budget().name()), ex));
		}
	}

}
