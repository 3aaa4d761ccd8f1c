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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Unmodifiable copies of what a message is made of.
 */
final class Copies {

	// An empty list of its own identity: "the wire had no such member".
	static final List<?> ABSENT = Collections.unmodifiableList(new ArrayList<>(0));

	private Copies() {
	}

	@SuppressWarnings("unchecked")
	static <T> List<T> absent() {
		return (List<T>) ABSENT;
	}

	static <T> List<T> list(@Nullable List<T> list) {
		if (list == null || list == ABSENT) {
			return absent();
		}
		for (T element : list) {
			if (element == null) {
				return list.stream().filter((value) -> value != null).toList();
			}
		}
		return List.copyOf(list);
	}

	static <V extends @Nullable Object> @Nullable Map<String, V> map(@Nullable Map<String, V> map) {
		return (map != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : null;
	}

	static Map<String, @Nullable Object> additional(@Nullable Map<String, @Nullable Object> additional) {
		return (additional != null && !additional.isEmpty())
				? Collections.unmodifiableMap(new LinkedHashMap<>(additional)) : Map.of();
	}

}
