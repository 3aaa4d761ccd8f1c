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
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;

/**
 * {@link ShutdownLifecycle} that ends resumable streams, waits until their last events
 * are stored, and closes their store.
 */
final class GeminiResumeShutdownLifecycle extends ShutdownLifecycle {

	private static final Log logger = LogFactory.getLog(GeminiResumeShutdownLifecycle.class);

	private final GeminiStreams streams;

	// Not the bean itself, since Spring stops a lifecycle after all that depend on it,
	// whatever their phases are.
	private final ObjectProvider<GeminiSseShutdownLifecycle> browsers;

	private final GeminiStreamStore store;

	GeminiResumeShutdownLifecycle(GeminiStreams streams, ObjectProvider<GeminiSseShutdownLifecycle> browsers,
			GeminiStreamStore store) {
		super(RESUMABLE_STREAMS);
		this.streams = streams;
		this.browsers = browsers;
		this.store = store;
	}

	@Override
	void shutDown(Runnable callback) {
		this.browsers.getObject().endStreams();
		this.streams.whenEnded().doFinally((signal) -> {
			closeStore();
			callback.run();
		}).subscribe();
	}

	// The connections of the store must close before the factory that opened them
	private void closeStore() {
		if (this.store instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				logger.warn("Failed to close the store of resumable streams", ex);
			}
		}
	}

}
