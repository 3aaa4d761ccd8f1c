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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiSseEmitters} with many browsers on one Tomcat, some of which do
 * not read.
 */
@Tag("slow")
@Tag("java25")
@ExtendWith(OutputCaptureExtension.class)
class ManyBrowsersTests {

	private static final int SERVER_THREADS = 8;

	// More than the server has threads
	private static final int SLOW_BROWSERS = 50;

	// The capacity of the buffers of four sockets
	private static final long MAX_UNREAD = 16 << 20;

	// Enough for a thousand browsers, but not for all that slow ones have not read
	private static final String MAX_HEAP = "192m";

	// An event, and what the server needs for a request
	private static final long MAX_SLOW_HEAP = 256 << 10;

	private final ModelServer models = new ModelServer();

	private final ConnectionProvider connections = ConnectionProvider.create("browsers", 2000);

	@AfterEach
	void stop() {
		this.connections.dispose();
		this.models.close();
	}

	@Test
	void thousandBrowsersNeedNoMoreThreadsThanHundredAndDoNotWaitForSlowOnes(@TempDir Path folder) throws Exception {
		try (ForkedApplication application = ForkedApplication.start(folder, List.of("-Xmx" + MAX_HEAP),
				properties("server.tomcat.connection-timeout=5m"))) {
			int threads = readAll(application, 100);
			long heap = application.usedHeap();
			List<Socket> slow = openSlowBrowsers(application.port());
			assertThat(this.models.endlessBytes()).isLessThan(SLOW_BROWSERS * MAX_UNREAD);
			assertThat(application.usedHeap() - heap).isLessThan(SLOW_BROWSERS * MAX_SLOW_HEAP);

			// A timer or a cleaner may start meanwhile
			assertThat(readAll(application, 1000)).isLessThanOrEqualTo(threads + 5);

			// The kernel may move bytes between its buffers as long as they have a bound
			assertThat(this.models.endlessBytes()).isLessThan(SLOW_BROWSERS * MAX_UNREAD);
			assertThat(this.models.endlessStreams()).isEqualTo(SLOW_BROWSERS);
			closeSlowBrowsers(slow);
			assertThat(application.log()).doesNotContain("OutOfMemory");
		}
	}

	@Test
	void whenBrowserNeverReadsThenTheServersTimeLimitCancelsItsResponses(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = start("server.tomcat.connection-timeout=1s");
				Socket socket = RawBrowser.connect(port(context), "/chat/" + ModelServer.ENDLESS, 1024)) {
			await(() -> this.models.endlessBytes() > 0 && this.models.endlessStreams() == 0);
			assertThat(socket.isClosed()).isFalse();
		}
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("Exception");
	}

	private List<Socket> openSlowBrowsers(int port) throws IOException {
		List<Socket> slow = new ArrayList<>();
		for (int i = 0; i < SLOW_BROWSERS; i++) {
			slow.add(RawBrowser.connect(port, "/chat/" + ModelServer.ENDLESS, 1024));
		}
		await(() -> this.models.endlessStreams() == SLOW_BROWSERS);
		AbstractServerTests.awaitStandstill(this.models::endlessBytes);
		return slow;
	}

	private void closeSlowBrowsers(List<Socket> slow) throws IOException {
		for (Socket socket : slow) {
			socket.close();
		}
		await(() -> this.models.endlessStreams() == 0);
	}

	/**
	 * Let browsers read their streams, all at the same time.
	 * @return the number of threads while all streams were open
	 */
	private int readAll(ForkedApplication application, int browsers) {
		HttpClient client = HttpClient.create(this.connections).port(application.port());
		Mono<List<String>> documents = Flux.range(0, browsers)
			.flatMap((i) -> client.get()
				.uri("/chat/" + ModelServer.PACED)
				.responseContent()
				.asString()
				.collect(StringBuilder::new, StringBuilder::append)
				.map(StringBuilder::toString), browsers)
			.collectList()
			.cache();
		documents.subscribe();
		await(() -> this.models.waitingStreams() == browsers);
		int threads = application.threads();
		this.models.release();
		List<String> read = documents.block(Duration.ofSeconds(30));
		assertThat(read).hasSize(browsers).containsOnly(document());
		return threads;
	}

	private static String document() {
		StringBuilder document = new StringBuilder(":heartbeat\n\n");
		for (int i = 1; i <= ModelServer.PACED_EVENTS; i++) {
			document.append("id:%d\nevent:text\ndata:{\"text\":\"word %d \"}\n\n".formatted(i, i));
		}
		return document
			.append("id:%d\nevent:done\ndata:{\"finishReason\":\"STOP\"}\n\n".formatted(ModelServer.PACED_EVENTS + 1))
			.toString();
	}

	private ConfigurableApplicationContext start(String property) {
		return new SpringApplicationBuilder(BrowserApplication.class).properties(properties(property)).run();
	}

	private String[] properties(String property) {
		return new String[] { "server.port=0", "server.shutdown=immediate", property,
				"server.tomcat.threads.max=" + SERVER_THREADS, "server.tomcat.threads.min-spare=" + SERVER_THREADS,
				"spring.main.web-application-type=servlet", "spring.main.banner-mode=off",
				"spring.threads.virtual.enabled=true", "cometapi.gemini.base-url=" + this.models.url(),
				"cometapi.gemini.api-key=sk-test", "cometapi.gemini.pool.max-connections=2000",
				// Tomcat may see an event loop that has ended as a thread that has not
				// yet.
				"logging.level.org.apache.catalina.loader=ERROR", "cometapi.gemini.sse.heartbeat-interval=5m" };
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await()
			.pollInSameThread()
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(30))
			.until(condition::getAsBoolean);
	}

}
