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

package com.cometapi.gemini.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiCrossSiteWebFilter} on Spring WebFlux and Netty.
 */
class WebFluxCrossSiteTests extends AbstractCrossSiteTests {

	WebFluxCrossSiteTests() {
		super(WebApplicationType.REACTIVE);
	}

	// Tomcat refuses such a name
	@Test
	void nameOfTheHostMayHaveAnUnderscore() throws IOException {
		assertThat(post("/api/chat", "chat_server:8080", "Origin: http://chat_server:8080\r\n"))
			.startsWith("HTTP/1.1 200 ");
		assertThat(post("/api/chat", "chat_server:8080", "Origin: https://evil.example\r\n"))
			.startsWith("HTTP/1.1 403 ");
		assertThat(post("/api/chat", "evil_server", "")).startsWith("HTTP/1.1 421 ");
	}

}
