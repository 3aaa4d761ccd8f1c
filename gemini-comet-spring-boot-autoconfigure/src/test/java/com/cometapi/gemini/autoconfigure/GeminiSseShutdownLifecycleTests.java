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
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiSseShutdownLifecycle}.
 */
class GeminiSseShutdownLifecycleTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final GeminiSseShutdownLifecycle lifecycle = new GeminiSseShutdownLifecycle(Duration.ofSeconds(15), true);

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void streamsAreEndedAfterTheDelay() {
		this.lifecycle.start();
		AtomicBoolean ended = openStream();
		this.lifecycle.stop(() -> {
		});
		assertThat(ended).isFalse();

		this.time.advanceTimeBy(Duration.ofSeconds(15));
		assertThat(ended).isTrue();
	}

	@Test
	void whenContextIsStartedAgainThenItsStreamsAreNotEnded() {
		this.lifecycle.start();
		this.lifecycle.stop(() -> {
		});
		this.lifecycle.start();
		AtomicBoolean ended = openStream();

		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(ended).isFalse();
	}

	@Test
	void pausingTheContextEndsNoStreams() {
		assertThat(this.lifecycle.isPauseable()).isFalse();
	}

	private AtomicBoolean openStream() {
		AtomicBoolean ended = new AtomicBoolean();
		this.lifecycle.signal().subscribe(null, null, () -> ended.set(true));
		return ended;
	}

}
