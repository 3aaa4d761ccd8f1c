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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.cometapi.gemini.testsupport.ForkedJvm;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * A web application in a JVM of its own.
 */
final class ForkedApplication implements AutoCloseable {

	private final Process process;

	private final Path portFile;

	private final Path log;

	private ForkedApplication(Process process, Path portFile, Path log) {
		this.process = process;
		this.portFile = portFile;
		this.log = log;
	}

	int port() {
		return Integer.parseInt(read(this.portFile));
	}

	/**
	 * Return the number of threads.
	 */
	int threads() {
		return Integer.parseInt(get("/threads"));
	}

	/**
	 * Return the number of bytes of heap in use after a garbage collection.
	 */
	long usedHeap() {
		return Long.parseLong(get("/heap"));
	}

	String log() {
		return read(this.log);
	}

	private String get(String path) {
		try (InputStream in = URI.create("http://localhost:" + port() + path).toURL().openStream()) {
			return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(log(), ex);
		}
	}

	private boolean isStarted() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException(log());
		}
		return Files.exists(this.portFile) && !read(this.portFile).isEmpty();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	static ForkedApplication start(Path folder, List<String> memory, String... properties) throws IOException {
		return start(BrowserApplication.class, folder, memory, properties);
	}

	/**
	 * Start an application, whose main method calls {@link #run}, and wait until it has
	 * started.
	 */
	static ForkedApplication start(Class<?> type, Path folder, List<String> memory, String... properties)
			throws IOException {
		Path portFile = folder.resolve("port");
		Path log = folder.resolve("log");
		List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
		options.addAll(memory);
		Stream<String> args = Arrays.stream(properties).map((property) -> "--" + property);
		Process process = ForkedJvm.start(type, log, (entry) -> true, options,
				Stream.concat(Stream.of(portFile.toString()), args).toArray(String[]::new));
		ForkedApplication application = new ForkedApplication(process, portFile, log);
		try {
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(application::isStarted);
			return application;
		}
		catch (RuntimeException ex) {
			application.close();
			throw ex;
		}
	}

	/**
	 * Run an application.
	 * @param type the application
	 * @param args the arguments of its main method: the file for the port and the
	 * properties
	 */
	static void run(Class<?> type, String[] args) throws IOException {
		WebServerApplicationContext context = (WebServerApplicationContext) SpringApplication.run(type,
				Arrays.copyOfRange(args, 1, args.length));
		Files.writeString(Path.of(args[0]), String.valueOf(context.getWebServer().getPort()));
	}

}
