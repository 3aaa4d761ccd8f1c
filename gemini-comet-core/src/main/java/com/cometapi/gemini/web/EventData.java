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
 * Members of the JSON of an event, without those that have no value. Not thread-safe.
 */
final class EventData {

	private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

	/**
	 * Set a member unless it has no value.
	 * @param name the name
	 * @param value the value, or {@code null} for none
	 * @return these data
	 */
	EventData put(String name, @Nullable Object value) {
		return (value != null) ? putNullable(name, value) : this;
	}

	EventData putNullable(String name, @Nullable Object value) {
		this.members.put(name, value);
		return this;
	}

	EventData putUnlessEmpty(String name, EventData data) {
		return (data.isEmpty()) ? this : put(name, data.members);
	}

	boolean isEmpty() {
		return this.members.isEmpty();
	}

	Map<String, @Nullable Object> members() {
		return this.members;
	}

}
