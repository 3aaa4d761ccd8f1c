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

package com.cometapi.gemini.sample.chat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingLevel;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A question of the page, with its options. The earlier turns are stored on the server.
 *
 * @param text the question, or {@code null} if there are only media
 * @param media the pictures, sounds, videos and documents
 * @param model the model to ask, or {@code null} for the configured one
 * @param thinkingLevel the thinking level of a Gemini 3 model, or {@code null} for its
 * default
 * @param thinkingBudget the thinking budget of a Gemini 2.5 model in tokens, or
 * {@code null} for its default
 * @param features the features that are switched on
 * @param system the system instruction, or {@code null} for none
 * @param temperature the temperature, or {@code null} for that of the model
 * @param maxOutputTokens the limit of the response in tokens, or {@code null} for that of
 * the model
 * @param safety the threshold of all safety filters, or {@code null} for that of the
 * endpoint
 */
record Question(@Nullable @Size(max = 200_000) String text, @Size(max = 8) List<@Valid @NotNull Media> media,
		@Pattern(regexp = "[\\w.-]+", message = "must be the id of a model") @Nullable String model,
		@Nullable ThinkingLevel thinkingLevel, @Min(-1) @Nullable Integer thinkingBudget, Set<Feature> features,
		@Nullable @Size(max = 10_000) String system, @DecimalMin("0") @DecimalMax("2") @Nullable Double temperature,
		@Min(1) @Nullable Integer maxOutputTokens, @Nullable HarmBlockThreshold safety) {

	Question {
		media = (media != null) ? List.copyOf(media) : List.of();
		features = (features != null) ? Set.copyOf(features) : Set.of();
	}

	@AssertTrue(message = "must have a text or media")
	boolean isAsking() {
		return StringUtils.hasText(this.text) || !this.media.isEmpty();
	}

	Part[] parts() {
		Stream<Part> media = this.media.stream().map(Media::part);
		Stream<Part> text = Stream.ofNullable(this.text).filter(StringUtils::hasText).map(Part::text);
		return Stream.concat(media, text).toArray(Part[]::new);
	}

	enum Feature {

		@JsonProperty("thoughts")
		THOUGHTS,

		@JsonProperty("search")
		SEARCH,

		@JsonProperty("code")
		CODE,

		@JsonProperty("json")
		JSON,

		@JsonProperty("functions")
		FUNCTIONS,

		@JsonProperty("image")
		IMAGE

	}

	/**
	 * A picture, sound, video or document.
	 *
	 * @param mimeType the media type
	 * @param data the bytes, base64 in JSON
	 */
	record Media(
			@NotNull @Pattern(regexp = "(image|audio|video)/[\\w.+-]+|application/pdf|text/plain",
					message = "must be a kind of image, audio, video, PDF or text") String mimeType,
			@NotEmpty @Size(max = MAX_BYTES) byte[] data) {

		static final int MAX_BYTES = 11 * 1024 * 1024;

		Part part() {
			return Part.inlineData(this.mimeType, this.data);
		}

	}

}
