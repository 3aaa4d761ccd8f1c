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

package com.cometapi.gemini.benchmarks;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one stream at the pace that the model names, each with the time at
 * which it is sent.
 */
final class Pace {

	private @Nullable ScheduledFuture<?> task;

	void start(ScheduledExecutorService executor, String model, Events events) {
		int pauseMillis = Prompts.pauseMillis(model);
		int count = Prompts.events(model);
		int[] sent = new int[1];
		this.task = executor.scheduleAtFixedRate(() -> {
			boolean last = ++sent[0] == count;
			// The clock is the same in all processes of the machine.
			events.send("@" + System.nanoTime(), last);
			if (last) {
				stop();
			}
		}, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
	}

	void stop() {
		if (this.task != null) {
			this.task.cancel(false);
			this.task = null;
		}
	}

	/**
	 * Sends the events of a stream.
	 */
	@FunctionalInterface
	interface Events {

		/**
		 * Send an event.
		 * @param text its text
		 * @param last whether it is the last one
		 */
		void send(String text, boolean last);

	}

}
