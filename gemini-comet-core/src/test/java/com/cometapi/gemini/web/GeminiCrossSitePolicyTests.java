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
import java.time.Duration;
import java.util.List;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GeminiCrossSitePolicy} and its filters.
 */
class GeminiCrossSitePolicyTests {

	private final GeminiCrossSitePolicy policy = new GeminiCrossSitePolicy(List.of("/api/**"),
			List.of("localhost", "Chat.example.com"), List.of("https://app.example.com"));

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					GET     | https://localhost/api/chat        |                                                          | 200
					GET     | https://chat.example.com/api/chat |                                                          | 200
					GET     | https://evil.example/api/chat     |                                                          | 421
					GET     | https://evil.example/             |                                                          | 200
					GET     | https://localhost/api/chat        | Sec-Fetch-Site: same-origin                              | 200
					GET     | https://localhost/api/chat        | Sec-Fetch-Site: none                                     | 200
					GET     | https://localhost/api/chat        | Sec-Fetch-Site: cross-site                               | 403
					GET     | https://localhost/api/chat        | Sec-Fetch-Site: same-site                                | 403
					GET     | https://localhost/api/chat        | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate      | 403
					GET     | https://localhost/                | Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate      | 200
					POST    | https://localhost/api/chat        | Sec-Fetch-Site: same-site;Origin: https://app.example.com | 200
					POST    | https://localhost/api/chat        | Sec-Fetch-Site: same-site;Origin: http://app.example.com | 403
					POST    | https://localhost/api/chat        | Origin: https://localhost                                | 200
					POST    | https://localhost/api/chat        | Origin: https://app.example.com                          | 200
					POST    | https://localhost/api/chat        | Origin: https://localhost:8443                           | 403
					POST    | https://localhost/api/chat        | Origin: https://evil.example                             | 403
					POST    | https://localhost/api/chat        | Origin: null                                             | 403
					OPTIONS | https://localhost/api/chat        | Origin: https://evil.example;Access-Control-Request-Method: POST | 200
					""")
	void requestIsServedOrRefused(HttpMethod method, String uri, String headers, int status) throws Exception {
		assertThat(inServlet(method, uri, headers)).isEqualTo(status);
		assertThat(inWebFlux(method, uri, headers)).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "https://app.example.com/", "app.example.com", "*", "https://*.example.com",
			"https://app.example.com:port", "https://bücher.example" })
	void allowedOriginThatIsNotAnOriginIsRefused(String origin) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiCrossSitePolicy(List.of("/api/**"), List.of(), List.of(origin)))
			.withMessage("'allowedOrigins' must be origins such as 'https://app.example.com', not '%s'", origin);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "localhost:8080", "https://chat.example.com", "*.example.com", "chat.example.com/api" })
	void allowedHostThatIsNotAHostNameIsRefused(String host) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiCrossSitePolicy(List.of("/api/**"), List.of(host), List.of()))
			.withMessage("'allowedHosts' must be host names without a port, such as 'chat.example.com', not '%s'",
					host);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/**/chat/{", "/a/{b}/{b}" })
	void pathThatIsNotAPatternIsRefused(String path) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiCrossSitePolicy(List.of(path), List.of(), List.of()))
			.withMessageStartingWith("'paths' must be patterns such as '/api/**', not '%s': ".formatted(path));
	}

	@Test
	void emptyPathsAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiCrossSitePolicy(List.of(), List.of(), List.of()))
			.withMessage("'paths' must not be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new GeminiCrossSitePolicy(List.of(" "), List.of(), List.of()))
			.withMessage("'paths' must not contain an empty pattern");
	}

	private int inServlet(HttpMethod method, String uri, String headers) throws ServletException, IOException {
		MockServerHttpRequest head = head(method, uri, headers);
		MockHttpServletRequest request = new MockHttpServletRequest(method.name(), head.getURI().getPath());
		request.setScheme(head.getURI().getScheme());
		request.setServerName(head.getURI().getHost());
		request.setServerPort(443);
		head.getHeaders().forEach((name, values) -> request.addHeader(name, values.get(0)));
		MockHttpServletResponse response = new MockHttpServletResponse();
		new GeminiCrossSiteFilter(this.policy).doFilter(request, response, new MockFilterChain());
		return response.getStatus();
	}

	private int inWebFlux(HttpMethod method, String uri, String headers) {
		MockServerWebExchange exchange = MockServerWebExchange.from(head(method, uri, headers));
		return new GeminiCrossSiteWebFilter(this.policy).filter(exchange, (served) -> Mono.empty())
			.thenReturn(200)
			.onErrorResume(ResponseStatusException.class, (ex) -> Mono.just(ex.getStatusCode().value()))
			.block(Duration.ofSeconds(30));
	}

	private static MockServerHttpRequest head(HttpMethod method, String uri, String headers) {
		HttpHeaders all = new HttpHeaders();
		for (String header : (headers != null) ? headers.split(";") : new String[0]) {
			String[] parts = header.split(": ");
			all.add(parts[0], parts[1]);
		}
		return MockServerHttpRequest.method(method, uri).headers(all).build();
	}

}
