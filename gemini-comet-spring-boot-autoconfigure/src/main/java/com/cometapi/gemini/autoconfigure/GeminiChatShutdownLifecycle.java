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

import java.time.Duration;

import com.cometapi.gemini.thread.GeminiThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * {@link ShutdownLifecycle} that waits until completed turns are stored.
 */
final class GeminiChatShutdownLifecycle extends ShutdownLifecycle {

	private static final Log logger = LogFactory.getLog(GeminiChatShutdownLifecycle.class);

	private final GeminiThreads threads;

	private final Duration timeout;

	/**
	 * Create the lifecycle.
	 * @param threads the threads that call the stores
	 * @param timeout the maximum time to wait
	 */
	GeminiChatShutdownLifecycle(GeminiThreads threads, Duration timeout) {
		super(CONVERSATIONS);
		this.threads = threads;
		this.timeout = timeout;
	}

	@Override
	void shutDown(Runnable callback) {
		if (!this.threads.awaitStores(this.timeout)) {
			logger
				.warn("Conversations are still being stored after %s s ('spring.lifecycle.timeout-per-shutdown-phase')"
					.formatted(this.timeout.toMillis() / 1000.0));
		}
		callback.run();
	}

}
