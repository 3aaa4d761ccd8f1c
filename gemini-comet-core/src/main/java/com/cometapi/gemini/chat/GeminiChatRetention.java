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

package com.cometapi.gemini.chat;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Limits on the age and the number of turns that a repository keeps.
 *
 * @param timeToLive the time from its last turn until a conversation expires, at least
 * one millisecond, or {@code null} for no limit
 * @param maxTurns the maximum number of turns to keep of a conversation, the last ones,
 * or {@code null} for all
 */
public record GeminiChatRetention(@Nullable Duration timeToLive, @Nullable Integer maxTurns) {

	/**
	 * No limits.
	 */
	public static final GeminiChatRetention UNLIMITED = new GeminiChatRetention(null, null);

	/**
	 * Create a retention.
	 */
	public GeminiChatRetention {
		Assert.isTrue(timeToLive == null || timeToLive.compareTo(Duration.ofMillis(1)) >= 0,
				"'timeToLive' must be at least one millisecond");
		Assert.isTrue(maxTurns == null || maxTurns > 0, "'maxTurns' must be positive");
	}

}
