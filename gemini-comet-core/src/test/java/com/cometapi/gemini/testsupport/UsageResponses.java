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

package com.cometapi.gemini.testsupport;

import org.jspecify.annotations.Nullable;

/**
 * Responses with usage, as JSON.
 */
public final class UsageResponses {

	private UsageResponses() {
	}

	public static String text(String text, int prompt, int output) {
		return event(text, "STOP", prompt, output);
	}

	public static String event(String text, @Nullable String finishReason, @Nullable Integer prompt,
			@Nullable Integer output) {
		String response = GeminiServer.textResponse(text, finishReason);
		return (prompt != null) ? response.substring(0, response.length() - 1)
				+ ", \"usageMetadata\": {\"promptTokenCount\": %d, \"candidatesTokenCount\": %d}}".formatted(prompt,
						output)
				: response;
	}

}
