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
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests of browsers and pages of other sites to protected paths, on a
 * running server of either stack.
 */
abstract class AbstractCrossSiteTests extends AbstractServerTests {

	AbstractCrossSiteTests(WebApplicationType type) {
		super(Application.class, type, "cometapi.gemini.enabled=true", "cometapi.gemini.api-key=key",
				"cometapi.gemini.cross-site.paths=api/**",
				"cometapi.gemini.cross-site.allowed-hosts=localhost,Chat.example.com,chat_server,[::1]",
				"cometapi.gemini.cross-site.allowed-origins=HTTPS://App.example.com:443");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/chat | localhost                    |                                                          | 200
			/api/chat | LOCALHOST:8080               |                                                          | 200
			/api/chat | chat.EXAMPLE.com:8080        |                                                          | 200
			/api/chat | [::1]:8080                   |                                                          | 200
			/api/chat | evil.example                 |                                                          | 421
			/open     | evil.example                 |                                                          | 200
			/api/chat | localhost                    | Sec-Fetch-Site: same-origin;Origin: http://localhost     | 200
			/api/chat | localhost                    | Sec-Fetch-Site: same-origin;Origin: ://malformed         | 200
			/api/chat | localhost                    | Sec-Fetch-Site: cross-site;Origin: https://evil.example  | 403
			/api/chat | localhost                    | Sec-Fetch-Site: cross-site;Origin: https://app.example.com | 200
			/api/chat | localhost                    | Sec-Fetch-Site: cross-site                               | 403
			/open     | localhost                    | Sec-Fetch-Site: cross-site                               | 200
			/api/chat | localhost:8080               | Origin: http://localhost:8080                            | 200
			/api/chat | localhost                    | Origin: http://localhost:80                              | 200
			/api/chat | [::1]:8080                   | Origin: http://[::1]:8080                                | 200
			/api/chat | localhost:8080               | Origin: http://localhost:8081                            | 403
			/api/chat | localhost                    | Origin: https://localhost                                | 403
			/api/chat | localhost                    | Origin: https://app.example.com                          | 200
			/api/chat | localhost                    | Origin: null                                             | 403
			/api/chat | localhost                    | Origin: http://localhost:port                            | 403
			/api/chat | localhost                    | Origin: http://[localhost                                | 403
			/api/chat | localhost                    | Origin: http:// localhost                                | 403
			""")
	void requestIsServedOrRefused(String path, String host, String headers, int status) throws IOException {
		assertThat(post(path, host, (headers != null) ? headers.replace(";", "\r\n") + "\r\n" : ""))
			.startsWith("HTTP/1.1 " + status + " ");
	}

	final String post(String path, String host, String headers) throws IOException {
		try (Socket socket = new Socket("localhost", port())) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.getOutputStream()
				.write(("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers
						+ "Content-Length: 0\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		@RequestMapping({ "/api/chat", "/open" })
		String answer() {
			return "answer";
		}

	}

}
