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
 * The format of the response in the newest form, which gateways may drop.
 *
 * <p>
 * Wire: message {@code ResponseFormatConfig} of {@code v1beta}.
 *
 * @param text the format of text
 * @param audio the format of audio
 * @param image the format of images
 * @param additional members that this version does not know, by name
 */
public record ResponseFormatConfig(@Nullable Text text, @Nullable Audio audio, @Nullable Image image,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

	/**
	 * Create a message. Called by Jackson and the factory methods; components may be
	 * added.
	 */
	public ResponseFormatConfig {
		additional = ImmutableCollections.additional(additional);
	}

	/**
	 * The format of text.
	 *
	 * <p>
	 * Wire: message {@code TextResponseFormat} of {@code v1beta}.
	 *
	 * @param mimeType {@code APPLICATION_JSON} or {@code TEXT_PLAIN}
	 * @param schema a JSON schema for the text
	 * @param additional members that this version does not know, by name
	 */
	public record Text(@Nullable String mimeType, @Nullable Object schema,
			@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Text {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * The format of audio.
	 *
	 * <p>
	 * Wire: message {@code AudioResponseFormat} of {@code v1beta}.
	 *
	 * @param mimeType the kind of audio, such as {@code AUDIO_MP3}
	 * @param delivery {@code INLINE} or {@code URI}
	 * @param sampleRate the samples per second
	 * @param bitRate the bits per second
	 * @param additional members that this version does not know, by name
	 */
	public record Audio(@Nullable String mimeType, @Nullable String delivery, @Nullable Integer sampleRate,
			@Nullable Integer bitRate, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Audio {
			additional = ImmutableCollections.additional(additional);
		}

	}

	/**
	 * The format of images.
	 *
	 * <p>
	 * Wire: message {@code ImageResponseFormat} of {@code v1beta}.
	 *
	 * @param mimeType the kind of image, such as {@code IMAGE_JPEG}
	 * @param delivery {@code INLINE} or {@code URI}
	 * @param aspectRatio the ratio of the sides, such as {@code ASPECT_RATIO_ONE_BY_ONE}
	 * @param imageSize the size, such as {@code IMAGE_SIZE_ONE_K}
	 * @param additional members that this version does not know, by name
	 */
	public record Image(@Nullable String mimeType, @Nullable String delivery, @Nullable String aspectRatio,
			@Nullable String imageSize, @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> additional) {

		/**
		 * Create a message. Called by Jackson and the factory methods; components may be
		 * added.
		 */
		public Image {
			additional = ImmutableCollections.additional(additional);
		}

	}

}
