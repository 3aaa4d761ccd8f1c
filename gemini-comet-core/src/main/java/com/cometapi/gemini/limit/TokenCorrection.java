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

package com.cometapi.gemini.limit;

/**
 * Difference between the tokens that calls used and the estimates of their requests,
 * mostly the tokens of the responses, as a moving average. Thread-safe.
 */
final class TokenCorrection {

	private static final double WEIGHT = 0.2;

	private boolean learned;

	private double average;

	/**
	 * Add the difference of a call.
	 * @param difference the tokens that it used less those estimated from its request
	 */
	synchronized void learn(long difference) {
		this.average = (this.learned) ? this.average + WEIGHT * (difference - this.average) : difference;
		this.learned = true;
	}

	/**
	 * Correct an estimate.
	 * @param estimate the estimated tokens of a request
	 * @return the tokens that the call will probably use, at least 1
	 */
	synchronized long apply(long estimate) {
		return Math.max(estimate + Math.round(this.average), 1);
	}

}
