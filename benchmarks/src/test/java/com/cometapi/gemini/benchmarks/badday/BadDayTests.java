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

import java.time.Duration;

import com.cometapi.gemini.fallback.GeminiCircuit;
import com.cometapi.gemini.limit.GeminiLimit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a short {@link BadDay}.
 */
@Tag("slow")
class BadDayTests {

	private static final int LIMIT_OF_SECOND = 12;

	@Test
	void turnsSucceedOnABadDay() {
		BadDay day = new BadDay(Duration.ofSeconds(15), 40, Duration.ofMillis(500), Duration.ofMillis(500),
				new GeminiLimit(LIMIT_OF_SECOND, null, null));
		day.run();
		assertThat(day.sum(Outcomes::turns)).isGreaterThan(300);
		// Only streams fail that had events before the first connection went away
		assertThat(day.sum(Outcomes::failed)).as(day.table())
			.isEqualTo(day.outcomes(Phase.NOON).cut() + day.outcomes(Phase.OUTAGE).cut());
		assertThat(day.rejections()).isZero();
		// The response of a call that a time limit ended may have been under way
		assertThat(day.billedTwiceWithoutTimeout()).isZero();
		assertThat(day.outcomes(Phase.OUTAGE).byFirst()).as(day.table()).isLessThan(day.outcomes(Phase.OUTAGE).turns());
		for (Phase phase : Phase.values()) {
			assertThat(day.outcomes(phase).mostConcurrentOfSecond()).isLessThanOrEqualTo(LIMIT_OF_SECOND);
		}
		assertThat(day.outcomes(Phase.NIGHT).byFirst()).as(day.table()).isEqualTo(day.outcomes(Phase.NIGHT).turns());
		assertThat(day.circuits()).extracting(GeminiCircuit::state).containsOnly(GeminiCircuit.State.CLOSED);
	}

}
