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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the memory that media need, each in a JVM with a small heap.
 */
@Tag("slow")
class MediaMemoryTests {

	private static final int MEGABYTE = 1024 * 1024;

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "resource, 48", "bytes, 64" })
	void sendingNeedsNoCopyOfTheMedium(String what, int heap) throws Exception {
		int size = 20 * MEGABYTE;
		try (Server server = new Server(0, false)) {
			long allocated = Long.parseLong(run(server, what, heap, size));

			assertThat(allocated).isLessThan(size / 5);
			assertThat(server.received).hasValueGreaterThan(2 * (size / 3 * 4L));
		}
	}

	@ParameterizedTest
	@CsvSource({ "receive, false", "stream, true" })
	void receivingNeedsOneCopyOfTheMedium(String what, boolean stream) throws Exception {
		int size = 4 * MEGABYTE;
		try (Server server = new Server(size, stream)) {
			assertThat(Long.parseLong(run(server, what, 64, 0))).isLessThan(size + size / 2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "32, false", "48, false", "64, false", "96, false", "32, true", "64, true" })
	void whenAnswerIsTooLargeForTheHeapThenItIsRefused(int heap, boolean stream) throws Exception {
		try (Server server = new Server(45 * MEGABYTE, stream)) {
			assertThat(run(server, stream ? "stream" : "receive", heap, 0)).contains("GeminiResponseTooLargeException");
		}
	}

	@Test
	void largeAnswerIsReadWhereTheHeapIsLargeEnough() throws Exception {
		int size = 45 * MEGABYTE;
		try (Server server = new Server(size, false)) {
			assertThat(Long.parseLong(run(server, "receive", 160, 0))).isLessThan(size + size / 2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "receiveToSink, false", "streamToSink, true" })
	void sinkTakesAMediumThatIsLargerThanTheHeap(String what, boolean stream) throws Exception {
		int size = 60 * MEGABYTE;
		try (Server server = new Server(size, stream)) {
			assertThat(Long.parseLong(run(server, what, 48, 0))).isLessThan(size / 5);
			assertThat(Files.size(this.folder.resolve("medium.png"))).isEqualTo(size / 3 * 3);
		}
	}

	private String run(Server server, String what, int heap, int size) throws Exception {
		Path medium = Files.write(this.folder.resolve("medium.png"), new byte[size]);
		Path report = this.folder.resolve("report");
		Path log = this.folder.resolve("log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx" + heap + "m", "-cp", System.getProperty("java.class.path"), MediaMemory.class.getName(), what,
				server.url(), report.toString(), medium.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.exitValue()).as(() -> text(log)).isZero();
		assertThat(text(log)).doesNotContain("OutOfMemory").doesNotContain("LEAK");
		return Files.readString(report);
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Counts what comes, and answers with a picture.
	 */
	private static final class Server implements AutoCloseable {

		private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

		private final AtomicLong received = new AtomicLong();

		private final int pictureSize;

		private final boolean stream;

		Server(int pictureSize, boolean stream) throws IOException {
			this.pictureSize = pictureSize;
			this.stream = stream;
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
				while (readRequest(in)) {
					answer(client.getOutputStream());
				}
			}
			catch (IOException ex) {
				// The client has refused the rest.
			}
		}

		private boolean readRequest(InputStream in) throws IOException {
			long length = -1;
			String line = readLine(in);
			while (!line.isEmpty()) {
				if (line.toLowerCase().startsWith("content-length:")) {
					length = Long.parseLong(line.substring(15).trim());
				}
				line = readLine(in);
			}
			if (length < 0) {
				return false;
			}
			in.skipNBytes(length);
			this.received.addAndGet(length);
			return true;
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

		private void answer(OutputStream out) throws IOException {
			List<String> json = List.of(
					"{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"",
					"\"}}]},\"finishReason\":\"STOP\"}]}\n\n");
			String prefix = this.stream ? "data: " : "";
			byte[] text = new byte[this.pictureSize / 3 * 4];
			Arrays.fill(text, (byte) 'A');
			int length = prefix.length() + json.get(0).length() + text.length + json.get(1).length();
			out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + (this.stream ? "text/event-stream" : "application/json")
					+ "\r\nContent-Length: " + length + "\r\n\r\n" + prefix + json.get(0))
				.getBytes(StandardCharsets.US_ASCII));
			out.write(text);
			out.write(json.get(1).getBytes(StandardCharsets.US_ASCII));
			out.flush();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
