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

package com.cometapi.gemini.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.RepeatedTest;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpResources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link HandledServer}.
 */
class HandledServerTests {

	private static final byte[] LINE = "0123456789abcdef".repeat(1024).getBytes(StandardCharsets.US_ASCII);

	// On the shared event loops, about every second run would fail.
	@RepeatedTest(10)
	void serverOutlivesTheSharedEventLoopsAndClosesItsConnections() throws IOException {
		HandledServer server = HandledServer.start((request, response) -> response
			.send(Flux.generate((sink) -> sink.next(Unpooled.wrappedBuffer(LINE))), (line) -> true));
		try (Socket reader = connect(server)) {
			// The server closes only connections that an event loop has accepted.
			readLine(reader);
			stopSharedEventLoops();
			try (Socket later = connect(server)) {
				readLine(later);
			}
			server.close();
			assertThat(isClosed(reader)).isTrue();
		}
		assertThatIOException().isThrownBy(() -> connect(server).close());
	}

	private static Socket connect(HandledServer server) throws IOException {
		Socket socket = new Socket(server.url().getHost(), server.url().getPort());
		socket.setSoTimeout(30_000);
		socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static void readLine(Socket socket) throws IOException {
		assertThat(socket.getInputStream().readNBytes(LINE.length)).hasSize(LINE.length);
	}

	private static boolean isClosed(Socket socket) throws IOException {
		try {
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			return true;
		}
		catch (SocketException ex) {
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	// Every application context does so when it closes.
	private static void stopSharedEventLoops() {
		HttpResources.disposeLoopsAndConnectionsLater(Duration.ZERO, Duration.ofSeconds(30)).block();
	}

}
