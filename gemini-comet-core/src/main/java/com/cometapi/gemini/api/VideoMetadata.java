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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * Section and sampling rate of a video.
 *
 * <p>
 * Wire: message {@code VideoMetadata} of {@code v1beta}.
 *
 * @param startOffset the start of the section, in seconds with the suffix {@code s}, such
 * as {@code 1.5s}
 * @param endOffset the end of the section, in seconds with the suffix {@code s}
 * @param fps the number of frames per second to sample, above 0 and up to 24
 * @param additional members that this version does not know, by name
 */
public record VideoMetadata(@Nullable String startOffset, @Nullable String endOffset, @Nullable Double fps,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public VideoMetadata {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Create the settings for a section of a video.
	 * @param start the start of the section, or {@code null} for the beginning
	 * @param end the end of the section, or {@code null} for the end
	 * @param fps the number of frames per second to sample, above 0 and up to 24, or
	 * {@code null} for one
	 * @return new settings
	 */
	public static VideoMetadata of(@Nullable Duration start, @Nullable Duration end, @Nullable Double fps) {
		return new VideoMetadata(seconds(start), seconds(end), fps, Map.of());
	}

	private static @Nullable String seconds(@Nullable Duration duration) {
		if (duration == null) {
			return null;
		}
		BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
		return ((seconds.signum() != 0) ? seconds.stripTrailingZeros().toPlainString() : "0") + "s";
	}

}
