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

package com.cometapi.gemini.web.resume;

import java.time.Duration;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Limits on what a store retains of a stream.
 *
 * @param maxSize the maximum {@linkplain GeminiStreamEvent#size() size} of the events of
 * a stream. When it is exceeded, the oldest events are removed, and reading them fails
 * with a {@link GeminiStreamExpiredException}; the events that were appended last, and
 * the one before them, are retained in any case
 * @param timeToLive the time after its last event when a stream is removed, at least a
 * millisecond
 */
public record GeminiStreamRetention(DataSize maxSize, Duration timeToLive) {

	public GeminiStreamRetention {
		Assert.isTrue(maxSize.toBytes() > 0, "'maxSize' must be positive");
		Assert.isTrue(timeToLive.toMillis() > 0, "'timeToLive' must be at least a millisecond");
	}

}
