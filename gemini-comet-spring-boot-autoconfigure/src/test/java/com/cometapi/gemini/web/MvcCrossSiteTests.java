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
 * Tests for {@link GeminiCrossSiteFilter} on Spring MVC and Tomcat.
 */
class MvcCrossSiteTests extends AbstractCrossSiteTests {

	MvcCrossSiteTests() {
		super(WebApplicationType.SERVLET);
	}

	// Spring Security would respond with 401 instead, if the page requires a login
	@Test
	void refusalIsNotLeftToTheErrorPage() throws IOException {
		assertThat(post("/api/chat", "localhost", "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 403 ")
			.contains("Content-Type: text/plain")
			.endsWith("The request comes from a page of another site");
		assertThat(post("/api/chat", "evil.example", "")).startsWith("HTTP/1.1 421 ")
			.contains("Content-Type: text/plain")
			.endsWith("This host name is not one of the allowed ones");
	}

}
