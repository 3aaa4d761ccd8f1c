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

package com.cometapi.gemini.benchmarks;

/**
 * Prompts that every contender sends. The model selects the response of the server.
 */
final class Prompts {

	static final String API_KEY = "sk-benchmark";

	static final String QUESTION = "Explain how AI works in a few words";

	static final String UNARY = "unary";

	static final String STREAM = "stream";

	static final String PICTURE = "picture";

	private static final String PACED = "paced";

	private Prompts() {
	}

	static String paced(int pauseMillis, int events) {
		return PACED + "-" + pauseMillis + "-" + events;
	}

	static boolean isPaced(String model) {
		return model.startsWith(PACED);
	}

	static int pauseMillis(String model) {
		return Integer.parseInt(model.split("-")[1]);
	}

	static int events(String model) {
		return Integer.parseInt(model.split("-")[2]);
	}

}
