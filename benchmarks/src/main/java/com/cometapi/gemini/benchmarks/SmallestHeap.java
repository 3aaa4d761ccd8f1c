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

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Searches for the smallest heap with which a contender can do a work.
 */
final class SmallestHeap {

	private static final List<Integer> STEPS = List.of(24, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 224, 256, 320,
			384, 512);

	private static final Duration SHORT = Duration.ofSeconds(1);

	private SmallestHeap() {
	}

	/**
	 * Search by bisection.
	 * @param attempt does the work with a heap
	 * @param work the work
	 * @param contender the contender
	 * @return the heap in MB, or {@code NaN} if the largest is too small
	 * @throws IOException if a process cannot be started
	 */
	static double find(Attempt attempt, Work work, Contenders contender) throws IOException {
		int low = 0;
		int high = STEPS.size();
		while (low < high) {
			int middle = (low + high) / 2;
			Turn turn = new Turn(contender, work, STEPS.get(middle) + "m", SHORT, SHORT);
			if (Result.isLine(attempt.run(turn))) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return (low < STEPS.size()) ? STEPS.get(low) : Double.NaN;
	}

	/**
	 * Runs a turn.
	 */
	@FunctionalInterface
	interface Attempt {

		/**
		 * Run it.
		 * @param turn the turn
		 * @return the last line of its output
		 * @throws IOException if a process cannot be started
		 */
		String run(Turn turn) throws IOException;

	}

}
