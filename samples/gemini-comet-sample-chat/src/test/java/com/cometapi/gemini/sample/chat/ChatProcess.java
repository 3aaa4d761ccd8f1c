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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.cometapi.gemini.testsupport.ForkedJvm;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A main class in a JVM of its own.
 */
final class ChatProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final Process process;

	private final Path log;

	private ChatProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Return the address of the application, once it has started.
	 */
	URI address() {
		return address(1);
	}

	/**
	 * Return the address of the application, once it has started several times.
	 * @param starts the number of starts
	 */
	URI address(int starts) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> addresses().size() >= starts || !this.process.isAlive());
		assertThat(addresses()).as(log()).hasSize(starts);
		return addresses().get(starts - 1);
	}

	private List<URI> addresses() {
		return PORT.matcher(log())
			.results()
			.map((MatchResult result) -> URI.create("http://localhost:" + result.group(1)))
			.toList();
	}

	/**
	 * Return the output of a diagnostic command of the JVM.
	 * @param command the command, such as {@code Thread.print}
	 */
	List<String> diagnose(String command) throws IOException {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				Long.toString(this.process.pid()), command)
			.redirectErrorStream(true)
			.start();
		List<String> output = jcmd.inputReader().lines().toList();
		assertThat(jcmd.onExit().join().exitValue()).as(output.toString()).isZero();
		return output;
	}

	/**
	 * End the standard input, wait for the end of the process, and return its exit code.
	 */
	int finish() throws IOException, InterruptedException {
		this.process.getOutputStream().close();
		if (!this.process.waitFor(2, TimeUnit.MINUTES)) {
			throw new AssertionError(log());
		}
		return this.process.exitValue();
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kill the process.
	 */
	@Override
	public void close() throws InterruptedException {
		this.process.toHandle().destroyForcibly();
		if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
			throw new AssertionError("The process is still there");
		}
	}

	/**
	 * Return the class path of the tests without DevTools.
	 */
	static String classPath() {
		return ForkedJvm.classPath(ChatProcess::isClassPath);
	}

	static boolean isClassPath(String entry) {
		return !entry.contains("spring-boot-devtools");
	}

	/**
	 * Start a process.
	 * @param directory its directory, with its log and its database
	 * @param log the name of its log
	 * @param options the options of the JVM with the class path, and the main class
	 * @param args the arguments of the class
	 */
	static ChatProcess start(Path directory, String log, List<String> options, String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(List.of(args));
		Path file = directory.resolve(log);
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(file.toFile());
		builder.environment().put("COMETAPI_KEY", "");
		return new ChatProcess(builder.start(), file);
	}

}
