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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.cometapi.gemini.sample.aot.AotApplication;
import com.cometapi.gemini.testsupport.ProcessedApplication;
import com.cometapi.gemini.testsupport.ReflectionRecorder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application after it was processed ahead of time, in demo mode and on the
 * JVM.
 */
@Tag("slow")
@Tag("java25")
class AotTests {

	private static final String AOT = "-Dspring.aot.enabled=true";

	@TempDir
	private static Path folder;

	private static ProcessedApplication processed;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void process() throws Exception {
		processed = ProcessedApplication.process(AotApplication.class, folder, ChatProcess::isClassPath,
				AotApplication.PROPERTIES);
	}

	@Test
	void applicationAnswersAndReflectsOnRegisteredTypesOnly() throws Exception {
		List<String> options = new ArrayList<>(processed.recorderOptions());
		options.add("-XX:TieredStopAtLevel=1");
		try (ChatProcess application = start("recorded.log", options)) {
			useEverything(application.address());
			assertThat(application.finish()).as(application.log()).isZero();
		}

		assertThat(processed.reflectionWithoutHints()).isEmpty();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void applicationStartsFromACache() throws Exception {
		Path cache = folder.resolve("chat.aot");
		String jars = jars();
		try (ChatProcess training = start("training.log", List.of("-XX:AOTCacheOutput=" + cache, AOT, "-cp", jars))) {
			useEverything(training.address());
			assertThat(training.finish()).as(training.log()).isZero();
		}
		// This mode refuses a cache that does not fit.
		try (ChatProcess application = start("cached.log",
				List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache, AOT, "-cp", jars))) {
			useEverything(application.address());
		}
	}

	private static ChatProcess start(String log, List<String> options) throws IOException {
		List<String> all = new ArrayList<>(options);
		all.add(ReflectionRecorder.class.getName());
		String[] args = { "--server.port=0", "--cometapi.gemini.simulator.pace=0ms",
				"--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() };
		return ChatProcess.start(folder, log, all,
				processed.recorderArgs(StringUtils.concatenateStringArrays(args, AotApplication.PROPERTIES)));
	}

	private void useEverything(URI address) throws Exception {
		URI chat = address.resolve("/api/chats/" + UUID.randomUUID());
		assertThat(post(chat, "{\"text\":\"Compare the weather in Paris and in Tokyo.\",\"features\":[\"functions\"]}"))
			.contains("event:function-result", "event:usage", "event:done");
		assertThat(post(URI.create(chat + "/table"), "{\"text\":\"List 3 planets.\"}")).contains("event:done");
		assertThat(post(chat, "{\"text\":\"Draw a sun.\",\"model\":\"gemini-3-pro-image\",\"features\":[\"image\"]}"))
			.contains("event:inline-data", "event:done");
		assertThat(post(chat, "{\"text\":\"Who won?\",\"features\":[\"search\",\"thoughts\"]}")).contains("event:done");
		assertThat(post(chat, "{\"text\":\"\"}")).contains("\"status\":400");
		assertThat(get(chat)).contains("List 3 planets.");
		assertThat(get(address.resolve("/api/models"))).contains("gemini-3.5-flash");
		assertThat(get(address.resolve("/actuator/health"))).contains("\"gemini\":{", "\"status\":\"UP\"");
		assertThat(get(address.resolve("/actuator/prometheus"))).contains("gen_ai");
		assertThat(get(address)).contains("Gemini Comet Chat");
		for (int i = 0; i < 2; i++) {
			assertThat(get(address.resolve("/api/ask?model=gemini-3.5-flash"))).contains("simulated");
		}
		assertThat(get(address.resolve("/api/ask?model=unknown"))).contains("\"status\":502",
				"\"code\":\"model-not-found\"");
		assertThat(get(address.resolve("/api/second"))).contains("simulated");
		assertThat(get(address.resolve("/actuator/gemini"))).contains("\"second\"", "\"limits\"");
	}

	private String post(URI uri, String json) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	private String get(URI uri) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri));
	}

	private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

	// A cache is only for classes in jars.
	private static String jars() {
		List<String> jars = new ArrayList<>();
		for (String entry : processed.classPath().split(File.pathSeparator)) {
			if (Files.isDirectory(Path.of(entry))) {
				Path jar = folder.resolve("classes-" + jars.size() + ".jar");
				assertThat(ProcessedApplication.runTool("jar",
						List.of("--create", "--file", jar.toString(), "-C", entry, ".")))
					.isZero();
				jars.add(jar.toString());
			}
			else if (entry.endsWith(".jar")) {
				jars.add(entry);
			}
		}
		return String.join(File.pathSeparator, jars);
	}

}
