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

package com.cometapi.gemini.prompt;

import java.math.BigDecimal;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.UsageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The result of a prompt, with everything to be added to the history of a conversation.
 *
 * @param contents the contents that the turn adds to the conversation, as they were sent
 * and received: the prompt's own content, each content of the model that is not empty and
 * the results of its functions, in order; to be sent again with
 * {@link PromptContentSpec#history(List)}
 * @param response the last response of the model
 * @param totalUsage the usage of all responses of the turn together, or {@code null} if
 * none reported it; that of the last one alone is in the response
 * @param totalCost the cost of all responses of the turn together, as far as it is known,
 * or {@code null} without prices; that of the last one alone is in its
 * {@linkplain GenerateContentResponse#origin() origin}
 */
public record PromptResult(List<Content> contents, GenerateContentResponse response, @Nullable UsageMetadata totalUsage,
		@Nullable BigDecimal totalCost) {

	/**
	 * Create a result.
	 */
	public PromptResult {
		contents = List.copyOf(contents);
	}

}
