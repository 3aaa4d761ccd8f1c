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

package com.cometapi.gemini;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy of a server that closes the connection instead of forwarding the reply to a
 * command.
 */
public final class LostReplies implements AutoCloseable {

	private final ServerSocket socket;

	private final int target;

	private final String command;

	private final AtomicInteger toLose = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private final AtomicInteger commands = new AtomicInteger();

	private volatile int loseEvery = Integer.MAX_VALUE;

	public LostReplies(int target, String command) {
		this.target = target;
		this.command = command;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Lose the replies to the next commands.
	 * @param replies the number of replies to lose
	 */
	public void lose(int replies) {
		this.toLose.set(replies);
	}

	/**
	 * Lose the reply to every n-th command.
	 * @param commands the number of commands for each lost reply
	 */
	public void loseEvery(int commands) {
		this.loseEvery = commands;
	}

	private boolean isNextLost() {
		return this.toLose.getAndUpdate((count) -> Math.max(count - 1, 0)) > 0
				|| this.commands.incrementAndGet() % this.loseEvery == 0;
	}

	public int lost() {
		return this.lost.get();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.socket.accept();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			Connection connection = new Connection(client, server);
			start(connection::toServer);
			start(connection::toClient);
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One side has closed the connection.
			}
		}, "lost-replies");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * The work of a thread, which ends when a connection is closed.
	 */
	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

	/**
	 * Both halves of a connection.
	 */
	private final class Connection {

		private final Socket client;

		private final Socket server;

		private volatile boolean losing;

		Connection(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void toServer() throws IOException {
			byte[] buffer = new byte[65536];
			try (this.client; this.server) {
				for (int length = 0; length >= 0; length = this.client.getInputStream().read(buffer)) {
					if (new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(LostReplies.this.command)
							&& isNextLost()) {
						this.losing = true;
					}
					this.server.getOutputStream().write(buffer, 0, length);
				}
			}
		}

		void toClient() throws IOException {
			byte[] buffer = new byte[65536];
			try (this.client; this.server) {
				for (int length = 0; length >= 0; length = this.server.getInputStream().read(buffer)) {
					if (this.losing && length > 0) {
						LostReplies.this.lost.incrementAndGet();
						return;
					}
					this.client.getOutputStream().write(buffer, 0, length);
				}
			}
		}

	}

}
