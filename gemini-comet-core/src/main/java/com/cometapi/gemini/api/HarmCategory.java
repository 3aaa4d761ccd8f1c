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
 * A kind of harm.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code HarmCategory} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record HarmCategory(@JsonValue String value) {

	/**
	 * {@code HARM_CATEGORY_UNSPECIFIED}.
	 */
	public static final HarmCategory HARM_CATEGORY_UNSPECIFIED = new HarmCategory("HARM_CATEGORY_UNSPECIFIED");

	/**
	 * {@code HARM_CATEGORY_HARASSMENT}.
	 */
	public static final HarmCategory HARM_CATEGORY_HARASSMENT = new HarmCategory("HARM_CATEGORY_HARASSMENT");

	/**
	 * {@code HARM_CATEGORY_HATE_SPEECH}.
	 */
	public static final HarmCategory HARM_CATEGORY_HATE_SPEECH = new HarmCategory("HARM_CATEGORY_HATE_SPEECH");

	/**
	 * {@code HARM_CATEGORY_SEXUALLY_EXPLICIT}.
	 */
	public static final HarmCategory HARM_CATEGORY_SEXUALLY_EXPLICIT = new HarmCategory(
			"HARM_CATEGORY_SEXUALLY_EXPLICIT");

	/**
	 * {@code HARM_CATEGORY_DANGEROUS_CONTENT}.
	 */
	public static final HarmCategory HARM_CATEGORY_DANGEROUS_CONTENT = new HarmCategory(
			"HARM_CATEGORY_DANGEROUS_CONTENT");

	/**
	 * {@code HARM_CATEGORY_CIVIC_INTEGRITY}.
	 */
	public static final HarmCategory HARM_CATEGORY_CIVIC_INTEGRITY = new HarmCategory("HARM_CATEGORY_CIVIC_INTEGRITY");

	/**
	 * {@code HARM_CATEGORY_JAILBREAK}.
	 */
	public static final HarmCategory HARM_CATEGORY_JAILBREAK = new HarmCategory("HARM_CATEGORY_JAILBREAK");

	/**
	 * {@code HARM_CATEGORY_IMAGE_HATE}.
	 */
	public static final HarmCategory HARM_CATEGORY_IMAGE_HATE = new HarmCategory("HARM_CATEGORY_IMAGE_HATE");

	/**
	 * {@code HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT}.
	 */
	public static final HarmCategory HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT = new HarmCategory(
			"HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT");

	/**
	 * {@code HARM_CATEGORY_IMAGE_HARASSMENT}.
	 */
	public static final HarmCategory HARM_CATEGORY_IMAGE_HARASSMENT = new HarmCategory(
			"HARM_CATEGORY_IMAGE_HARASSMENT");

	/**
	 * {@code HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT}.
	 */
	public static final HarmCategory HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT = new HarmCategory(
			"HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT");

	/**
	 * {@code HARM_CATEGORY_DEROGATORY}.
	 */
	public static final HarmCategory HARM_CATEGORY_DEROGATORY = new HarmCategory("HARM_CATEGORY_DEROGATORY");

	/**
	 * {@code HARM_CATEGORY_TOXICITY}.
	 */
	public static final HarmCategory HARM_CATEGORY_TOXICITY = new HarmCategory("HARM_CATEGORY_TOXICITY");

	/**
	 * {@code HARM_CATEGORY_VIOLENCE}.
	 */
	public static final HarmCategory HARM_CATEGORY_VIOLENCE = new HarmCategory("HARM_CATEGORY_VIOLENCE");

	/**
	 * {@code HARM_CATEGORY_SEXUAL}.
	 */
	public static final HarmCategory HARM_CATEGORY_SEXUAL = new HarmCategory("HARM_CATEGORY_SEXUAL");

	/**
	 * {@code HARM_CATEGORY_MEDICAL}.
	 */
	public static final HarmCategory HARM_CATEGORY_MEDICAL = new HarmCategory("HARM_CATEGORY_MEDICAL");

	/**
	 * {@code HARM_CATEGORY_DANGEROUS}.
	 */
	public static final HarmCategory HARM_CATEGORY_DANGEROUS = new HarmCategory("HARM_CATEGORY_DANGEROUS");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public HarmCategory {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}, such as
	 * {@code harassment}; the prefix {@code HARM_CATEGORY_} may be left out
	 * @return the value
	 */
	public static HarmCategory of(String name) {
		return new HarmCategory(EnumNames.of(name, "HARM_CATEGORY_"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
