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

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * Grounding with Google Maps.
 *
 * <p>
 * Wire: message {@code GoogleMaps} of {@code v1beta}.
 *
 * @param enableWidget whether to return a token for the Maps widget
 * @param authConfig the credentials, Vertex AI only
 * @param groundingTypes the kinds of grounding, Vertex AI only
 * @param additional members that this version does not know, by name
 */
public record GoogleMaps(@Nullable Boolean enableWidget, @Nullable Object authConfig, @Nullable Object groundingTypes,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public GoogleMaps {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * Return a copy that asks for a token for the Maps widget.
	 * @return a new tool
	 */
	public GoogleMaps withWidget() {
		return new GoogleMaps(true, this.authConfig, this.groundingTypes, this.additional);
	}

	/**
	 * Create the tool with the default settings of the backend.
	 * @return a new tool
	 */
	public static GoogleMaps create() {
		return new GoogleMaps(null, null, null, Map.of());
	}

	/**
	 * Return a readable form of the message, without members that may hold credentials.
	 * @return the text
	 */
	@Override
	public String toString() {
		return "GoogleMaps[enableWidget=" + this.enableWidget + ", authConfig=" + Redacted.value(this.authConfig)
				+ ", groundingTypes=" + this.groundingTypes + ", additional=" + this.additional + "]";
	}

}
