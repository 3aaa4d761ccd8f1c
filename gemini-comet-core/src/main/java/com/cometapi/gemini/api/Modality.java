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
 * A kind of content.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enums {@code MediaModality} and {@code ResponseModality} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record Modality(@JsonValue String value) {

	/**
	 * {@code MODALITY_UNSPECIFIED}.
	 */
	public static final Modality MODALITY_UNSPECIFIED = new Modality("MODALITY_UNSPECIFIED");

	/**
	 * {@code TEXT}.
	 */
	public static final Modality TEXT = new Modality("TEXT");

	/**
	 * {@code IMAGE}.
	 */
	public static final Modality IMAGE = new Modality("IMAGE");

	/**
	 * {@code AUDIO}.
	 */
	public static final Modality AUDIO = new Modality("AUDIO");

	/**
	 * {@code VIDEO}.
	 */
	public static final Modality VIDEO = new Modality("VIDEO");

	/**
	 * {@code DOCUMENT}.
	 */
	public static final Modality DOCUMENT = new Modality("DOCUMENT");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public Modality {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}
	 * @return the value
	 */
	public static Modality of(String name) {
		return new Modality(EnumNames.of(name));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
