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

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of Node.js with React and the AI SDK, which runs one page after the other.
 */
final class AiSdkBrowser implements AutoCloseable {

	private static final Path DIRECTORY = Path.of("target/ai-sdk").toAbsolutePath();

	private static final Path NODE = DIRECTORY.resolve("node_modules/.bin/node");

	private final Path errors;

	private final Process process;

	private final BufferedWriter input;

	private final BufferedReader output;

	private AiSdkBrowser() throws IOException {
		this.errors = Files.createTempFile(DIRECTORY, "errors", ".txt");
		this.process = new ProcessBuilder(NODE.toString(), "use-chat.mjs").directory(DIRECTORY.toFile())
			.redirectError(this.errors.toFile())
			.start();
		this.input = this.process.outputWriter();
		this.output = this.process.inputReader();
	}

	/**
	 * Run the steps of a page.
	 * @param page the page
	 * @param api the URL of the chat
	 * @return the state of the page after its last step
	 * @throws Exception if the page does not finish its steps
	 */
	JsonNode run(AiSdkPage page, String api) throws Exception {
		this.input.write(page.toJson(api) + "\n");
		this.input.flush();
		try {
			String line = CompletableFuture.supplyAsync(this::readLine).get(60, TimeUnit.SECONDS);
			return JsonMapper.shared().readTree(line);
		}
		catch (Exception ex) {
			throw new AssertionError("The page did not finish its steps: " + Files.readString(this.errors), ex);
		}
	}

	private String readLine() {
		try {
			String line = this.output.readLine();
			assertThat(line).as("Node.js is running").isNotNull();
			return line;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * Start a browser, or skip the tests where the packages cannot be installed.
	 * @return the browser
	 * @throws Exception if it cannot be started
	 */
	static AiSdkBrowser start() throws Exception {
		Files.createDirectories(DIRECTORY);
		// Several test classes may run at the same time, in processes of their own
		try (FileChannel lock = FileChannel.open(DIRECTORY.resolve("install.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			lock.lock();
			install();
		}
		return new AiSdkBrowser();
	}

	private static void install() throws IOException, InterruptedException {
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

	// Node.js of another process may be reading a file that is there already
	private static void copy(String name) throws IOException {
		Path target = DIRECTORY.resolve(name);
		try (InputStream file = AiSdkBrowser.class.getResourceAsStream("/ai-sdk/" + name)) {
			assertThat(file).isNotNull();
			byte[] content = file.readAllBytes();
			if (!Files.exists(target) || !Arrays.equals(content, Files.readAllBytes(target))) {
				Files.write(target, content);
			}
		}
	}

}
