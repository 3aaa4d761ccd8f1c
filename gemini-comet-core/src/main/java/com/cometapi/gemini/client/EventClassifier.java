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

package com.cometapi.gemini.client;

import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.PromptFeedback;
import com.cometapi.gemini.api.UsageMetadata;

/**
 * Distinguishes events with content from events that only keep a connection alive.
 */
final class EventClassifier {

	private static final PromptFeedback NO_FEEDBACK = new PromptFeedback(null, null, List.of(), Map.of());

	private static final UsageMetadata NO_USAGE = UsageMetadata.builder().build();

	private EventClassifier() {
	}

	/**
	 * Return whether an event has candidates, feedback on the prompt or usage.
	 * @param event the event, not an error
	 * @return {@code true} if it does
	 */
	static boolean hasContent(GenerateContentResponse event) {
		return !event.candidates().isEmpty()
				|| (event.promptFeedback() != null && !event.promptFeedback().equals(NO_FEEDBACK))
				|| (event.usageMetadata() != null && !event.usageMetadata().equals(NO_USAGE));
	}

	/**
	 * Return whether an event has metadata of the response, such as its model or id.
	 * @param event the event
	 * @return {@code true} if it does
	 */
	static boolean hasMetadata(GenerateContentResponse event) {
		return event.modelVersion() != null || event.responseId() != null || event.createTime() != null
				|| event.modelStatus() != null;
	}

}
