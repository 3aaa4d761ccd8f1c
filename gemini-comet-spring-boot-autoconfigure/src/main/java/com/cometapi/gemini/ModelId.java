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

package com.cometapi.gemini;

import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Brings the id of a model into the form that goes into the path.
 */
final class ModelId {

	private static final Pattern PREFIX = Pattern.compile("^(/?v1beta/)?models/");

	private static final String FORBIDDEN = "/:?#%";

	private ModelId() {
	}

	static String normalize(String model) {
		Assert.hasText(model, "'model' must not be empty");
		String id = (model.indexOf('/') >= 0) ? PREFIX.matcher(model).replaceFirst("") : model;
		if (id.isEmpty() || hasForbidden(id)) {
			throw new IllegalArgumentException(("'model' must be the id of a model, such as 'gemini-2.5-flash', "
					+ "without any of / : ? # %% or white space, but was '%s'")
				.formatted(model));
		}
		return id;
	}

	private static boolean hasForbidden(String id) {
		for (int i = 0; i < id.length(); i++) {
			char character = id.charAt(i);
			if (FORBIDDEN.indexOf(character) >= 0 || Character.isSpaceChar(character)
					|| Character.isISOControl(character)) {
				return true;
			}
		}
		return false;
	}

}
