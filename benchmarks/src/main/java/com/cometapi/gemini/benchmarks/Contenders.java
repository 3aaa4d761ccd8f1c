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
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * All contenders, by the names of the command line.
 */
enum Contenders {

	/**
	 * The practical limit.
	 */
	LIMIT("limit", plain(LimitContender::new)),

	/**
	 * This library.
	 */
	COMET("gemini-comet", CometContender::new),

	/**
	 * This library with its own observations in addition to those of the HTTP exchanges.
	 */
	COMET_GEN_AI("gemini-comet-gen-ai", CometContender::observed),

	/**
	 * This library as Spring Boot sets it up, with HTTP/2 over TLS.
	 */
	COMET_HTTP2("gemini-comet-h2", (server, surroundings) -> new CometHttp2Contender(server)),

	/**
	 * A client written by hand.
	 */
	WEB_CLIENT("webclient", WebClientContender::new),

	/**
	 * Google's SDK.
	 */
	GOOGLE("google-genai", plain(GoogleContender::new)),

	/**
	 * LangChain4j's Gemini module.
	 */
	LANGCHAIN4J("langchain4j", plain(LangChainContender::new)),

	/**
	 * Spring AI's Gemini module.
	 */
	SPRING_AI("spring-ai", plain(SpringAiContender::new));

	private final String id;

	private final BiFunction<Endpoint, Surroundings, Contender> factory;

	Contenders(String id, BiFunction<Endpoint, Surroundings, Contender> factory) {
		this.id = id;
		this.factory = factory;
	}

	String id() {
		return this.id;
	}

	Contender create(Endpoint server, Surroundings surroundings) {
		return this.factory.apply(server, surroundings);
	}

	/**
	 * Return whether this contender takes part if none are named.
	 * @param work the work
	 * @return {@code false} if it adds nothing there
	 */
	boolean isUsualFor(Work work) {
		return switch (this) {
			case COMET_HTTP2 -> work.openStreams() > 0;
			case COMET_GEN_AI -> work.isObserved();
			default -> true;
		};
	}

	private static BiFunction<Endpoint, Surroundings, Contender> plain(Function<URI, Contender> factory) {
		return (server, surroundings) -> factory.apply(server.uri());
	}

	static Contenders of(String id) {
		return Arrays.stream(values())
			.filter((contender) -> contender.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown contender '" + id + "'"));
	}

}
