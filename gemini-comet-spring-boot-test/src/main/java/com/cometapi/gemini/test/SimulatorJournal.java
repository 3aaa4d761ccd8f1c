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

package com.cometapi.gemini.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Record of the requests, streams and cancellations of a simulator.
 */
final class SimulatorJournal {

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	private final BlockingQueue<RecordedRequest> untaken = new LinkedBlockingQueue<>();

	private final AtomicInteger openCalls = new AtomicInteger();

	private final AtomicInteger openStreams = new AtomicInteger();

	private final AtomicInteger cancelledCalls = new AtomicInteger();

	private final AtomicInteger cancelledStreams = new AtomicInteger();

	void add(RecordedRequest request) {
		this.requests.add(request);
		this.untaken.add(request);
	}

	List<RecordedRequest> requests() {
		return List.copyOf(this.requests);
	}

	@Nullable RecordedRequest take(Duration timeout) throws InterruptedException {
		return this.untaken.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	void opened(boolean stream) {
		this.openCalls.incrementAndGet();
		if (stream) {
			this.openStreams.incrementAndGet();
		}
	}

	void closed(boolean stream, boolean cancelled) {
		if (cancelled) {
			this.cancelledCalls.incrementAndGet();
		}
		if (stream && cancelled) {
			this.cancelledStreams.incrementAndGet();
		}
		if (stream) {
			this.openStreams.decrementAndGet();
		}
		this.openCalls.decrementAndGet();
	}

	int openCalls() {
		return this.openCalls.get();
	}

	int openStreams() {
		return this.openStreams.get();
	}

	int cancelledCalls() {
		return this.cancelledCalls.get();
	}

	int cancelledStreams() {
		return this.cancelledStreams.get();
	}

	void clear() {
		this.requests.clear();
		this.untaken.clear();
		this.cancelledCalls.set(0);
		this.cancelledStreams.set(0);
	}

}
