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

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Measures the time from the cancel of a call to the end of its connection, as the server
 * sees it in the same process.
 */
public final class CancelTime {

	private static final PrintStream OUT = System.out;

	private static final int WARM_UP = 200;

	private static final int MEASURED = 1000;

	private static final String EVENT = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}\r\n\r\n";

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(List.of(Content.user("Hi")))
		.build();

	private final ServerSocket server;

	private final GeminiClient client;

	private CancelTime(ServerSocket server) {
		this.server = server;
		this.client = GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-benchmark")
					.baseUrl(URI.create("http://127.0.0.1:" + server.getLocalPort()))
					.build());
	}

	private void measure(String what, Publisher<?> call, String answer) throws IOException, InterruptedException {
		for (int i = 0; i < WARM_UP; i++) {
			cancel(call, answer);
		}
		long[] times = new long[MEASURED];
		for (int i = 0; i < MEASURED; i++) {
			times[i] = cancel(call, answer);
		}
		Arrays.sort(times);
		OUT.printf("%s: median %.2f ms, 99 %% %.2f ms, max %.2f ms%n", what, times[MEASURED / 2] / 1e6,
				times[MEASURED * 99 / 100] / 1e6, times[MEASURED - 1] / 1e6);
	}

	// Returns the time from the cancel to the end of the connection, in nanoseconds.
	private long cancel(Publisher<?> call, String answer) throws IOException, InterruptedException {
		CountDownLatch event = new CountDownLatch(answer.isEmpty() ? 0 : 1);
		AtomicLong ended = new AtomicLong();
		Disposable subscription = Flux.from(call).subscribe((next) -> event.countDown());
		try (Socket socket = this.server.accept()) {
			InputStream in = socket.getInputStream();
			in.read(new byte[8192]);
			socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
			Thread reader = new Thread(() -> awaitEnd(in, ended));
			reader.start();
			event.await();
			long cancelled = System.nanoTime();
			subscription.dispose();
			reader.join();
			return ended.get() - cancelled;
		}
	}

	private static void awaitEnd(InputStream in, AtomicLong ended) {
		try {
			while (in.read() >= 0) {
				// The rest of the request
			}
		}
		catch (IOException ex) {
			// A reset ends the connection, too
		}
		ended.set(System.nanoTime());
	}

	/**
	 * Measure a stream after its first event and a call without a response.
	 * @param arguments none
	 * @throws IOException if there is no connection
	 * @throws InterruptedException if the process is asked to end
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			CancelTime cancelTime = new CancelTime(server);
			cancelTime.measure("stream",
					cancelTime.client.streamGenerateContent("m", REQUEST, GeminiCallOptions.DEFAULTS),
					"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENT);
			cancelTime.measure("unary", cancelTime.client.generateContent("m", REQUEST, GeminiCallOptions.DEFAULTS),
					"");
		}
		System.exit(0);
	}

}
