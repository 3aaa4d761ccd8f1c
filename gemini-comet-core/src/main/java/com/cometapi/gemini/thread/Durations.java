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

package com.cometapi.gemini.thread;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits durations to the range of timers.
 */
public final class Durations {

	private Durations() {
	}

	/**
	 * Return a duration, or 292 years if it is longer. Timers count nanoseconds in a
	 * {@code long}, in which longer ones do not fit.
	 * @param duration the duration
	 * @return the duration, at most 292 years
	 */
	public static Duration capped(Duration duration) {
		return Duration.ofNanos(TimeUnit.NANOSECONDS.convert(duration));
	}

}
