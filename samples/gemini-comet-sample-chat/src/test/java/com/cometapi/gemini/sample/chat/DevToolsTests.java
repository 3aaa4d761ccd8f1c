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
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.cometapi.gemini.test.GeminiSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of restarts by DevTools, which keeps the JVM and the library and replaces the
 * class loader of the application.
 */
@Tag("slow")
class DevToolsTests {

	private static final String CLASS_LOADER = "org.springframework.boot.devtools.restart.classloader.RestartClassLoader";

	private static final Pattern THREAD = Pattern.compile("\"(gemini-[^\"]*)\"");

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final HttpClient client = HttpClient.newHttpClient();

	@AutoClose
	private final GeminiSimulator simulator = GeminiSimulator.builder().pace(Duration.ZERO).start();

	@TempDir
	private Path folder;

	@Test
	void whenClassesChangeThenPromptsWorkAndNothingOfTheOldOnesIsKept() throws Exception {
		Path classes = Files.createDirectories(this.folder.resolve("classes"));
		// As if the library were in jars
		write(classes.resolve("META-INF/spring-devtools.properties"),
				"restart.exclude.modules=/(?:gemini-comet-core|gemini-comet-spring-boot-[a-z]+)/target/classes/");
		try (ChatProcess application = start(classes)) {
			useEverything(application.address());
			for (int restart = 1; restart <= 3; restart++) {
				try (InputStream held = openStream(application.address(restart))) {
					Awaitility.await().atMost(LIMIT).until(() -> this.simulator.openStreams() == 1);
					write(classes.resolve("changed.properties"), "restart=" + restart);
					write(classes.resolve("restart.trigger"), "restart " + restart);
					useEverything(application.address(restart + 1));
				}
				Awaitility.await().atMost(LIMIT).until(() -> this.simulator.openCalls() == 0);
			}
			// Spring Boot keeps the first one: see BindConverter, for example.
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(classLoaders(application)).isLessThanOrEqualTo(2));
			assertThat(threads(application)).isNotEmpty().doesNotHaveDuplicates();
		}
	}

	// Caches of the JDK and of Spring have soft references.
	private ChatProcess start(Path classes) throws IOException {
		return ChatProcess.start(this.folder, "log",
				List.of("-XX:TieredStopAtLevel=1", "-XX:SoftRefLRUPolicyMSPerMB=0", "-cp",
						classes + File.pathSeparator + System.getProperty("java.class.path"),
						ChatApplication.class.getName()),
				"--server.port=0", "--cometapi.gemini.api-key=" + this.simulator.getApiKey(),
				"--cometapi.gemini.base-url=" + this.simulator.getBaseUrl(),
				"--spring.devtools.restart.trigger-file=restart.trigger",
				"--spring.devtools.restart.poll-interval=200ms", "--spring.devtools.restart.quiet-period=100ms",
				"--spring.devtools.livereload.enabled=false", "--spring.lifecycle.timeout-per-shutdown-phase=1s",
				"--cometapi.gemini.health.cache-ttl=100ms", "--spring.datasource.url=jdbc:h2:mem:chat");
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private static long classLoaders(ChatProcess application) throws IOException {
		return application.diagnose("GC.class_histogram")
			.stream()
			.filter((line) -> line.contains(CLASS_LOADER))
			.mapToLong((line) -> Long.parseLong(line.strip().split("\\s+")[1]))
			.sum();
	}

	private static List<String> threads(ChatProcess application) throws IOException {
		return THREAD.matcher(String.join("\n", application.diagnose("Thread.print")))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
	}

	private void useEverything(URI address) throws Exception {
		URI chat = address.resolve("/api/chats/" + UUID.randomUUID());
		assertThat(post(chat, "{\"text\":\"Compare the weather in Paris and in Tokyo.\",\"features\":[\"functions\"]}"))
			.contains("event:function-result", "event:usage", "event:done");
		assertThat(post(URI.create(chat + "/table"), "{\"text\":\"List 3 planets.\"}")).contains("event:done");
		assertThat(get(address.resolve("/actuator/health"))).contains("\"gemini\":{", "\"status\":\"UP\"");
		assertThat(get(address.resolve("/actuator/gemini"))).contains("gemini-3.5-flash");
		assertThat(get(address.resolve("/actuator/prometheus"))).contains("gen_ai");
	}

	private InputStream openStream(URI address) throws IOException, InterruptedException {
		this.simulator.next().text("One two three").stallAfterEvents(1);
		return this.client
			.send(request(address.resolve("/api/chats/" + UUID.randomUUID()), "{\"text\":\"Hi\"}"),
					BodyHandlers.ofInputStream())
			.body();
	}

	private String post(URI uri, String json) throws IOException, InterruptedException {
		return this.client.send(request(uri, json), BodyHandlers.ofString()).body();
	}

	private static HttpRequest request(URI uri, String json) {
		return HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))
			.build();
	}

	private String get(URI uri) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

}
