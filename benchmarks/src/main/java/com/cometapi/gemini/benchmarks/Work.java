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

import java.util.Arrays;

/**
 * What is measured, by the names of the command line.
 */
enum Work {

	/**
	 * Unary calls, one after the other.
	 */
	UNARY_1("unary-1", Unit.CALL, "Unary call of 1 KB, one at a time"),

	/**
	 * Unary calls, 64 in flight.
	 */
	UNARY_64("unary-64", Unit.CALL, "Unary call of 1 KB, 64 in flight"),

	/**
	 * Streams of 1,000 events, one after the other.
	 */
	STREAM_1000("stream-1000", Unit.EVENT, "One stream of 1,000 events"),

	/**
	 * A stream at the pace of a model.
	 */
	FIRST_EVENT("first-event", Unit.EVENT, "Events of a stream paced at 20 ms: time from the server's sending"),

	/**
	 * A thousand streams at once.
	 */
	OPEN_1000("open-1000", Unit.EVENT, "1,000 open streams, an event every 500 ms each"),

	/**
	 * A large picture to the server.
	 */
	UPLOAD("upload-20mb", Unit.BYTE, "Upload of a picture of 20 MB"),

	/**
	 * A picture from the server.
	 */
	DOWNLOAD("download-4mb", Unit.BYTE, "Download of a picture of 4 MB"),

	/**
	 * A fresh process.
	 */
	START("start", Unit.PROCESS, "Start of the process to the first answer");

	private final String id;

	private final Unit unit;

	private final String title;

	Work(String id, Unit unit, String title) {
		this.id = id;
		this.unit = unit;
		this.title = title;
	}

	String id() {
		return this.id;
	}

	Unit unit() {
		return this.unit;
	}

	String title() {
		return this.title;
	}

	static Work of(String id) {
		return Arrays.stream(values())
			.filter((work) -> work.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown work '" + id + "'"));
	}

	/**
	 * What is counted.
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
