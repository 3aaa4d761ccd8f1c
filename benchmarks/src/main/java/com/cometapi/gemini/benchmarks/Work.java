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

package com.cometapi.gemini.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/**
 * Benchmarks, by their names on the command line.
 */
enum Work {

	/**
	 * Unary calls, one after the other.
	 */
	UNARY_1("unary-1", Unit.CALL, 50, "Unary call of 1 KB, one at a time"),

	/**
	 * Unary calls, 64 in flight.
	 */
	UNARY_64("unary-64", Unit.CALL, 50, "Unary call of 1 KB, 64 in flight"),

	/**
	 * Unary calls, 64 in flight, each with a virtual thread that waits for it.
	 */
	UNARY_64_VIRTUAL("unary-64-virtual", Unit.CALL, 50, "Unary call of 1 KB, 64 virtual threads that wait"),

	/**
	 * Unary calls, one after the other, with metrics and a filter.
	 */
	UNARY_1_OBSERVED("unary-1-observed", Unit.CALL, 50, "Unary call of 1 KB, one at a time, with metrics and a filter"),

	/**
	 * Unary calls, 64 in flight, with metrics and a filter.
	 */
	UNARY_64_OBSERVED("unary-64-observed", Unit.CALL, 50,
			"Unary call of 1 KB, 64 in flight, with metrics and a filter"),

	/**
	 * Streams of 1,000 events, one after the other.
	 */
	STREAM_1000("stream-1000", Unit.EVENT, 10, "One stream of 1,000 events"),

	/**
	 * A stream at the pace of a model.
	 */
	FIRST_EVENT("first-event", Unit.EVENT, 4, "Events of a stream paced at 20 ms: time from the server's sending"),

	/**
	 * A thousand streams at once.
	 */
	OPEN_1000("open-1000", Unit.EVENT, 4, "1,000 open streams, an event every 500 ms each"),

	/**
	 * Two thousand streams at once, and the memory of each.
	 */
	OPEN_2000("open-2000", Unit.EVENT, 4, "2,000 open streams, an event every 500 ms each"),

	/**
	 * A large picture to the server.
	 */
	UPLOAD("upload-20mb", Unit.BYTE, 4, "Upload of a picture of 20 MB"),

	/**
	 * A picture from the server.
	 */
	DOWNLOAD("download-4mb", Unit.BYTE, 6, "Download of a picture of 4 MB"),

	/**
	 * A fresh process.
	 */
	START("start", Unit.PROCESS, 0, "Start of the process to the first answer");

	private final String id;

	private final Unit unit;

	private final int warmUpSeconds;

	private final String title;

	Work(String id, Unit unit, int warmUpSeconds, String title) {
		this.id = id;
		this.unit = unit;
		this.warmUpSeconds = warmUpSeconds;
		this.title = title;
	}

	String id() {
		return this.id;
	}

	Unit unit() {
		return this.unit;
	}

	/**
	 * Return the CPU time that a process needs until the JIT compiler has finished.
	 * @return the time
	 */
	Duration warmUp() {
		return Duration.ofSeconds(this.warmUpSeconds);
	}

	String title() {
		return this.title;
	}

	/**
	 * Return the number of streams that are open at once.
	 * @return the number, 0 for other work
	 */
	int openStreams() {
		return switch (this) {
			case OPEN_1000 -> 1000;
			case OPEN_2000 -> 2000;
			default -> 0;
		};
	}

	/**
	 * Return whether the clients have metrics and a filter.
	 * @return {@code true} if they have
	 */
	boolean isObserved() {
		return this == UNARY_1_OBSERVED || this == UNARY_64_OBSERVED;
	}

	/**
	 * Return whether the smallest heap for the work is searched for.
	 * @return {@code true} for the work with large messages
	 */
	boolean asksForHeap() {
		return this.unit == Unit.BYTE;
	}

	/**
	 * Return whether this JVM can do the work.
	 * @return {@code false} for virtual threads before Java 21
	 */
	boolean isPossible() {
		return this != UNARY_64_VIRTUAL || Runtime.version().feature() >= 21;
	}

	static Work of(String id) {
		return Arrays.stream(values())
			.filter((work) -> work.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown work '" + id + "'"));
	}

	/**
	 * Unit in which the work is counted.
	 */
	enum Unit {

		/**
		 * A unary call.
		 */
		CALL,

		/**
		 * An event of a stream.
		 */
		EVENT,

		/**
		 * A byte of a picture.
		 */
		BYTE,

		/**
		 * A process.
		 */
		PROCESS

	}

}
