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

package com.cometapi.gemini.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Adds heartbeat comments to a stream of events: one immediately, and two after each
 * interval without an event. Two, because some servers detect a closed connection only
 * with the second write. A slow browser has at most one comment pending.
 */
final class HeartbeatComments {

	private static final ServerSentEvent<String> HEARTBEAT = ServerSentEvent.<String>builder()
		.comment("heartbeat")
		.build();

	private static final Duration PROBE_DELAY = Duration.ofMillis(100);

	private final Scheduler clock = Schedulers.parallel();

	private final Sinks.Empty<Void> end = Sinks.empty();

	private final long interval;

	private volatile long lastSent;

	private volatile boolean ended;

	HeartbeatComments(Duration interval) {
		this.interval = interval.toMillis();
		this.lastSent = now();
	}

	Flux<ServerSentEvent<String>> addTo(Flux<ServerSentEvent<String>> events) {
		return Flux.merge(1, heartbeats(), events.doOnComplete(this::end))
			.filter((event) -> event != HEARTBEAT || !this.ended)
			.doOnNext((event) -> this.lastSent = now());
	}

	private Flux<ServerSentEvent<String>> heartbeats() {
		return Mono.defer(() -> Mono.delay(Duration.ofMillis(remaining())))
			.repeat()
			.filter((tick) -> remaining() == 0)
			.concatMap((tick) -> Flux.just(HEARTBEAT).concatWith(Mono.delay(PROBE_DELAY).thenReturn(HEARTBEAT)), 1)
			.startWith(HEARTBEAT)
			.takeUntilOther(this.end.asMono());
	}

	private void end() {
		this.ended = true;
		this.end.tryEmitEmpty();
	}

	private long remaining() {
		// Between 0 and the interval even if the clock is adjusted
		long silent = Math.max(0, now() - this.lastSent);
		return Math.max(0, this.interval - silent);
	}

	private long now() {
		return this.clock.now(TimeUnit.MILLISECONDS);
	}

}
