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

package com.cometapi.gemini.autoconfigure.limit;

import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;

import org.springframework.context.SmartLifecycle;

/**
 * {@link SmartLifecycle} that ends the reports to the shared store of the limits at
 * shutdown, before the connections to it are closed.
 */
final class GeminiLimitShutdownLifecycle implements SmartLifecycle {

	// After the web server and before connection factories, which have phase 0
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final GeminiLimitExchangeFilter filter;

	private volatile boolean running;

	/**
	 * Create the lifecycle.
	 * @param filter the filter that reports to the store
	 */
	GeminiLimitShutdownLifecycle(GeminiLimitExchangeFilter filter) {
		this.filter = filter;
	}

	@Override
	public void start() {
		this.filter.open();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.filter.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// A context that is paused between tests goes on later, with the same filter.
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
