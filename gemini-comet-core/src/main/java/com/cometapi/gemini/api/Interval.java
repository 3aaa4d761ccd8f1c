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

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A span of time.
 *
 * <p>
 * Wire: message {@code Interval} of {@code v1beta}.
 *
 * @param startTime the start, RFC 3339, inclusive
 * @param endTime the end, RFC 3339, exclusive
 * @param additional members that this version does not know, by name
 */
public record Interval(@Nullable String startTime, @Nullable String endTime,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public Interval {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create a span of time.
	 * @param start the start, inclusive, or {@code null} if it is open
	 * @param end the end, exclusive, or {@code null} if it is open
	 * @return a new span
	 */
	public static Interval of(@Nullable Instant start, @Nullable Instant end) {
		return new Interval((start != null) ? start.toString() : null, (end != null) ? end.toString() : null, Map.of());
	}

}
