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

package com.cometapi.gemini.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The elements of a list, an array or a map, by their places.
 */
final class EntityElements {

	private EntityElements() {
	}

	static Map<?, ?> of(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		List<?> list = (value instanceof Collection<?> collection) ? new ArrayList<>(collection)
				: Arrays.asList((Object[]) value);
		Map<Integer, Object> elements = new LinkedHashMap<>();
		for (int i = 0; i < list.size(); i++) {
			elements.put(i, list.get(i));
		}
		return elements;
	}

}
