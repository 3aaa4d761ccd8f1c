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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams to browsers that do not read, and streams that outlast a shutdown, on
 * both stacks.
 */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class UnreadStreamsTests {

	private static final int BROWSERS = 80;

	private final ModelServer models = new ModelServer();

	@AfterEach
	void stop() {
		this.models.close();
	}

	@Test
	void unreadStreamsOfWebFluxDoNotUseUpTheMemory(@TempDir Path folder) throws IOException {
		try (ForkedApplication application = ForkedApplication.start(folder,
				List.of("-Xmx64m", "-XX:MaxDirectMemorySize=24m"),
				properties("reactive", "server.shutdown=immediate"))) {
			List<Socket> sockets = new ArrayList<>();
			for (int i = 0; i < BROWSERS; i++) {
				sockets.add(RawBrowser.connect(application.port(), "/events/" + ModelServer.ENDLESS, 1024));
			}
			await(() -> this.models.endlessStreams() == BROWSERS);
			AbstractServerTests.awaitStandstill(this.models::endlessBytes);
			try (RawBrowser browser = RawBrowser.open(application.port(), "/events/" + ModelServer.PACED)) {
				await(() -> this.models.waitingStreams() == 1);
				this.models.release();
				assertThat(browser.document()).contains("event:done");
			}
			assertThat(this.models.endlessStreams()).isEqualTo(BROWSERS);
			for (Socket socket : sockets) {
				socket.close();
			}
			await(() -> this.models.endlessStreams() == 0);
			assertThat(application.log()).doesNotContain("direct buffer memory").doesNotContain("OutOfMemory");
		}
	}

	@ParameterizedTest
	@CsvSource({ "servlet,chat", "reactive,events" })
	void whenBrowserDoesNotReadWithinTheWriteTimeoutThenItsConnectionIsClosed(String type, String path,
			CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = start(type, "cometapi.gemini.sse.write-timeout=500ms");
				Socket socket = RawBrowser.connect(port(context), "/" + path + "/" + ModelServer.ENDLESS, 1024)) {
			await(() -> this.models.endlessBytes() > 0 && this.models.endlessStreams() == 0);
			await(() -> isClosedByServer(socket));
		}
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("Exception");
	}

	@ParameterizedTest
	@CsvSource({ "servlet,chat,graceful", "reactive,events,graceful", "servlet,chat,immediate",
			"reactive,events,immediate", "servlet,events,graceful" })
	void whenApplicationStopsThenRunningStreamsEndWithATransientError(String type, String path, String shutdown,
			CapturedOutput output) throws Exception {
		ConfigurableApplicationContext context = start(type, "server.shutdown=" + shutdown,
				"spring.lifecycle.timeout-per-shutdown-phase=5s", "cometapi.gemini.sse.shutdown-lead-time=4900ms");
		List<RawBrowser> browsers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			browsers.add(RawBrowser.open(port(context), "/" + path + "/" + ModelServer.PACED));
		}
		await(() -> this.models.waitingStreams() == browsers.size());
		Thread closing = new Thread(context::close);
		closing.start();
		try {
			for (RawBrowser browser : browsers) {
				assertThat(browser.document()).endsWith("""
						event:error
						data:{"code":"shutdown","message":"The assistant is being restarted. \
						Please ask again in a little while.","transient":true}

						""");
				browser.close();
			}
		}
		finally {
			closing.join(30_000);
		}
		assertThat(closing.isAlive()).isFalse();
		assertThat(output).doesNotContain("\tat ").doesNotContain("ERROR");
	}

	// Without reading, which would let the server send the rest
	private static boolean isClosedByServer(Socket socket) {
		try {
			socket.getOutputStream().write('\n');
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private ConfigurableApplicationContext start(String type, String... properties) {
		return new SpringApplicationBuilder(BrowserApplication.class).properties(properties(type, properties)).run();
	}

	private String[] properties(String type, String... more) {
		List<String> properties = new ArrayList<>(List.of("server.port=0", "server.tomcat.connection-timeout=5m",
				"spring.main.web-application-type=" + type, "spring.main.banner-mode=off",
				"cometapi.gemini.base-url=" + this.models.url(), "cometapi.gemini.api-key=sk-test",
				"cometapi.gemini.pool.max-connections=2000", "cometapi.gemini.sse.heartbeat-interval=5m",
				// Tomcat may see an event loop that has ended as a thread that has not
				// yet.
				"logging.level.org.apache.catalina.loader=ERROR", "spring.reactor.netty.shutdown-quiet-period=0s"));
		properties.addAll(List.of(more));
		return properties.toArray(String[]::new);
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	private static void await(BooleanSupplier condition) {
		Awaitility.await()
			.pollInSameThread()
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofMinutes(2))
			.until(condition::getAsBoolean);
	}

}
