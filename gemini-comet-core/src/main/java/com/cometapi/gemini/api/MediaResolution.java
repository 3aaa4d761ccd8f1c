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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Resolution at which media are processed.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enums {@code MediaResolution} and, for parts, {@code PartMediaResolutionLevel} of
 * {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record MediaResolution(@JsonValue String value) {

	/**
	 * {@code MEDIA_RESOLUTION_UNSPECIFIED}.
	 */
	public static final MediaResolution MEDIA_RESOLUTION_UNSPECIFIED = new MediaResolution(
			"MEDIA_RESOLUTION_UNSPECIFIED");

	/**
	 * {@code MEDIA_RESOLUTION_LOW}.
	 */
	public static final MediaResolution MEDIA_RESOLUTION_LOW = new MediaResolution("MEDIA_RESOLUTION_LOW");

	/**
	 * {@code MEDIA_RESOLUTION_MEDIUM}.
	 */
	public static final MediaResolution MEDIA_RESOLUTION_MEDIUM = new MediaResolution("MEDIA_RESOLUTION_MEDIUM");

	/**
	 * {@code MEDIA_RESOLUTION_HIGH}.
	 */
	public static final MediaResolution MEDIA_RESOLUTION_HIGH = new MediaResolution("MEDIA_RESOLUTION_HIGH");

	/**
	 * {@code MEDIA_RESOLUTION_ULTRA_HIGH}.
	 */
	public static final MediaResolution MEDIA_RESOLUTION_ULTRA_HIGH = new MediaResolution(
			"MEDIA_RESOLUTION_ULTRA_HIGH");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public MediaResolution {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}, such as {@code low};
	 * the prefix {@code MEDIA_RESOLUTION_} may be left out
	 * @return the value
	 */
	public static MediaResolution of(String name) {
		return new MediaResolution(EnumNames.of(name, "MEDIA_RESOLUTION_"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
