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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests on connections that the endpoint closed while they were in the pool.
 */
class StaleConnectionTests {

	private static final String MODEL = "gemini-3.5-flash";

	private final List<GeminiRetryEvent> retries = new CopyOnWriteArrayList<>();

	@Test
	void incompletelySentRequestDoesNotCount() throws IOException {
		// A pool of one, so that the second call gets the connection of the first.
		ConnectionProvider pool = ConnectionProvider.create("stale", 1);
		try (StaleServer server = new StaleServer(Wire.bytes("typical.response.json"))) {
			GeminiClient client = GeminiClient.create(
					WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClient.create(pool))),
					GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-test")
						.baseUrl(server.url())
						.retry(GeminiRetrySettings.NONE)
						.firstEventTimeout(Duration.ofSeconds(30))
						.retryListeners(List.of(this.retries::add))
						.build());
			client.generateContent(MODEL, request(Part.text("Hi")), GeminiCallOptions.DEFAULTS).block();
			Part large = Part.inlineData("image/png", new byte[32 * 1024 * 1024]);
			assertThat(client.generateContent(MODEL, request(large), GeminiCallOptions.DEFAULTS).block().text())
				.isEqualTo("Hello");
			assertThat(server.wholeRequests()).isEqualTo(2);
			assertThat(this.retries).singleElement().satisfies((event) -> {
				assertThat(event.attempt()).isEqualTo(1);
				assertThat(event.delay()).isZero();
			});
		}
		finally {
			pool.dispose();
		}
	}

	private static GenerateContentRequest request(Part part) {
		return GenerateContentRequest.builder().contents(Content.user(part)).build();
	}

	/**
	 * Responds to the first request of the first connection, and resets that connection
	 * during the second request.
	 */
	private static final class StaleServer implements AutoCloseable {

		private final ServerSocket serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final AtomicInteger whole = new AtomicInteger();

		private final byte[] response;

		StaleServer(byte[] response) throws IOException {
			this.response = response;
			Thread thread = new Thread(this::serve, "stale-server");
			thread.setDaemon(true);
			thread.start();
		}

		URI url() {
			return URI.create("http://127.0.0.1:" + this.serverSocket.getLocalPort());
		}

		int wholeRequests() {
			return this.whole.get();
		}

		private void serve() {
			try {
				try (Socket first = this.serverSocket.accept()) {
					respond(first);
					first.getInputStream().readNBytes(1000);
					first.setSoLinger(true, 0);
				}
				try (Socket second = this.serverSocket.accept()) {
					respond(second);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void respond(Socket socket) throws IOException {
			InputStream in = socket.getInputStream();
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) in.read());
			}
			Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
			assertThat(length.find()).isTrue();
			in.skipNBytes(Long.parseLong(length.group(1)));
			this.whole.incrementAndGet();
			OutputStream out = socket.getOutputStream();
			out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + this.response.length
					+ "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			out.write(this.response);
			out.flush();
		}

		@Override
		public void close() throws IOException {
			this.serverSocket.close();
		}

	}

}
