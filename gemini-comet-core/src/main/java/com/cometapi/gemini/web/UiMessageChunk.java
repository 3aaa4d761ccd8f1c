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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One chunk of a UI message stream. Not thread-safe.
 */
final class UiMessageChunk {

	private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

	private UiMessageChunk(String type) {
		this.members.put("type", type);
	}

	static UiMessageChunk of(String type) {
		return new UiMessageChunk(type);
	}

	/**
	 * Set a member unless it has no value.
	 * @param name the name
	 * @param value the value, or {@code null} for none
	 * @return this chunk
	 */
	UiMessageChunk put(String name, @Nullable Object value) {
		return (value != null) ? putNullable(name, value) : this;
	}

	UiMessageChunk putNullable(String name, @Nullable Object value) {
		this.members.put(name, value);
		return this;
	}

	Map<String, @Nullable Object> members() {
		return this.members;
	}

}
