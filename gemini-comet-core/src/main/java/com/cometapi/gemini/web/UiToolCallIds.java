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

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Ids of tool calls for a page. The AI SDK requires an id; models may call without one.
 */
final class UiToolCallIds {

	private static final String PREFIX = "comet-";

	private UiToolCallIds() {
	}

	static String create() {
		return PREFIX + UUID.randomUUID();
	}

	/**
	 * Return the id that a model gave a call.
	 * @param id the id of the page
	 * @return the id, or {@code null} if the call has none
	 */
	static @Nullable String toWire(@Nullable String id) {
		return (id != null && id.startsWith(PREFIX)) ? null : id;
	}

}
