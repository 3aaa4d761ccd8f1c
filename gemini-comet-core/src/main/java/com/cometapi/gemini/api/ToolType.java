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

package com.cometapi.gemini.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A kind of tool that runs on the server.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code ToolType} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record ToolType(@JsonValue String value) {

	/**
	 * {@code TOOL_TYPE_UNSPECIFIED}.
	 */
	public static final ToolType TOOL_TYPE_UNSPECIFIED = new ToolType("TOOL_TYPE_UNSPECIFIED");

	/**
	 * {@code GOOGLE_SEARCH_WEB}.
	 */
	public static final ToolType GOOGLE_SEARCH_WEB = new ToolType("GOOGLE_SEARCH_WEB");

	/**
	 * {@code GOOGLE_SEARCH_IMAGE}.
	 */
	public static final ToolType GOOGLE_SEARCH_IMAGE = new ToolType("GOOGLE_SEARCH_IMAGE");

	/**
	 * {@code URL_CONTEXT}.
	 */
	public static final ToolType URL_CONTEXT = new ToolType("URL_CONTEXT");

	/**
	 * {@code GOOGLE_MAPS}.
	 */
	public static final ToolType GOOGLE_MAPS = new ToolType("GOOGLE_MAPS");

	/**
	 * {@code FILE_SEARCH}.
	 */
	public static final ToolType FILE_SEARCH = new ToolType("FILE_SEARCH");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ToolType {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static ToolType of(String name) {
		return new ToolType(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
