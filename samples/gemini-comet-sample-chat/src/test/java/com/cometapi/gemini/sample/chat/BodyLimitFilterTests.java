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

package com.cometapi.gemini.sample.chat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BodyLimitFilter}, with headers that no client library sends.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=", "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
class BodyLimitFilterTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET  /api/chat?q=Hi | Host: localhost                                              | 200
			GET  /api/chat?q=Hi | Host: evil.example                                           | 421
			GET  /api/chat?q=Hi | Host: localhost;Sec-Fetch-Site: cross-site                   | 403
			GET  /api/chat?q=Hi | Host: localhost;Sec-Fetch-Site: same-site                    | 403
			GET  /api/chat?q=Hi | Host: localhost;Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate | 403
			GET  /api/chat?q=Hi | Host: localhost;Sec-Fetch-Site: same-origin                  | 200
			GET  /api/chat?q=Hi | Host: localhost;Origin: http://evil.example                  | 403
			GET  /api/chat?q=Hi | Host: localhost;Origin: null                                 | 403
			GET  /api/chat?q=Hi | Host: localhost;Origin: http://localhost                     | 200
			GET  /actuator/health | Host: evil.example                                         | 421
			GET  /              | Host: localhost;Sec-Fetch-Site: cross-site;Sec-Fetch-Mode: navigate | 200
			POST /api/chats/1   | Host: localhost;Content-Length: 75497472                     | 413
			POST /api/chats/1   | Host: localhost;Transfer-Encoding: chunked                   | 411
			""")
	void requestIsServedOrRefused(String request, String headers, int status) throws IOException {
		assertThat(status(request.replaceAll(" +", " "), headers)).isEqualTo(status);
	}

	@Test
	void bodyThatIsTooLargeIsNotRead() throws IOException {
		assertThat(status("POST /api/chats/1", "Host: localhost;Content-Length: 16777217")).isEqualTo(413);
	}

	@Test
	void whenTooManyBodiesAreBeingReadThenTheNextIsRefused() throws IOException {
		try (Socket first = unfinishedBody(); Socket second = unfinishedBody(); Socket third = unfinishedBody()) {
			List<Socket> sockets = new ArrayList<>(List.of(first, second, third));
			Socket refused = Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> firstAnswered(sockets), Objects::nonNull);
			assertThat(status(refused)).isEqualTo(503);
			sockets.remove(refused);
			for (Socket admitted : sockets) {
				assertThat(admitted.getInputStream().available()).isZero();
				admitted.getOutputStream().write('}');
				assertThat(status(admitted)).isEqualTo(400);
			}
		}
		// A body counts until its response was sent, which a client may see before.
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> status("POST /api/chats/1", "Host: localhost;Content-Length: 0"), (status) -> status == 400);
	}

	@Test
	void limitMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BodyLimitFilter(0))
			.withMessage("'chat.max-bodies' must be positive");
	}

	private Socket unfinishedBody() throws IOException {
		Socket socket = open("POST /api/chats/" + UUID.randomUUID(),
				"Host: localhost;Content-Type: application/json;Content-Length: 2");
		socket.getOutputStream().write('{');
		return socket;
	}

	private static @Nullable Socket firstAnswered(List<Socket> sockets) throws IOException {
		for (Socket socket : sockets) {
			if (socket.getInputStream().available() > 0) {
				return socket;
			}
		}
		return null;
	}

	private int status(String request, String headers) throws IOException {
		try (Socket socket = open(request, headers)) {
			return status(socket);
		}
	}

	private static int status(Socket socket) throws IOException {
		String statusLine = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
		return Integer.parseInt(statusLine.substring(9));
	}

	private Socket open(String request, String headers) throws IOException {
		Socket socket = new Socket("localhost", this.port);
		socket.setSoTimeout(30_000);
		String head = request + " HTTP/1.1\r\n" + headers.replace(";", "\r\n") + "\r\nConnection: close\r\n\r\n";
		socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

}
