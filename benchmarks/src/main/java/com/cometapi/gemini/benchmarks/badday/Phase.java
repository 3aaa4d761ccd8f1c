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

package com.cometapi.gemini.benchmarks.badday;

/**
 * The parts of the day, by the state of the first connection.
 */
enum Phase {

	/**
	 * It responds.
	 */
	MORNING("responds", 10),

	/**
	 * It fails for a part of the calls.
	 */
	NOON("fails for 30 %", 30),

	/**
	 * It is unreachable.
	 */
	OUTAGE("is gone", 10),

	/**
	 * It fails for a part of the calls again.
	 */
	AFTERNOON("fails for 30 %", 30),

	/**
	 * It responds again.
	 */
	EVENING("responds", 10),

	/**
	 * It still responds.
	 */
	NIGHT("responds", 10);

	private final String description;

	private final int percent;

	Phase(String description, int percent) {
		this.description = description;
		this.percent = percent;
	}

	String description() {
		return this.description;
	}

	int percent() {
		return this.percent;
	}

}
