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

package com.cometapi.gemini.autoconfigure.batch;

import java.time.Duration;

import com.cometapi.gemini.batch.GeminiBatch;

import org.springframework.context.SmartLifecycle;

/**
 * Stops running steps before the connections that they use are closed, so that a job ends
 * as stopped and can be restarted.
 */
class GeminiBatchShutdownLifecycle implements SmartLifecycle {

	private final GeminiBatch batch;

	private final Duration timeout;

	private volatile boolean running;

	/**
	 * Create the lifecycle.
	 * @param batch the batch whose steps to stop
	 * @param timeout the maximum time to wait for them
	 */
	GeminiBatchShutdownLifecycle(GeminiBatch batch, Duration timeout) {
		this.batch = batch;
		this.timeout = timeout;
	}

	@Override
	public void start() {
		this.batch.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		try {
			this.batch.stop(this.timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// A context that is paused between tests may go on with its jobs.
	@Override
	public boolean isPauseable() {
		return false;
	}

	// After the listeners that start steps for other processes, before the limits
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2048;
	}

}
