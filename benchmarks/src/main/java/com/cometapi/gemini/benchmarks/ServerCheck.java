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

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Measures the server with a client that reads the bytes and discards them.
 */
final class ServerCheck {

	private static final Duration TIME = Duration.ofSeconds(4);

	private static final int SOCKETS = 16;

	private ServerCheck() {
	}

	static List<String> run(int port, ProcessHandle server) {
		int stream = Wire.stream().length;
		int unary = Wire.unary(Wire.ANSWER).length;
		return List.of(
				measure(server, "events", 1, Wire.EVENTS,
						() -> drain(port, ":streamGenerateContent", Prompts.STREAM, stream)),
				measure(server, "unary calls", SOCKETS, 1,
						() -> drain(port, ":generateContent", Prompts.UNARY, unary)));
	}

	private static String measure(ProcessHandle server, String name, int sockets, int units, Drain drain) {
		all(sockets, drain);
		long cpu = cpu(server);
		long wall = System.nanoTime();
		long count = all(sockets, drain) * units;
		double nanos = System.nanoTime() - wall;
		return String.format(Locale.ROOT, "%s: %,.0f/s at %.0f %% of the server's core, %.2f µs each of the server",
				name, count / nanos * 1e9, 100 * (cpu(server) - cpu) / nanos, (cpu(server) - cpu) / 1e3 / count);
	}

	private static long all(int sockets, Drain drain) {
		return IntStream.range(0, sockets)
			.mapToObj((index) -> CompletableFuture.supplyAsync(drain::run, (task) -> new Thread(task).start()))
			.toList()
			.stream()
			.mapToLong(CompletableFuture::join)
			.sum();
	}

	private static long drain(int port, String method, String model, int size) {
		byte[] request = Wire.ascii("POST /v1beta/models/" + model + method
				+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}");
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setTcpNoDelay(true);
			OutputStream out = socket.getOutputStream();
			InputStream in = new BufferedInputStream(socket.getInputStream());
			long end = System.nanoTime() + TIME.toNanos();
			long count = 0;
			while (System.nanoTime() < end) {
				out.write(request);
				in.skipNBytes(size);
				count++;
			}
			return count;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long cpu(ProcessHandle server) {
		return server.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
	}

	/**
	 * Reads responses for a while.
	 */
	@FunctionalInterface
	private interface Drain {

		/**
		 * Read.
		 * @return the number of responses
		 */
		long run();

	}

}
