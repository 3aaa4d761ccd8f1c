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

import com.cometapi.gemini.web.resume.GeminiStreamStore;
import com.cometapi.gemini.web.resume.GeminiStreams;
import com.cometapi.gemini.web.resume.redis.RedisGeminiStreamStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * {@link SmartLifecycle} that ends resumable streams at shutdown, those without a browser
 * as well, and waits until their last events are stored.
 */
final class GeminiResumeShutdownLifecycle implements SmartLifecycle {

	// After the web server, before turns of chats are waited for and connections close
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

	private final GeminiStreams streams;

	// Not the bean itself, since Spring stops a lifecycle after all that depend on it,
	// whatever their phases are.
	private final ObjectProvider<GeminiSseShutdownLifecycle> shutdown;

	private final GeminiStreamStore store;

	private volatile boolean running;

	GeminiResumeShutdownLifecycle(GeminiStreams streams, ObjectProvider<GeminiSseShutdownLifecycle> shutdown,
			GeminiStreamStore store) {
		this.streams = streams;
		this.shutdown = shutdown;
		this.store = store;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.shutdown.getObject().stop();
		this.streams.whenEnded().doFinally((signal) -> {
			closeStore();
			callback.run();
		}).subscribe();
	}

	// Its connections close before those of the factory that they are from
	private void closeStore() {
		if (this.store instanceof RedisGeminiStreamStore redis) {
			redis.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	// A context that is paused between tests goes on serving
	@Override
	public boolean isPauseable() {
		return false;
	}

}
