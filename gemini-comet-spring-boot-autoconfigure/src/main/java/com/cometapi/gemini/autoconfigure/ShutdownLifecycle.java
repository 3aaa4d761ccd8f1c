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

package com.cometapi.gemini.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * {@link SmartLifecycle} that has work to do when the application shuts down. From the
 * highest phase to the lowest one, with those of Spring Boot:
 * <ol>
 * <li>{@link #BROWSERS}: streams to browsers end, while the web server shuts down
 * gracefully in the same phase, so that both share its timeout
 * <li>{@link SmartLifecycle#DEFAULT_PHASE} - 2048: the web server closes its connections
 * <li>{@link #RESUMABLE_STREAMS}: streams without a browser end as well, and the last
 * events of all of them are stored
 * <li>{@link #CONVERSATIONS}: completed turns are stored
 * <li>0: connection factories close their connections
 * </ol>
 */
abstract class ShutdownLifecycle implements SmartLifecycle {

	static final int BROWSERS = DEFAULT_PHASE - 1024;

	static final int RESUMABLE_STREAMS = DEFAULT_PHASE - 3072;

	static final int CONVERSATIONS = DEFAULT_PHASE - 4096;

	private final int phase;

	private volatile boolean running;

	ShutdownLifecycle(int phase) {
		this.phase = phase;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public final void stop() {
		stop(() -> {
		});
	}

	@Override
	public final void stop(Runnable callback) {
		this.running = false;
		shutDown(callback);
	}

	/**
	 * Do the work.
	 * @param callback called when the next phase may begin
	 */
	abstract void shutDown(Runnable callback);

	@Override
	public final boolean isRunning() {
		return this.running;
	}

	@Override
	public final int getPhase() {
		return this.phase;
	}

	// A context that is paused between tests goes on serving, as does its web server
	@Override
	public final boolean isPauseable() {
		return false;
	}

}
