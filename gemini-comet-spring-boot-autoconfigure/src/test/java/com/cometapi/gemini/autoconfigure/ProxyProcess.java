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

package com.cometapi.gemini.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.cometapi.gemini.testsupport.TestRedis;
import org.assertj.core.api.Assumptions;
import org.awaitility.Awaitility;

/**
 * A real proxy in a process of its own, which asks for credentials.
 */
final class ProxyProcess implements AutoCloseable {

	static final String USERNAME = "ada";

	static final String PASSWORD = "pass-Q7v";

	private final List<String> command;

	private final int port;

	private final Path log;

	private Process process;

	private ProxyProcess(List<String> command, int port, Path log) throws IOException {
		this.command = command;
		this.port = port;
		this.log = log;
		this.process = start();
	}

	/**
	 * Start Tinyproxy, an HTTP proxy.
	 * @param folder the folder for its files
	 */
	static ProxyProcess tinyproxy(Path folder) throws IOException {
		String program = find("tinyproxy");
		int port = TestRedis.freePort();
		Path configuration = folder.resolve("tinyproxy.conf");
		Files.writeString(configuration, """
				Listen 127.0.0.1
				Port %d
				BasicAuth %s %s
				LogLevel Connect
				""".formatted(port, USERNAME, PASSWORD));
		return new ProxyProcess(List.of(program, "-d", "-c", configuration.toString()), port, folder.resolve("log"));
	}

	/**
	 * Start MicroSocks, a SOCKS5 proxy.
	 * @param folder the folder for its files
	 */
	static ProxyProcess microsocks(Path folder) throws IOException {
		String program = find("microsocks");
		int port = TestRedis.freePort();
		return new ProxyProcess(
				List.of(program, "-i", "127.0.0.1", "-p", Integer.toString(port), "-u", USERNAME, "-P", PASSWORD), port,
				folder.resolve("log"));
	}

	private static String find(String program) {
		String file = Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst()
			.orElse("");
		Assumptions.assumeThat(file).as("%s is not installed", program).isNotEmpty();
		return file;
	}

	private Process start() throws IOException {
		Process started = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isListening(started));
			return started;
		}
		catch (RuntimeException ex) {
			started.destroyForcibly();
			throw ex;
		}
	}

	private boolean isListening(Process started) {
		if (!started.isAlive()) {
			throw new IllegalStateException(log());
		}
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
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
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Start the process again.
	 */
	void restart() throws IOException {
		this.process = start();
	}

	@Override
	public void close() {
		kill();
	}

}
