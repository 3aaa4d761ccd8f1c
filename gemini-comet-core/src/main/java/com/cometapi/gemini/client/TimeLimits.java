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

package com.cometapi.gemini.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Time limits of one call: the first two apply to each attempt, the total one to all
 * attempts together.
 *
 * @param firstEvent the time until the first event
 * @param idle the time between two events
 * @param total the time of the whole call, or {@code null} for no limit
 */
record TimeLimits(Duration firstEvent, Duration idle, @Nullable Duration total) {

	TimeLimits totalOnly() {
		Duration none = Duration.ofNanos(Long.MAX_VALUE);
		return new TimeLimits(none, none, this.total);
	}

	/**
	 * Return the limits of a call.
	 * @param options the per-call options
	 */
	TimeLimits with(GeminiCallOptions options) {
		if (options.firstEventTimeout() == null && options.idleTimeout() == null && options.totalTimeout() == null) {
			return this;
		}
		return new TimeLimits((options.firstEventTimeout() != null) ? options.firstEventTimeout() : this.firstEvent,
				(options.idleTimeout() != null) ? options.idleTimeout() : this.idle,
				(options.totalTimeout() != null) ? options.totalTimeout() : this.total);
	}

	static TimeLimits of(GeminiClientSettings settings) {
		return new TimeLimits(settings.firstEventTimeout(), settings.idleTimeout(), settings.totalTimeout());
	}

}
