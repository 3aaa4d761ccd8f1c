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

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Prometheus that scrapes the application. Tests that need it are skipped where it is
 * not installed.
 */
final class Prometheus implements AutoCloseable {

	private final Process process;

	private final int port;

	private final HttpClient client = HttpClient.newHttpClient();

	private Prometheus(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Start to scrape an application, every 200 ms.
	 * @param application the port of the application
	 * @param directory the directory for data
	 */
	static Prometheus scraping(int application, Path directory) throws IOException {
		String command = command("prometheus");
		Path configuration = directory.resolve("prometheus.yml");
		Files.writeString(configuration, """
				scrape_configs:
				  - job_name: chat
				    metrics_path: /actuator/prometheus
				    scrape_interval: 200ms
				    scrape_timeout: 200ms
				    static_configs:
				      - targets: [ "localhost:%d" ]
				""".formatted(application));
		int port = freePort();
		Process process = new ProcessBuilder(command, "--config.file=" + configuration,
				"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("prometheus.log").toFile())
			.start();
		return new Prometheus(process, port);
	}

	/**
	 * Check a page of metrics.
	 * @param page the page
	 * @return the complaints, one a line
	 */
	static String check(String page) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command("promtool"), "check", "metrics").redirectErrorStream(true).start();
		process.outputWriter().append(page).close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.onExit().join();
		return output;
	}

	/**
	 * Evaluate an expression.
	 * @param expression the expression
	 * @return the time series
	 */
	JsonNode query(String expression) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:%d/api/v1/query?query=%s".formatted(this.port,
				URLEncoder.encode(expression, StandardCharsets.UTF_8)));
		String response = this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
		JsonNode result = JsonMapper.shared().readTree(response);
		assertThat(result.path("status").asString()).as("%s: %s", expression, response).isEqualTo("success");
		return result.path("data").path("result");
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static String command(String name) {
		Optional<Path> file = Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
		Assumptions.assumeTrue(file.isPresent(), () -> name + " is not installed");
		return file.get().toString();
	}

}
