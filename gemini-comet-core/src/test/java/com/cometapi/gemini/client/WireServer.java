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

package com.cometapi.gemini.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

/**
 * A server whose bytes are written by the test, and which notices that the client closes
 * a connection.
 */
final class WireServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Script script;

	private final boolean raw;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final CountDownLatch eventSeen = new CountDownLatch(1);

	private final CountDownLatch clientGone = new CountDownLatch(1);

	private WireServer(ServerSocket serverSocket, Script script, boolean raw) {
		this.serverSocket = serverSocket;
		this.script = script;
		this.raw = raw;
	}

	static WireServer start(Script script) {
		return start(ServerSocketFactory.getDefault(), script, false);
	}

	/**
	 * Start a server whose script is run once for each connection, before anything is
	 * read.
	 */
	static WireServer startRaw(Script script) {
		return start(ServerSocketFactory.getDefault(), script, true);
	}

	/**
	 * Start a raw server whose sockets are those of a factory.
	 */
	static WireServer startRaw(ServerSocketFactory sockets, Script script) {
		return start(sockets, script, true);
	}

	private static WireServer start(ServerSocketFactory sockets, Script script, boolean raw) {
		try {
			WireServer server = new WireServer(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
					script, raw);
			daemon(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.serverSocket.getLocalPort());
	}

	Request takeRequest() throws InterruptedException {
		return this.requests.poll(30, TimeUnit.SECONDS);
	}

	boolean hasRequest() {
		return !this.requests.isEmpty();
	}

	int connectionCount() {
		return this.sockets.size();
	}

	/**
	 * Tell {@link #awaitEvents()} that the client has read an event.
	 */
	void eventSeen() {
		this.eventSeen.countDown();
	}

	void awaitEvents() {
		try {
			this.eventSeen.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait until the client has closed a connection, and return whether it did so in
	 * time.
	 */
	boolean awaitClientGone(long millis) throws InterruptedException {
		return this.clientGone.await(millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() throws IOException {
		this.serverSocket.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Socket socket = this.serverSocket.accept();
				socket.setTcpNoDelay(true);
				this.sockets.add(socket);
				daemon((this.raw) ? () -> this.script.run(new Connection(socket)) : () -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try {
			InputStream in = socket.getInputStream();
			Request request = readRequest(in);
			while (request != null) {
				this.requests.add(request);
				Connection connection = new Connection(socket);
				daemon(() -> this.script.run(connection));
				request = readRequest(in);
			}
		}
		catch (IOException ex) {
			// The client has reset the connection.
		}
		this.clientGone.countDown();
	}

	private Request readRequest(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int b = in.read();
			if (b < 0) {
				return null;
			}
			head.write(b);
		}
		String text = head.toString(StandardCharsets.ISO_8859_1);
		int length = text.toLowerCase()
			.lines()
			.filter((line) -> line.startsWith("content-length:"))
			.mapToInt((line) -> Integer.parseInt(line.substring(15).trim()))
			.findFirst()
			.orElse(0);
		return new Request(text, new String(in.readNBytes(length), StandardCharsets.UTF_8));
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "wire-server");
		thread.setDaemon(true);
		thread.start();
	}

	record Request(String head, String body) {
	}

	@FunctionalInterface
	interface Script {

		void run(Connection connection);

	}

	/**
	 * One exchange: the response as the test writes it.
	 */
	record Connection(Socket socket) {

		Connection head(String status, String... headers) {
			return write("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers)
					+ ((headers.length > 0) ? "\r\n\r\n" : "\r\n"));
		}

		Connection eventStream() {
			return head("200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
		}

		Connection respond(String status, String contentType, byte[] body) {
			return head(status, "Content-Type: " + contentType, "Content-Length: " + body.length).write(body);
		}

		Connection chunk(String text) {
			return chunk(text.getBytes(StandardCharsets.UTF_8));
		}

		Connection chunk(byte[] bytes) {
			return chunks(bytes, Math.max(bytes.length, 1));
		}

		/**
		 * Write the bytes in chunks of a size, all of them in one write.
		 */
		Connection chunks(byte[] bytes, int size) {
			ByteArrayOutputStream chunks = new ByteArrayOutputStream();
			for (int i = 0; i < bytes.length; i += size) {
				int count = Math.min(size, bytes.length - i);
				chunks.writeBytes((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
				chunks.write(bytes, i, count);
				chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			return write(chunks.toByteArray());
		}

		void end() {
			write("0\r\n\r\n");
		}

		/**
		 * Write the last chunk and the end at once, so that no time passes between them.
		 */
		void end(String text) {
			write(Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n0\r\n\r\n");
		}

		Connection write(String text) {
			return write(text.getBytes(StandardCharsets.UTF_8));
		}

		Connection write(byte[] bytes) {
			try {
				OutputStream out = this.socket.getOutputStream();
				out.write(bytes);
				out.flush();
				return this;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		Connection read(int count) {
			try {
				this.socket.getInputStream().readNBytes(count);
				return this;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		void endOutput() {
			try {
				this.socket.shutdownOutput();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		void cut() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		void reset() {
			try {
				this.socket.setSoLinger(true, 0);
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
