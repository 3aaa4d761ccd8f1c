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

/**
 * State of a running stream, as its instance needs it to decide whether to go on.
 *
 * @param cancelRequested whether somebody has asked for an early end of the stream
 * @param unwatched the time since the last reader of the stream left, or since the stream
 * was created, by the clock of the store; zero while somebody reads it
 */
public record GeminiStreamState(boolean cancelRequested, Duration unwatched) {

	public GeminiStreamState {
		Assert.notNull(unwatched, "'unwatched' must not be null");
	}

}
