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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import com.cometapi.gemini.error.Redactor;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Transport over the standard input and output of a process. Starts it, and ends it with
 * all that it has started. Has threads of its own, so that a process that hangs blocks no
 * other thread.
 */
final class StdioTransport extends SessionTransport {

	private static final Log logger = LogFactory.getLog(StdioTransport.class);

	private static final int MAX_WAITING = 1000;

	private static final int MAX_STRAY_LINES = 1000;

	private final GeminiMcpServerSettings settings;

	private final ErrorOutput errors;

	private final BlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>(MAX_WAITING);

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable ServerProcess process;

	private volatile @Nullable Thread closer;

	private volatile @Nullable Thread writer;

	StdioTransport(GeminiMcpServerSettings settings) {
		this.settings = settings;
		this.errors = new ErrorOutput(settings.name(), new Redactor(settings.env().values()));
	}

	@Override
	void start() {
		thread("in", this::run).start();
	}

	@Override
	boolean answersAfterLoss() {
		return false;
	}

	@Override
	boolean receivesAnnouncements() {
		return true;
	}

	private Thread thread(String kind, Runnable work) {
		// Inherits no thread locals of whoever happened to need the server.
		Thread thread = new Thread(null, work, "gemini-mcp-%s-%s".formatted(this.settings.name(), kind), 0, false);
		thread.setDaemon(true);
		return thread;
	}

	private void run() {
		ServerProcess started;
		try {
			started = ServerProcess.start(this.settings);
		}
		catch (IOException | RuntimeException ex) {
			// Without the cause, whose message contains the arguments, often secrets.
			lose(new LostConnectionException("'%s' cannot be started%s".formatted(this.settings.command(), startHint()),
					false, null));
			return;
		}
		this.process = started;
		if (this.closed.get()) {
			started.end();
			return;
		}
		Thread errorReader = thread("err", () -> this.errors.drain(started.process().getErrorStream()));
		errorReader.start();
		Thread writer = thread("out", () -> write(started.process().getOutputStream()));
		this.writer = writer;
		writer.start();
		// A concurrent close may not have seen the thread.
		if (this.closed.get()) {
			writer.interrupt();
		}
		String reason = read(started);
		join(errorReader, Duration.ofSeconds(1));
		lose(new LostConnectionException(reason + this.errors.describeLastLine(), true, null));
		endProcess();
	}

	private String startHint() {
		Path directory = this.settings.directory();
		if (directory != null && !Files.isDirectory(directory)) {
			return ": the directory '%s' does not exist".formatted(directory);
		}
		String command = String.valueOf(this.settings.command());
		// Windows completes a name by '.exe' only.
		return " (is it installed, and on the path?%s)"
			.formatted(command.matches("[^./]+") ? " On Windows, a script is '%s.cmd'".formatted(command) : "");
	}

	private String read(ServerProcess started) {
		LineReader reader = new LineReader(started.process().getInputStream(), this.settings.maxMessageSize());
		int strayLines = 0;
		boolean warned = false;
		try {
			String line = reader.readLine();
			while (line != null) {
				if (reader.isTruncated()) {
					return "it sent a message of more than %d bytes ('max-message-size')"
						.formatted(this.settings.maxMessageSize());
				}
				List<JSONRPCMessage> messages = read(line);
				messages.forEach(this::receive);
				if (!messages.isEmpty()) {
					strayLines = 0;
				}
				else if (!line.isBlank()) {
					strayLines++;
					if (!warned) {
						warned = true;
						logger.warn(("The MCP server '%s' writes lines to its standard output that are not messages; "
								+ "they are skipped")
							.formatted(this.settings.name()));
					}
					if (strayLines > MAX_STRAY_LINES) {
						return "it wrote more than %d lines in a row to its standard output that are not messages"
							.formatted(MAX_STRAY_LINES);
					}
				}
				line = reader.readLine();
			}
		}
		catch (IOException ex) {
			logger.debug("Could not read the output of the MCP server '%s'".formatted(this.settings.name()), ex);
		}
		return started.describeEnd();
	}

	private void write(OutputStream input) {
		try {
			while (true) {
				this.outgoing.take().write(input);
			}
		}
		catch (InterruptedException ex) {
			// The transport was closed.
		}
		this.outgoing.forEach(this::refuse);
	}

	@Override
	public Mono<Void> sendMessage(JSONRPCMessage message) {
		return Mono.deferContextual((context) -> Mono.create((sink) -> {
			SentRequest request = context.getOrDefault(SentRequest.class, null);
			register(message, request);
			Outgoing outgoing = new Outgoing(message, request, sink);
			if (!this.outgoing.offer(outgoing)) {
				outgoing.fail(notSent(null));
			}
			// The writer may have ended already.
			else if (lossReason() != null || this.closed.get()) {
				refuse(outgoing);
			}
		}));
	}

	private void refuse(Outgoing outgoing) {
		if (this.outgoing.remove(outgoing)) {
			outgoing.fail(notSent(null));
		}
	}

	private LostConnectionException notSent(@Nullable Throwable cause) {
		LostConnectionException reason = lossReason();
		return new LostConnectionException(
				(reason != null) ? String.valueOf(reason.getMessage()) : "the process does not read its standard input",
				false, cause);
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.fromRunnable(this::endProcess);
	}

	/**
	 * Begin to end the process.
	 * @return the thread that ends it, or {@code null} if there is nothing to end
	 */
	@Nullable Thread endProcess() {
		if (this.closed.compareAndSet(false, true)) {
			lose(new LostConnectionException("the connection was closed", true, null));
			Thread thread = thread("close", this::end);
			this.closer = thread;
			thread.start();
		}
		return this.closer;
	}

	private void end() {
		Thread writer = this.writer;
		if (writer != null) {
			writer.interrupt();
		}
		ServerProcess started = this.process;
		if (started != null) {
			started.end();
		}
	}

	/**
	 * Wait for the end of a thread.
	 * @param thread the thread
	 * @param timeout the longest wait
	 */
	static void join(Thread thread, Duration timeout) {
		try {
			thread.join(timeout.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A message that waits to be written.
	 */
	private final class Outgoing {

		private final JSONRPCMessage message;

		private final @Nullable SentRequest request;

		private final MonoSink<Void> sink;

		Outgoing(JSONRPCMessage message, @Nullable SentRequest request, MonoSink<Void> sink) {
			this.message = message;
			this.request = request;
			this.sink = sink;
		}

		void write(OutputStream input) {
			try {
				byte[] line = (JSON.writeValueAsString(this.message) + "\n").getBytes(StandardCharsets.UTF_8);
				if (this.request != null) {
					this.request.sent(true);
				}
				input.write(line);
				input.flush();
				this.sink.success();
			}
			catch (IOException ex) {
				// Without its end of line, no server has read the message.
				if (this.request != null) {
					this.request.sent(false);
				}
				fail(notSent(ex));
			}
		}

		void fail(LostConnectionException failure) {
			this.sink.error(failure);
		}

	}

}
