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
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/**
 * {@link ShutdownLifecycle} that ends the streams to browsers during the graceful
 * shutdown of the web server, before the server closes their connections.
 */
final class GeminiSseShutdownLifecycle extends ShutdownLifecycle implements DisposableBean {

	// Time to send the final events if the server does not shut down gracefully
	private static final Duration LAST_EVENTS = Duration.ofMillis(500);

	private final Duration delay;

	private final boolean graceful;

	private Sinks.@Nullable Empty<Void> signal;

	private volatile @Nullable Disposable timer;

	/**
	 * Create the lifecycle.
	 * @param delay the time after the start of the shutdown at which streams are ended
	 * @param graceful whether the server shuts down gracefully
	 */
	GeminiSseShutdownLifecycle(Duration delay, boolean graceful) {
		super(BROWSERS);
		this.delay = delay;
		this.graceful = graceful;
	}

	/**
	 * Return the signal that completes when streams have to end.
	 * @return the signal
	 */
	Mono<Void> signal() {
		return Mono.defer(() -> sink().asMono());
	}

	// Created by the first stream, so that the start of the application does not load it
	private synchronized Sinks.Empty<Void> sink() {
		Sinks.Empty<Void> signal = this.signal;
		if (signal == null) {
			signal = Sinks.empty();
			this.signal = signal;
		}
		return signal;
	}

	private synchronized void reset() {
		this.signal = null;
	}

	@Override
	public void start() {
		cancelTimer();
		reset();
		super.start();
	}

	@Override
	void shutDown(Runnable callback) {
		if (this.graceful) {
			this.timer = Schedulers.parallel().schedule(this::endStreams, this.delay.toMillis(), TimeUnit.MILLISECONDS);
			callback.run();
			return;
		}
		boolean streaming = sink().currentSubscriberCount() > 0;
		endStreams();
		if (streaming) {
			Schedulers.parallel().schedule(callback, LAST_EVENTS.toMillis(), TimeUnit.MILLISECONDS);
		}
		else {
			callback.run();
		}
	}

	/**
	 * End all streams now.
	 */
	void endStreams() {
		sink().tryEmitEmpty();
	}

	@Override
	public void destroy() {
		cancelTimer();
		endStreams();
	}

	private void cancelTimer() {
		Disposable timer = this.timer;
		if (timer != null) {
			timer.dispose();
		}
	}

}
