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

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * Describes the reason and the position of a JSON parse error. Not redacted.
 */
public final class JsonErrorDescription {

	private JsonErrorDescription() {
	}

	/**
	 * Describe a failure.
	 * @param failure the failure
	 * @return the reason of the parser and the place in the JSON
	 */
	public static String of(JacksonException failure) {
		String message = failure.getOriginalMessage().lines().findFirst().orElse("").replaceAll("[.\\s]+$", "");
		StringBuilder reason = new StringBuilder(message);
		String path = path("", failure);
		if (!path.isEmpty()) {
			reason.append(" at '").append(path).append('\'');
		}
		TokenStreamLocation location = failure.getLocation();
		if (location != null && location.getLineNr() > 0) {
			reason.append(" (line ")
				.append(location.getLineNr())
				.append(", column ")
				.append(location.getColumnNr())
				.append(')');
		}
		return reason.toString();
	}

	/**
	 * Return the place in the JSON, such as {@code contents[1].parts}.
	 * @param start the place of the value that was read or written, empty for the root
	 * @param failure the failure
	 * @return the place, as far as it is known
	 */
	public static String path(String start, JacksonException failure) {
		StringBuilder path = new StringBuilder(start);
		for (JacksonException.Reference step : failure.getPath()) {
			if (step.getPropertyName() != null) {
				path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
			}
			else if (step.getIndex() >= 0) {
				path.append('[').append(step.getIndex()).append(']');
			}
		}
		return path.toString();
	}

}
