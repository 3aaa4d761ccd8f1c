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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measurements of one run, by name; passed from process to process as one line.
 */
final class Result {

	/**
	 * Number of units of work that were done.
	 */
	static final String UNITS = "units";

	/**
	 * CPU time in nanoseconds.
	 */
	static final String CPU = "cpu";

	/**
	 * Allocated bytes.
	 */
	static final String HEAP = "heap";

	/**
	 * Time in nanoseconds.
	 */
	static final String WALL = "wall";

	/**
	 * CPU time of the server in nanoseconds.
	 */
	static final String SERVER_CPU = "server";

	/**
	 * Peak number of threads.
	 */
	static final String THREADS = "threads";

	/**
	 * Peak of the resident memory in bytes.
	 */
	static final String MEMORY = "memory";

	/**
	 * Number of loaded classes.
	 */
	static final String CLASSES = "classes";

	/**
	 * Number of streams that did not deliver all their events.
	 */
	static final String LOST = "lost";

	/**
	 * Bytes of heap for each open stream.
	 */
	static final String STREAM_HEAP = "stream-heap";

	/**
	 * Bytes of direct memory for each open stream.
	 */
	static final String STREAM_DIRECT = "stream-direct";

	/**
	 * Number of threads that the open streams added.
	 */
	static final String NEW_THREADS = "new-threads";

	/**
	 * Number of connections to the server while all streams were open.
	 */
	static final String CONNECTIONS = "connections";

	/**
	 * Nanoseconds from the time at which the server sent the first event until it was
	 * received.
	 */
	static final String FIRST_DELAY = "first";

	/**
	 * The median of the same time for all events.
	 */
	static final String MEDIAN_DELAY = "median";

	/**
	 * The 99th percentile of the same time for all events.
	 */
	static final String HIGH_DELAY = "p99";

	private static final String LINE = "RESULT ";

	private final Map<String, Double> values;

	Result() {
		this(new TreeMap<>());
	}

	private Result(Map<String, Double> values) {
		this.values = values;
	}

	void put(String name, double value) {
		this.values.put(name, value);
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	double get(String name) {
		return this.values.getOrDefault(name, Double.NaN);
	}

	double perUnit(String name) {
		return get(name) / get(UNITS);
	}

	String toLine() {
		return LINE + this.values.entrySet()
			.stream()
			.map((value) -> value.getKey() + "=" + value.getValue())
			.collect(Collectors.joining(" "));
	}

	static boolean isLine(String line) {
		return line.startsWith(LINE);
	}

	static Result ofLine(String line) {
		return new Result(Arrays.stream(line.substring(LINE.length()).split(" "))
			.map((value) -> value.split("="))
			.collect(Collectors.toMap((value) -> value[0], (value) -> Double.valueOf(value[1]))));
	}

}
