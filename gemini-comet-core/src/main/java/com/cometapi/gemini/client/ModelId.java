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

package com.cometapi.gemini.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Rules for the name of a model: the bare id, or the resource name of a model that is not
 * below {@code models/}.
 */
public final class ModelId {

	private static final String SEGMENT = "(?!\\.{1,2}(?:/|$))[^/:?#%\\p{Z}\\s\\p{Cntrl}\\u0080-\\u009f]+";

	private static final Pattern NAME = Pattern
		.compile("(?:/?v\\d\\w*/)?(?:models/)?(SEGMENT)|(?:/?v\\d\\w*/)?((?:projects/SEGMENT/locations/SEGMENT/)?"
			.concat("(?:tunedModels|publishers/SEGMENT/models|endpoints)/SEGMENT)")
			.replace("SEGMENT", SEGMENT));

	private ModelId() {
	}

	/**
	 * Return the plain name of a model.
	 * @param model a name, with or without {@code models/} and the API version
	 * @return the bare id, or the resource name without the API version
	 * @throws IllegalArgumentException if it is not the name of a model
	 */
	public static String normalize(String model) {
		Assert.hasText(model, "'model' must not be empty");
		if (isPlain(model)) {
			return model;
		}
		Matcher matcher = NAME.matcher(model);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(("'model' must be the id of a model, such as 'gemini-3.5-flash', "
					+ "without any of / : ? # %% or white space, or a resource name such as 'tunedModels/my-model' or "
					+ "'publishers/google/models/gemini-3.5-flash', but was '%s'")
				.formatted(model));
		}
		return (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
	}

	// Recognizes nearly every model without a regular expression.
	private static boolean isPlain(String model) {
		for (int i = 0; i < model.length(); i++) {
			char c = model.charAt(i);
			boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c == '.' && i > 0);
			if (!plain) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the last segment of a name, by which the family of a model is known.
	 * @param model the name
	 * @return the bare id
	 */
	public static String bareId(String model) {
		return model.substring(model.lastIndexOf('/') + 1);
	}

}
