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

package com.cometapi.gemini.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Message of a chat of the AI SDK, as the page sent it: nothing of it is checked.
 *
 * @param id the id of the message
 * @param role the role: {@code user}, {@code assistant} or {@code system}
 * @param parts the parts in order
 * @param metadata the metadata of the application
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UiMessage(@JsonProperty("id") @Nullable String id, @JsonProperty("role") @Nullable String role,
		@JsonProperty("parts") List<UiMessagePart> parts, @JsonProperty("metadata") @Nullable Object metadata) {

	/**
	 * Create a message.
	 */
	public UiMessage {
		parts = UiMessageRequest.copyOf(parts);
	}

	boolean isUser() {
		return "user".equals(this.role);
	}

	boolean isAssistant() {
		return "assistant".equals(this.role);
	}

	/**
	 * Return the tool calls of the last step.
	 * @return the parts in order
	 */
	List<UiMessagePart> lastToolCalls() {
		int start = 0;
		for (int i = 0; i < this.parts.size(); i++) {
			if (this.parts.get(i).isOfType("step-start")) {
				start = i + 1;
			}
		}
		return this.parts.subList(start, this.parts.size()).stream().filter(UiMessagePart::isTool).toList();
	}

}
