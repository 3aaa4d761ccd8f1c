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

package com.cometapi.gemini.function;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Rules for the names of functions.
 */
final class FunctionNames {

	private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_:.-]{0,63}");

	private FunctionNames() {
	}

	static String check(@Nullable String name) {
		Assert.isTrue(name != null && NAME.matcher(name).matches(),
				() -> ("'%s' is not a valid function name: it must start with a letter or '_', followed by"
						+ " at most 63 letters, digits, '_', '-', '.' or ':'")
					.formatted(name));
		return name;
	}

}
