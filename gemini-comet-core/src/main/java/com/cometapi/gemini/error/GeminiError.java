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

package com.cometapi.gemini.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Details of an error that the endpoint reported. Contains no key: texts are redacted and
 * shortened.
 *
 * @param status the HTTP status, or {@code null} if there was no response; for an error
 * within a response with status 200, the status that it names
 * @param code the code in the body: a name such as {@code model_not_found} or a number,
 * or {@code null} for none
 * @param googleStatus Google's status, such as {@code RESOURCE_EXHAUSTED}, or
 * {@code null} for none
 * @param message the message, or {@code null} for none
 * @param details Google's details, each with its {@code @type}
 * @param requestId the id that the gateway gave the request, or {@code null} for none
 * @param retryAfter the wait that the server asks for, or {@code null} for none
 * @param body the beginning of the body, or {@code null} for none
 */
public record GeminiError(@Nullable Integer status, @Nullable String code, @Nullable String googleStatus,
		@Nullable String message, List<Map<String, @Nullable Object>> details, @Nullable String requestId,
		@Nullable Duration retryAfter, @Nullable String body) implements Serializable {

	/**
	 * An error without details, for failures without a response.
	 */
	public static final GeminiError NONE = new GeminiError(null, null, null, null, List.of(), null, null, null);

	public GeminiError {
		details = details.stream().map((detail) -> copyOf(detail)).toList();
	}

	private static Map<String, @Nullable Object> copyOf(Map<?, ?> members) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		members.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
		return Collections.unmodifiableMap(copy);
	}

	private static @Nullable Object copyOf(@Nullable Object value) {
		if (value instanceof Map<?, ?> members) {
			return copyOf(members);
		}
		if (value instanceof Collection<?> values) {
			List<@Nullable Object> copy = new ArrayList<>();
			values.forEach((element) -> copy.add(copyOf(element)));
			return Collections.unmodifiableList(copy);
		}
		// JSON has no other values, and the exception must remain serializable.
		return (value == null || value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

}
