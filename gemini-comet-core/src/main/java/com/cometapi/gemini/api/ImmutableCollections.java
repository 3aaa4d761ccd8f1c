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
import java.util.Objects;
import java.util.RandomAccess;

import org.jspecify.annotations.Nullable;

/**
 * Unmodifiable copies of the lists and maps of a message.
 */
final class ImmutableCollections {

	// The list of a member that was not received. Compared by identity, since other empty
	// lists were received.
	static final List<?> ABSENT = Collections.unmodifiableList(new ArrayList<>(0));

	private ImmutableCollections() {
	}

	@SuppressWarnings("unchecked")
	static <T> List<T> absent() {
		return (List<T>) ABSENT;
	}

	/**
	 * Copy a list without its nulls, which the protocol does not define.
	 * @param <T> the type of the elements
	 * @param list the list, or {@code null} if it was not received
	 * @return an unmodifiable list
	 */
	static <T> List<T> list(@Nullable List<T> list) {
		if (list == null || list == ABSENT) {
			return absent();
		}
		try {
			// Returns the list itself if it is such a copy, as nearly all are.
			return List.copyOf(list);
		}
		catch (NullPointerException ex) {
			return list.stream().filter(Objects::nonNull).toList();
		}
	}

	/**
	 * Copy a list whose elements are referred to by number.
	 * @param <T> the type of the elements
	 * @param list the list, or {@code null} if it was not received
	 * @param substitute the element to use instead of a null
	 * @return an unmodifiable list
	 */
	static <T> List<T> list(@Nullable List<T> list, T substitute) {
		if (list == null || list == ABSENT || !hasNull(list)) {
			return list(list);
		}
		return list.stream().map((element) -> (element != null) ? element : substitute).toList();
	}

	private static boolean hasNull(List<?> list) {
		if (!(list instanceof RandomAccess)) {
			return list.stream().anyMatch(Objects::isNull);
		}
		// Every message comes through here, so it does without an iterator.
		for (int i = 0; i < list.size(); i++) {
			if (list.get(i) == null) {
				return true;
			}
		}
		return false;
	}

	static <V extends @Nullable Object> @Nullable Map<String, V> map(@Nullable Map<String, V> map) {
		return (map != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : null;
	}

	static Map<String, @Nullable Object> additional(@Nullable Map<String, @Nullable Object> additional) {
		return (additional != null && !additional.isEmpty())
				? Collections.unmodifiableMap(new LinkedHashMap<>(additional)) : Map.of();
	}

}
