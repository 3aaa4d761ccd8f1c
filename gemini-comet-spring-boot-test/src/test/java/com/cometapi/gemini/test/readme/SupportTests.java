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

package com.cometapi.gemini.test.readme;

import java.time.Duration;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@AutoConfigureGeminiSimulator
class SupportTests {

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiSimulator simulator;

	@Test
	void answerIsShown() {
		this.simulator.next().text("42");
		assertThat(this.gemini.prompt("What is the answer?").text()).isEqualTo("42");
	}

	@Test
	void rateLimitIsReported() {
		this.simulator.next().error(429).retryAfter(Duration.ofHours(1));
		assertThatExceptionOfType(GeminiRateLimitException.class).isThrownBy(() -> this.gemini.prompt("Hello").text());
	}

}
