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

package com.cometapi.gemini.test.autoconfigure;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.web.GeminiSseEmitters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.test.context.web.WebAppConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureGeminiSimulator} in a context without other
 * auto-configuration, as a slice is.
 */
@ExtendWith(SpringExtension.class)
@WebAppConfiguration
@ContextConfiguration(classes = SliceTests.class)
@AutoConfigureGeminiSimulator
class SliceTests {

	@Test
	void starterIsAutoConfiguredInASlice(@Autowired GeminiSimulator simulator, @Autowired GeminiOperations gemini,
			@Autowired GeminiSseEmitters emitters) {
		simulator.next().text("Hello");

		assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
		assertThat(emitters).isNotNull();
	}

}
