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

package com.cometapi.gemini.test;

import java.util.Locale;
import java.util.Set;

import com.cometapi.gemini.api.GenerateContentRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

/**
 * A request received by a simulator. Its string representation never contains a key.
 *
 * @param method the HTTP method
 * @param path the path without the query
 * @param query the query, or {@code null} for none
 * @param headers the headers, keys included
 * @param body the body as text, possibly empty
 */
public record RecordedRequest(String method, String path, @Nullable String query, HttpHeaders headers, String body) {

	private static final Set<String> SECRETS = Set.of("x-goog-api-key", "authorization");

	/**
	 * Return the body as a JSON tree with its members in their original order.
	 * @return the tree
	 * @throws tools.jackson.core.JacksonException if the body is not valid JSON
	 */
	public JsonNode json() {
		return Json.MAPPER.readTree(this.body);
	}

	/**
	 * Return the body as a request. Unknown members are available as additional members
	 * of the messages.
	 * @return the request
	 * @throws tools.jackson.core.JacksonException if the body is not a valid request
	 */
	public GenerateContentRequest request() {
		return Json.MAPPER.readValue(this.body, GenerateContentRequest.class);
	}

	/**
	 * Return the model in the path.
	 * @return the id, or {@code null} if the request was not a call to a model
	 */
	public @Nullable String model() {
		ModelCall call = ModelCall.parse(this.path);
		return (call != null) ? call.model() : null;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.method).append(' ').append(this.path);
		if (this.query != null) {
			text.append('?').append(this.query.replaceAll("(?i)(^|&)key=[^&]*", "$1key=***"));
		}
		this.headers.forEach((name, values) -> text.append('\n')
			.append(name)
			.append(": ")
			.append(SECRETS.contains(name.toLowerCase(Locale.ROOT)) ? "***" : String.join(", ", values)));
		return text.append("\n\n").append(this.body).toString();
	}

}
