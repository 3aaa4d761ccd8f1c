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

package com.cometapi.gemini.test.aisdk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page with {@code useChat} of the real npm packages, in Node.js without a browser. Its
 * steps are those of {@code use-chat.mjs}.
 */
final class AiSdkPage {

	private static final Path DIRECTORY = Path.of("target/ai-sdk").toAbsolutePath();

	private static final Path NODE = DIRECTORY.resolve("node_modules/.bin/node");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final List<Map<String, Object>> steps = new ArrayList<>();

	AiSdkPage step(String name) {
		return step(name, Map.of());
	}

	AiSdkPage step(String name, Map<String, ?> arguments) {
		Map<String, Object> step = new LinkedHashMap<>(arguments);
		step.put("do", name);
		this.steps.add(step);
		return this;
	}

	AiSdkPage send(String text) {
		return step("send", Map.of("text", text));
	}

	AiSdkPage awaitIdle() {
		return step("awaitIdle");
	}

	/**
	 * Run the steps.
	 * @param api the URL of the chat
	 * @return what the page has in the end
	 * @throws Exception if that is not possible
	 */
	JsonNode run(String api) throws Exception {
		Path output = Files.createTempFile(DIRECTORY, "output", ".json");
		Path errors = Files.createTempFile(DIRECTORY, "errors", ".txt");
		Process process = new ProcessBuilder(NODE.toString(), "use-chat.mjs", api,
				MAPPER.writeValueAsString(this.steps))
			.directory(DIRECTORY.toFile())
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		try {
			boolean ended = process.waitFor(90, TimeUnit.SECONDS);
			assertThat(ended).as("The page ended; errors: " + Files.readString(errors)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
			return MAPPER.readTree(Files.readString(output));
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Install the packages once, or skip the tests where that is not possible.
	 * @throws Exception if the files cannot be copied
	 */
	static void install() throws Exception {
		Files.createDirectories(DIRECTORY);
		// Several test classes may run at the same time, in processes of their own
		try (FileChannel lock = FileChannel.open(DIRECTORY.resolve("install.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			lock.lock();
			installOnce();
		}
	}

	private static void installOnce() throws IOException, InterruptedException {
		copy("package.json");
		copy("use-chat.mjs");
		if (!Files.isExecutable(NODE) || !Files.isDirectory(DIRECTORY.resolve("node_modules/ai"))) {
			Path log = DIRECTORY.resolve("npm.log");
			Assumptions.assumeTrue(npmInstall(log),
					() -> "The UI message stream is tested only where npm can install the AI SDK; see " + log);
		}
	}

	private static boolean npmInstall(Path log) throws InterruptedException {
		try {
			Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
				.directory(DIRECTORY.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			if (!npm.waitFor(5, TimeUnit.MINUTES)) {
				npm.destroyForcibly();
				return false;
			}
			return npm.exitValue() == 0;
		}
		catch (IOException ex) {
			// There is no npm
			return false;
		}
	}

	private static void copy(String name) throws IOException {
		try (InputStream file = AiSdkPage.class.getResourceAsStream("/ai-sdk/" + name)) {
			assertThat(file).isNotNull();
			Files.copy(file, DIRECTORY.resolve(name), StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
