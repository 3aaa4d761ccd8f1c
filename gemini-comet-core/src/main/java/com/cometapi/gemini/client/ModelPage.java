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

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiProtocolException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * One page of the list of models, in the format of the gateway or of Google.
 *
 * @param models the models
 * @param nextPageToken the token of the next page, or {@code null} if this is the last
 * one
 */
record ModelPage(List<Model> models, @Nullable String nextPageToken) {

	private static final int MAX_PAGES = 100;

	/**
	 * Read all pages, one after the other.
	 * @param source returns the page of a token, and the first one for {@code null}
	 * @return the pages
	 */
	static Flux<ModelPage> readAll(Function<@Nullable String, Mono<ModelPage>> source) {
		Set<String> tokens = new HashSet<>();
		return source.apply(null).expand((page) -> {
			String token = page.nextPageToken();
			if (token == null) {
				return Mono.empty();
			}
			if (!tokens.add(token) || tokens.size() > MAX_PAGES) {
				return Mono.error(new GeminiProtocolException(
						"models: the list of models does not end; gave up after %d pages".formatted(tokens.size()),
						GeminiError.NONE, 0, null));
			}
			return source.apply(token);
		});
	}

	/**
	 * Read a page.
	 * @param json the page
	 * @param reader reads a model
	 * @return the page, or {@code null} if the JSON is not a list of models
	 */
	static @Nullable ModelPage read(JsonNode json, ObjectReader reader) {
		JsonNode list = json.path("data").isArray() ? json.path("data") : json.path("models");
		if (!list.isArray()) {
			return null;
		}
		String token = json.path("nextPageToken").asString("");
		return new ModelPage(list.valueStream().map((model) -> reader.<Model>readValue(model)).toList(),
				token.isEmpty() ? null : token);
	}

}
