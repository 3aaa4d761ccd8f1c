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

package com.cometapi.gemini.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A call to a model, parsed from the request path.
 *
 * @param version the version of the API
 * @param model the id of the model
 * @param streaming whether the path asks for a stream
 */
record ModelCall(String version, String model, boolean streaming) {

	private static final Pattern PATH = Pattern
		.compile("/(v1[a-z0-9]*)/models/([^/:]+):(generateContent|streamGenerateContent)");

	static @Nullable ModelCall parse(String path) {
		Matcher matcher = PATH.matcher(path);
		return (matcher.matches())
				? new ModelCall(matcher.group(1), matcher.group(2), matcher.group(3).startsWith("stream")) : null;
	}

}
