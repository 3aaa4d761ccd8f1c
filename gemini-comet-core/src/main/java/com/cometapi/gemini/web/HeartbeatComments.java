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
 * Comments for one stream of events: one at once, and two after each time without an
 * event. Two, because a server that learns of a closed connection only by writing learns
 * of it with the second write. A browser that is slow has at most one waiting.
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
		// Within 0 and the interval even when the clock is set
		long silent = Math.max(0, now() - this.lastSent);
		return Math.max(0, this.interval - silent);
	}

	private long now() {
		return this.clock.now(TimeUnit.MILLISECONDS);
	}

}
