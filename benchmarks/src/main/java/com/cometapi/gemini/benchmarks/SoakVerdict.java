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

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Decides for each kind of leak whether there is one.
 */
final class SoakVerdict {

	private static final int HEAP_KB = 4096;

	private static final int DIRECT_KB = 8192;

	private static final int THREADS = 2;

	private static final int WARM_UP_SHARE = 4;

	private final StringBuilder rows = new StringBuilder();

	private boolean passed = true;

	/**
	 * Compare the last sample with the first ones.
	 * @param samples the samples, the first quarter of which were taken while the process
	 * warmed up
	 * @param failures the number of calls with an unexpected outcome
	 * @return {@code true} if there is no leak and no failure
	 */
	boolean judge(List<SoakSample> samples, long failures) {
		List<SoakSample> first = samples.subList(0, Math.max(1, samples.size() / WARM_UP_SHARE));
		nothing("connections open at the server", samples, SoakSample::connections);
		nothing("connections given out by the pools", samples, SoakSample::acquired);
		nothing("calls waiting for a connection", samples, SoakSample::pending);
		nothing("buffers not released", samples, SoakSample::leaks);
		SoakSample last = samples.get(samples.size() - 1);
		growth("heap KB", max(first, SoakSample::heapKb), last.heapKb(), HEAP_KB);
		growth("direct memory KB", max(first, SoakSample::directKb), last.directKb(), DIRECT_KB);
		growth("threads", max(first, SoakSample::threads), last.threads(), THREADS);
		row("calls with an unexpected outcome", "0", failures, 0);
		return this.passed;
	}

	private void nothing(String what, List<SoakSample> samples, ToLongFunction<SoakSample> value) {
		row(what + ", highest", "%,d".formatted(value.applyAsLong(samples.get(0))), max(samples, value), 0);
	}

	private void growth(String what, long first, long last, long allowed) {
		row(what, "%,d".formatted(first), last, first + allowed);
	}

	private void row(String what, String first, long last, long limit) {
		this.passed &= last <= limit;
		this.rows.append("| %s | %s | %,d | %,d | %s |\n".formatted(what, first, last, limit,
				(last <= limit) ? "pass" : "**fail**"));
	}

	private static long max(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
		return samples.stream().mapToLong(value).max().orElseThrow();
	}

	@Override
	public String toString() {
		return "\n## Verdict\n\nMemory and threads: the last sample and the highest of the first quarter, in which the process warms up.\n\n"
				+ "| | first | last | at most | |\n| --- | --- | --- | --- | --- |\n" + this.rows;
	}

}
