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

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Placeholders for members that may hold credentials, for {@code toString()}.
 */
final class Redacted {

	private static final String TEXT = "[hidden]";

	private Redacted() {
	}

	static @Nullable String value(@Nullable Object value) {
		return (value != null) ? TEXT : null;
	}

	static @Nullable Map<String, String> values(@Nullable Map<String, ?> map) {
		if (map == null) {
			return null;
		}
		Map<String, String> hidden = new TreeMap<>();
		map.keySet().forEach((name) -> hidden.put(name, TEXT));
		return Collections.unmodifiableMap(hidden);
	}

	static @Nullable String query(@Nullable String url) {
		int query = (url != null) ? url.indexOf('?') : -1;
		return (url != null && query >= 0) ? url.substring(0, query) + "?" + TEXT : url;
	}

}
