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

package com.cometapi.gemini;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import com.cometapi.gemini.testsupport.ForkedJvm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the memory that media need. All cases with the same heap size run one after
 * the other in a JVM of their own.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class MediaMemoryTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final Map<Integer, List<String>> CASES = Map.of(32, List.of("receive 45", "stream 45"), 48,
			List.of("resource 20", "receive 45", "receiveToSink 60", "streamToSink 60"), 64,
			List.of("bytes 20", "receive 4", "stream 4", "receive 45", "stream 45"), 96, List.of("receive 45"), 160,
			List.of("receive 45"));

	private final Map<Integer, Map<String, String>> results = new HashMap<>();

	private Server server;

	@BeforeAll
	void runCases(@TempDir Path folder) throws Exception {
		this.server = new Server();
		for (Map.Entry<Integer, List<String>> cases : CASES.entrySet()) {
			Path report = folder.resolve("report");
			List<String> args = new ArrayList<>(List.of(this.server.url(), report.toString(), folder.toString()));
			args.addAll(cases.getValue());
			String output = ForkedJvm.run(MediaMemory.class, folder, (entry) -> true,
					List.of("-Xmx" + cases.getKey() + "m"), args.toArray(String[]::new));
			assertThat(output).doesNotContain("OutOfMemory").doesNotContain("LEAK");
			this.results.put(cases.getKey(),
					Files.readAllLines(report)
						.stream()
						.map((line) -> line.split(": ", 2))
						.collect(Collectors.toMap((line) -> line[0], (line) -> line[1])));
		}
	}

	@AfterAll
	void close() throws IOException {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "resource 20, 48", "bytes 20, 64" })
	void sendingNeedsNoCopyOfTheMedium(String name, int heap) {
		int size = 20 * MEGABYTE;
		assertThat(allocated(name, heap)).isLessThan(size / 5);
		// Each case sends its medium twice.
		assertThat(this.server.received).hasValueGreaterThan(2 * 2 * (size / 3 * 4L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "receive 4", "stream 4" })
	void receivingNeedsOneCopyOfTheMedium(String name) {
		int size = 4 * MEGABYTE;
		assertThat(allocated(name, 64)).isLessThan(size + size / 2);
	}

	@ParameterizedTest
	@CsvSource({ "receive 45, 32", "receive 45, 48", "receive 45, 64", "receive 45, 96", "stream 45, 32",
			"stream 45, 64" })
	void whenResponseIsTooLargeForTheHeapThenItIsRefused(String name, int heap) {
		assertThat(this.results.get(heap).get(name)).contains("GeminiResponseTooLargeException");
	}

	@Test
	void largeResponseIsReadIfTheHeapIsLargeEnough() {
		int size = 45 * MEGABYTE;
		assertThat(allocated("receive 45", 160)).isLessThan(size + size / 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "receiveToSink 60", "streamToSink 60" })
	void sinkTakesAMediumThatIsLargerThanTheHeap(String name) {
		int size = 60 * MEGABYTE;
		assertThat(allocated(name, 48)).isLessThan(size / 5);
		assertThat(this.results.get(48)).containsEntry("file of " + name, String.valueOf(size / 3 * 3));
	}

	private long allocated(String name, int heap) {
		return Long.parseLong(this.results.get(heap).get(name));
	}

	/**
	 * Counts the bytes of request bodies and responds with a picture, as an event if the
	 * path is that of a stream. The path begins with the size of the picture in
	 * megabytes.
	 */
	private static final class Server implements AutoCloseable {

		private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

		private final AtomicLong received = new AtomicLong();

		Server() throws IOException {
			daemon(this::accept);
		}

		private static void daemon(Runnable task) {
			Thread thread = new Thread(task, "picture-server");
			thread.setDaemon(true);
			thread.start();
		}

		String url() {
			return "http://127.0.0.1:" + this.socket.getLocalPort();
		}

		private void accept() {
			while (!this.socket.isClosed()) {
				try {
					Socket client = this.socket.accept();
					daemon(() -> serve(client));
				}
				catch (IOException ex) {
					return;
				}
			}
		}

		private void serve(Socket client) {
			try (client) {
				InputStream in = new BufferedInputStream(client.getInputStream());
				String path = readRequest(in);
				while (path != null) {
					answer(client.getOutputStream(), Integer.parseInt(path.split("/")[1]) * MEGABYTE,
							path.contains(":stream"));
					path = readRequest(in);
				}
			}
			catch (IOException ex) {
				// The client has closed the connection.
			}
		}

		private @Nullable String readRequest(InputStream in) throws IOException {
			long length = -1;
			String line = readLine(in);
			String path = line;
			while (!line.isEmpty()) {
				if (line.toLowerCase().startsWith("content-length:")) {
					length = Long.parseLong(line.substring(15).trim());
				}
				line = readLine(in);
			}
			if (length < 0) {
				return null;
			}
			in.skipNBytes(length);
			this.received.addAndGet(length);
			return path;
		}

		private static String readLine(InputStream in) throws IOException {
			StringBuilder line = new StringBuilder();
			int b = in.read();
			while (b >= 0 && b != '\n') {
				line.append((char) b);
				b = in.read();
			}
			return line.toString().strip();
		}

		private static void answer(OutputStream out, int pictureSize, boolean stream) throws IOException {
			List<String> json = List.of(
					"{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"",
					"\"}}]},\"finishReason\":\"STOP\"}]}\n\n");
			String prefix = (stream) ? "data: " : "";
			byte[] text = "AAAA".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
			int remaining = pictureSize / 3 * 4;
			int length = prefix.length() + json.get(0).length() + remaining + json.get(1).length();
			out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + ((stream) ? "text/event-stream" : "application/json")
					+ "\r\nContent-Length: " + length + "\r\n\r\n" + prefix + json.get(0))
				.getBytes(StandardCharsets.US_ASCII));
			while (remaining > 0) {
				int count = Math.min(remaining, text.length);
				out.write(text, 0, count);
				remaining -= count;
			}
			out.write(json.get(1).getBytes(StandardCharsets.US_ASCII));
			out.flush();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
