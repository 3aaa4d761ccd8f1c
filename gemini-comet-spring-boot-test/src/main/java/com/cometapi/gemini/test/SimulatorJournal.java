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

import org.jspecify.annotations.Nullable;

/**
 * Record of the requests, streams and cancellations of a simulator.
 */
final class SimulatorJournal {

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	private final BlockingQueue<RecordedRequest> untaken = new LinkedBlockingQueue<>();

	// Replaced as a whole, so that a stream that is counted as cancelled is no longer
	// counted as open
	private volatile Counts counts = new Counts(0, 0, 0, 0);

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

	synchronized void opened(boolean stream) {
		Counts counts = this.counts;
		this.counts = new Counts(counts.openCalls + 1, counts.openStreams + ((stream) ? 1 : 0), counts.cancelledCalls,
				counts.cancelledStreams);
	}

	synchronized void closed(boolean stream, boolean cancelled) {
		Counts counts = this.counts;
		this.counts = new Counts(counts.openCalls - 1, counts.openStreams - ((stream) ? 1 : 0),
				counts.cancelledCalls + ((cancelled) ? 1 : 0),
				counts.cancelledStreams + ((stream && cancelled) ? 1 : 0));
	}

	int openCalls() {
		return this.counts.openCalls;
	}

	int openStreams() {
		return this.counts.openStreams;
	}

	int cancelledCalls() {
		return this.counts.cancelledCalls;
	}

	int cancelledStreams() {
		return this.counts.cancelledStreams;
	}

	synchronized void clear() {
		this.requests.clear();
		this.untaken.clear();
		this.counts = new Counts(this.counts.openCalls, this.counts.openStreams, 0, 0);
	}

	private record Counts(int openCalls, int openStreams, int cancelledCalls, int cancelledStreams) {

	}

}
