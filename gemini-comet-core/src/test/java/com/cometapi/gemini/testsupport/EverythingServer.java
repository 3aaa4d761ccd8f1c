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

package com.cometapi.gemini.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * The reference server of the MCP project in a process of its own, over streamable HTTP.
 */
public final class EverythingServer implements AutoCloseable {

	private final int port = TestRedis.freePort();

	private Process process;

	public EverythingServer() {
		start();
	}

	/**
	 * Return the script of the server, which takes {@code stdio} or
	 * {@code streamableHttp} as its argument.
	 */
	public static Path script() {
		return NodePackages.file("@modelcontextprotocol/server-everything", "2026.8.31", "dist/index.js");
	}

	public URI url() {
		return URI.create("http://127.0.0.1:%d/mcp".formatted(this.port));
	}

	public void start() {
		try {
			ProcessBuilder builder = new ProcessBuilder("node", script().toString(), "streamableHttp");
			builder.environment().put("PORT", String.valueOf(this.port));
			this.process = builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
			new Socket("127.0.0.1", this.port).close();
			return true;
		});
	}

	/**
	 * Kill the process, as with {@code kill -9}.
	 */
	public void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
