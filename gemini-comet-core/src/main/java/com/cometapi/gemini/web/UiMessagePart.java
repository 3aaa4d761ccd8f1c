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

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Part of a {@link UiMessage}, as the page sent it: nothing of it is checked.
 *
 * @param type the type, such as {@code text}, {@code file} or {@code tool-} with the name
 * of a tool
 * @param text the text of a {@code text} or {@code reasoning} part
 * @param mediaType the media type of a {@code file} part
 * @param filename the name of the file
 * @param url the URL of the file, often a data URL
 * @param toolCallId the id of a tool call
 * @param toolName the name of the tool of a {@code dynamic-tool} part
 * @param state the state of a tool call, such as {@code output-available}
 * @param input the arguments of a tool call
 * @param output the result of a tool call
 * @param errorText the error of a tool call
 * @param approval the approval of a tool call
 * @param data the data of a {@code data-*} part
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record UiMessagePart(@JsonProperty("type") @Nullable String type, @JsonProperty("text") @Nullable String text,
		@JsonProperty("mediaType") @Nullable String mediaType, @JsonProperty("filename") @Nullable String filename,
		@JsonProperty("url") @Nullable String url, @JsonProperty("toolCallId") @Nullable String toolCallId,
		@JsonProperty("toolName") @Nullable String toolName, @JsonProperty("state") @Nullable String state,
		@JsonProperty("input") @Nullable Object input, @JsonProperty("output") @Nullable Object output,
		@JsonProperty("errorText") @Nullable String errorText,
		@JsonProperty("approval") @Nullable UiToolApproval approval, @JsonProperty("data") @Nullable Object data) {

	private static final String TOOL = "tool-";

	boolean isOfType(String type) {
		return type.equals(this.type);
	}

	boolean isTool() {
		return this.toolCallId != null && (isOfType("dynamic-tool") || isStaticTool());
	}

	private boolean isStaticTool() {
		return this.type != null && this.type.startsWith(TOOL);
	}

	boolean isInState(String state) {
		return state.equals(this.state);
	}

	@Nullable String nameOfTool() {
		return (this.type != null && isStaticTool()) ? this.type.substring(TOOL.length()) : this.toolName;
	}

	// The text of a message and the bytes of a file must not appear in logs
	@Override
	public String toString() {
		return "UiMessagePart[type=%s, state=%s]".formatted(this.type, this.state);
	}

}
