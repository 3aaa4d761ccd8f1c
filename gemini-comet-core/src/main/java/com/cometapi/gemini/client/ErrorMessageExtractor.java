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
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.StringUtils;

/**
 * Extracts the message from the JSON of an error: a text, or a list of validation errors.
 * Not redacted.
 */
final class ErrorMessageExtractor {

	private static final int MAX_VALIDATION_ERRORS = 10;

	private static final int MAX_DEPTH = 4;

	private static final List<String> NAMES = List.of("message", "msg", "error_message", "errorMessage",
			"error_description", "detail", "error", "errors", "Message", "faultstring", "fault", "description",
			"reason", "title");

	private static final List<String> PLACES = List.of("loc", "field", "path", "pointer", "property");

	private ErrorMessageExtractor() {
	}

	/**
	 * Return the message of an error.
	 * @param error the error
	 * @return the message, or {@code null} if there is none
	 */
	static @Nullable String of(JsonNode error) {
		String message = find(error, MAX_DEPTH);
		if (message == null && error.path("message").isContainer() && !error.path("message").isEmpty()) {
			return error.path("message").toString();
		}
		return message;
	}

	private static @Nullable String find(JsonNode node, int depth) {
		if (depth == 0 || !node.isContainer()) {
			return text(node);
		}
		if (node.isArray()) {
			return join(node.valueStream().map((element) -> validationError(element, depth - 1)));
		}
		for (String name : NAMES) {
			String message = findIn(node.path(name), depth - 1);
			if (message != null) {
				return message;
			}
		}
		return null;
	}

	private static @Nullable String findIn(JsonNode value, int depth) {
		String message = find(value, depth);
		// The validation errors of each field, by its name.
		return (message != null || !value.isObject() || depth == 0) ? message
				: join(value.properties()
					.stream()
					.filter((field) -> field.getValue().isArray())
					.map((field) -> prefix(field.getKey(), find(field.getValue(), depth - 1))));
	}

	private static @Nullable String validationError(JsonNode element, int depth) {
		String message = find(element, depth);
		return (message != null && element.isObject()) ? suffix(message, place(element)) : message;
	}

	private static String place(JsonNode element) {
		for (String name : PLACES) {
			JsonNode place = element.path(name);
			if (place.isArray()) {
				return place.valueStream().map((step) -> step.asString("")).collect(Collectors.joining("."));
			}
			if (place.isString()) {
				return place.stringValue();
			}
		}
		return "";
	}

	private static String suffix(String message, String place) {
		return place.isBlank() ? message : "%s (%s)".formatted(message, place);
	}

	private static @Nullable String prefix(String name, @Nullable String message) {
		return (message != null) ? "%s: %s".formatted(name, message) : null;
	}

	private static @Nullable String join(Stream<@Nullable String> messages) {
		String joined = messages.filter(Objects::nonNull)
			.limit(MAX_VALIDATION_ERRORS)
			.collect(Collectors.joining("; "));
		return joined.isEmpty() ? null : joined;
	}

	private static @Nullable String text(JsonNode node) {
		String text = node.stringValue(null);
		return StringUtils.hasText(text) ? text.strip() : null;
	}

}
