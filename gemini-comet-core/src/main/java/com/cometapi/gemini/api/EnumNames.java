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

import java.util.Locale;

/**
 * Converts names such as {@code block-none} to the constants of the API.
 */
final class EnumNames {

	private EnumNames() {
	}

	static String of(String name) {
		return Preconditions.hasText(name, "name").trim().replace('-', '_').toUpperCase(Locale.ROOT);
	}

	/**
	 * Return the text of an enum whose constants all begin alike.
	 * @param name the name, with the prefix or without
	 * @param prefix the prefix
	 * @return the text with the prefix
	 */
	static String of(String name, String prefix) {
		String text = of(name);
		return text.startsWith(prefix) ? text : prefix + text;
	}

}
