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

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that speaks HTTP CONNECT and SOCKS5, asks for credentials, and connects to the
 * same server whatever the host.
 */
final class ProxyServer implements Closeable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final List<String> targets = new CopyOnWriteArrayList<>();

	private final String username;

	private final String password;

	private final int port;

	/**
	 * Start the proxy.
	 * @param username the expected user
	 * @param password the expected password
	 * @param port the port of the server to connect to
	 */
	ProxyServer(String username, String password, int port) throws IOException {
		this.username = username;
		this.password = password;
		this.port = port;
		run(() -> {
			while (!this.server.isClosed()) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				run(() -> serve(client));
			}
		});
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Return the hosts and ports that were asked for, as the client named them.
	 */
	List<String> targets() {
		return this.targets;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private void serve(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		int first = in.read();
		if ((first == 5) ? acceptSocks(in, client.getOutputStream()) : acceptConnect(in, client.getOutputStream())) {
			Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.port);
			this.sockets.add(upstream);
			run(() -> copy(upstream, client));
			copy(client, upstream);
		}
		else {
			client.close();
		}
	}

	private boolean acceptConnect(InputStream in, OutputStream out) throws IOException {
		StringBuilder head = new StringBuilder("C");
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
		String credentials = Base64.getEncoder()
			.encodeToString((this.username + ":" + this.password).getBytes(StandardCharsets.UTF_8));
		boolean accepted = head.toString().toLowerCase().contains("\r\nproxy-authorization: basic ")
				&& head.indexOf("asic " + credentials + "\r\n") > 0;
		if (accepted) {
			this.targets.add(head.substring("CONNECT ".length(), head.indexOf(" HTTP/")));
		}
		String status = accepted ? "200 Connection established" : "407 Proxy Authentication Required";
		out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return accepted;
	}

	// RFC 1928 and RFC 1929
	private boolean acceptSocks(DataInputStream in, OutputStream out) throws IOException {
		in.readNBytes(in.read());
		out.write(new byte[] { 5, 2 });
		in.read();
		String credentials = readText(in) + ":" + readText(in);
		boolean accepted = credentials.equals(this.username + ":" + this.password);
		out.write(new byte[] { 1, (byte) (accepted ? 0 : 1) });
		if (accepted) {
			byte[] request = in.readNBytes(4);
			String host = (request[3] == 3) ? readText(in)
					: InetAddress.getByAddress(in.readNBytes((request[3] == 1) ? 4 : 16)).getHostAddress();
			this.targets.add(host + ":" + in.readUnsignedShort());
			out.write(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });
		}
		return accepted;
	}

	private static String readText(InputStream in) throws IOException {
		return new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
	}

	private static void copy(Socket from, Socket to) throws IOException {
		from.getInputStream().transferTo(to.getOutputStream());
		to.shutdownOutput();
	}

	private static void run(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// Closed by one of the sides
			}
		}, "test-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Work {

		void run() throws IOException;

	}

}
