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

/**
 * Resources that are still in use when all calls have ended.
 *
 * @param seconds the time since the start
 * @param calls the calls so far
 * @param connections the connections as the server sees them
 * @param acquired the connections and streams that the pools have given out
 * @param pending the calls that wait for a connection
 * @param footprint the memory after a garbage collection, and the threads
 * @param leaks the buffers that nobody released, so far
 */
record SoakSample(long seconds, long calls, long connections, int acquired, int pending, Footprint footprint,
		int leaks) {

	static String header() {
		return """
				| s | calls | connections | acquired | pending | heap KB | direct KB | threads | leaked buffers |
				| --- | --- | --- | --- | --- | --- | --- | --- | --- |""";
	}

	String toRow() {
		return "| %,d | %,d | %d | %d | %d | %,d | %,d | %d | %d |".formatted(this.seconds, this.calls,
				this.connections, this.acquired, this.pending, heapKb(), directKb(), this.footprint.threads(),
				this.leaks);
	}

	int threads() {
		return this.footprint.threads();
	}

	long heapKb() {
		return this.footprint.heap() / 1024;
	}

	long directKb() {
		return this.footprint.direct() / 1024;
	}

}
