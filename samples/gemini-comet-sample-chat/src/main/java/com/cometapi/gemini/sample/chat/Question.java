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

import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingLevel;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the page sends: a question, and how to answer it. What was said before is kept
 * here.
 *
 * @param text the question
 * @param images the pictures that go with it
 * @param model the model to ask, or {@code null} for the configured one
 * @param thinkingLevel how much a Gemini 3 model thinks, or {@code null} for its default
 * @param thinkingBudget how many tokens a Gemini 2.5 model thinks, or {@code null} for
 * its default
 * @param features what is switched on
 */
record Question(@NotBlank String text, @Size(max = 8) List<@Valid @NotNull Image> images,
		@Pattern(regexp = "[\\w.-]+", message = "must be the id of a model") @Nullable String model,
		@Nullable ThinkingLevel thinkingLevel, @Min(-1) @Nullable Integer thinkingBudget, Set<Feature> features) {

	Question {
		images = (images != null) ? List.copyOf(images) : List.of();
		features = (features != null) ? Set.copyOf(features) : Set.of();
	}

	Part[] parts() {
		Stream<Part> pictures = this.images.stream().map(Image::part);
		return Stream.concat(pictures, Stream.of(Part.text(this.text))).toArray(Part[]::new);
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
	 * A picture.
	 *
	 * @param mimeType the kind of picture
	 * @param data the bytes, base64 in JSON
	 */
	record Image(@NotNull @Pattern(regexp = "image/[\\w.+-]+", message = "must be a kind of image") String mimeType,
			@NotEmpty @Size(max = MAX_BYTES) byte[] data) {

		static final int MAX_BYTES = 7 * 1024 * 1024;

		Part part() {
			return Part.inlineData(this.mimeType, this.data);
		}

	}

}
