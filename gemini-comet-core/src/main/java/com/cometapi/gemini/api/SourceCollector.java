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
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Collects distinct sources in order of arrival.
 */
final class SourceCollector {

	private final Map<Object, Source> sources = new LinkedHashMap<>();

	void add(@Nullable Source source) {
		if (source != null) {
			Object key = (source.uri() != null) ? source.uri() : source;
			this.sources.putIfAbsent(key, source);
		}
	}

	void addAll(Collection<Source> sources) {
		sources.forEach(this::add);
	}

	List<Source> toList() {
		return Collections.unmodifiableList(new ArrayList<>(this.sources.values()));
	}

	static @Nullable Source of(@Nullable String uri, @Nullable String title) {
		return (uri != null || title != null) ? new Source(uri, title) : null;
	}

}
