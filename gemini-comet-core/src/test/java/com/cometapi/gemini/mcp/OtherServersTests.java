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

package com.cometapi.gemini.mcp;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.testsupport.EverythingServer;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.NodePackages;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with MCP servers of other projects in processes of their own.
 */
@Tag("slow")
class OtherServersTests {

	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	@AutoClose
	private final GeminiServer model = new GeminiServer();

	private final GeminiTemplate gemini = this.model.template();

	private Map<String, Object> call(GeminiMcpServer server, String tool, String args) {
		this.model.answerParts("{\"functionCall\": {\"name\": \"%s\", \"args\": %s}}".formatted(tool, args))
			.answerText("Done");
		this.gemini.prompt("Go").functionsFrom(server).text();
		GenerateContentRequest request = this.model.lastRequest();
		return request.contents().get(request.contents().size() - 1).parts().get(0).functionResponse().response();
	}

	@Test
	void toolOfAServerOfTheJavaSdkIsCalled() {
		try (GeminiMcpServer server = GeminiMcpServer.create(GeminiMcpServerSettings
			.stdio("sdk", JAVA, "-cp", System.getProperty("java.class.path"), SdkServer.class.getName())
			.connectTimeout(Duration.ofSeconds(60))
			.build())) {
			assertThat(call(server, "sdk_upper", "{\"text\": \"été\"}")).isEqualTo(Map.of("output", "ÉTÉ"));
		}
	}

	@Test
	void toolsOfTheFilesystemServerAreCalled(@TempDir Path folder) throws Exception {
		Path script = NodePackages.file("@modelcontextprotocol/server-filesystem", "2026.8.31", "dist/index.js");
		Path root = folder.toRealPath();
		try (GeminiMcpServer server = GeminiMcpServer
			.create(GeminiMcpServerSettings.stdio("files", "node", script.toString(), root.toString()).build())) {
			call(server, "files_write_file",
					"{\"path\": \"%s\", \"content\": \"Hello\\nfiles\"}".formatted(root.resolve("hello.txt")));
			assertThat(Files.readString(root.resolve("hello.txt"))).isEqualTo("Hello\nfiles");
			assertThat(call(server, "files_read_text_file", "{\"path\": \"%s\"}".formatted(root.resolve("hello.txt")))
				.toString()).contains("Hello\nfiles");
			assertThat(call(server, "files_read_text_file", "{\"path\": \"/etc/passwd\"}").get("error")).asString()
				.contains("Access denied");
		}
	}

	@Test
	void processEndsWhenItsApplicationIsKilled() throws Exception {
		Process application = new ProcessBuilder(JAVA, "-cp", System.getProperty("java.class.path"),
				KilledApplication.class.getName(), EverythingServer.script().toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8))) {
			String line = output.readLine();
			while (line != null && !line.startsWith("PID ")) {
				line = output.readLine();
			}
			assertThat(line).isNotNull();
			ProcessHandle server = ProcessHandle.of(Long.parseLong(line.substring("PID ".length()))).orElseThrow();
			assertThat(server.isAlive()).isTrue();

			application.destroyForcibly();

			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
		}
		finally {
			application.destroyForcibly();
		}
	}

}
