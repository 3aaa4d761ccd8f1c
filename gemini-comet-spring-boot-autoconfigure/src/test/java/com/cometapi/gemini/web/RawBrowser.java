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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A browser that returns the raw bytes of the socket when they arrive.
 */
final class RawBrowser implements Closeable {

	private final Socket socket;

	private final InputStream input;

	private final String statusLine;

	private final Map<String, String> headers = new TreeMap<>();

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private int position;

	private RawBrowser(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
		this.statusLine = readLine();
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			this.headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
		}
	}

	String statusLine() {
		return this.statusLine;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Wait for the next event or comment and return it without its blank line.
	 */
	String next() throws IOException {
		for (;;) {
			String text = this.body.toString(StandardCharsets.UTF_8);
			int end = text.indexOf("\n\n", this.position);
			if (end >= 0) {
				String event = text.substring(this.position, end);
				this.position = end + 2;
				return event;
			}
			if (!readChunk()) {
				throw new EOFException("The stream ended with: " + text.substring(this.position));
			}
		}
	}

	/**
	 * Wait for the next event and return it, after any number of comments.
	 */
	String nextEvent() throws IOException {
		String next = next();
		while (next.startsWith(":")) {
			next = next();
		}
		return next;
	}

	/**
	 * Wait for the end of the stream and return all of it.
	 */
	String document() throws IOException {
		while (readChunk()) {
			this.position = 0;
		}
		return this.body.toString(StandardCharsets.UTF_8);
	}

	private boolean readChunk() throws IOException {
		int length = Integer.parseInt(readLine(), 16);
		this.body.write(this.input.readNBytes(length));
		readLine();
		return length > 0;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int character = this.input.read(); character != '\n'; character = this.input.read()) {
			if (character == -1) {
				throw new EOFException("The connection was closed");
			}
			line.append((char) character);
		}
		return line.toString().stripTrailing();
	}

	/**
	 * Close the connection as a killed process does: bytes that still arrive are answered
	 * with a reset.
	 */
	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	static RawBrowser open(int port, String path) throws IOException {
		return new RawBrowser(connect(port, path, 65536));
	}

	static RawBrowser open(int port, String path, String lastEventId) throws IOException {
		return new RawBrowser(connect(port, path, 65536, "Last-Event-ID: " + lastEventId + "\r\n"));
	}

	/**
	 * Send a request, and never read the response.
	 */
	static Socket connect(int port, String path, int receiveBufferSize) throws IOException {
		return connect(port, path, receiveBufferSize, "");
	}

	private static Socket connect(int port, String path, int receiveBufferSize, String headers) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(receiveBufferSize);
		socket.setSoTimeout(30_000);
		socket.connect(new InetSocketAddress("localhost", port));
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + headers
				+ "\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

}
