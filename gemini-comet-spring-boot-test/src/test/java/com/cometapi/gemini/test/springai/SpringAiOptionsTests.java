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

package com.cometapi.gemini.test.springai;

import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.springai.GeminiCometChatOptions;

import org.springframework.ai.test.options.AbstractChatOptionsTests;

/**
 * Spring AI's own tests of options, with those of this library.
 */
class SpringAiOptionsTests extends AbstractChatOptionsTests<GeminiCometChatOptions, GeminiCometChatOptions.Builder> {

	@Override
	protected Class<GeminiCometChatOptions> getConcreteOptionsClass() {
		return GeminiCometChatOptions.class;
	}

	@Override
	protected GeminiCometChatOptions.Builder readyToBuildBuilder() {
		return GeminiCometChatOptions.builder()
			.model("gemini-3.5-flash")
			.temperature(0.5)
			.thinkingLevel(ThinkingLevel.LOW)
			.googleSearch();
	}

}
