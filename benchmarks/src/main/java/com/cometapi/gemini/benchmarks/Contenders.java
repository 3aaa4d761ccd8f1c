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

import java.net.URI;
import java.util.Arrays;
import java.util.function.Function;

/**
 * All contenders, by the names of the command line.
 */
enum Contenders {

	/**
	 * The practical limit.
	 */
	LIMIT("limit", LimitContender::new),

	/**
	 * This library.
	 */
	COMET("gemini-comet", CometContender::new),

	/**
	 * What one writes by hand in an afternoon.
	 */
	WEB_CLIENT("webclient", WebClientContender::new),

	/**
	 * Google's own.
	 */
	GOOGLE("google-genai", GoogleContender::new),

	/**
	 * LangChain4j's Gemini module.
	 */
	LANGCHAIN4J("langchain4j", LangChainContender::new);

	private final String id;

	private final Function<URI, Contender> factory;

	Contenders(String id, Function<URI, Contender> factory) {
		this.id = id;
		this.factory = factory;
	}

	String id() {
		return this.id;
	}

	Contender create(URI server) {
		return this.factory.apply(server);
	}

	static Contenders of(String id) {
		return Arrays.stream(values())
			.filter((contender) -> contender.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown contender '" + id + "'"));
	}

}
