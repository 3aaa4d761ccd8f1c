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

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * An endpoint with TLS that says "Hello", in a stream with a pause after the first event
 * that lasts until it is {@link #release() released}.
 */
final class SecureEndpoint implements AutoCloseable {

	private static final String EVENT = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"%s"}]}%s}]}

			""";

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}""";

	private final HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost")
		.addSubjectAlternativeName("127.0.0.1")
		.build();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch pause = new CountDownLatch(1);

	private final AtomicInteger requests = new AtomicInteger();

	private final HttpsServer server;

	SecureEndpoint() throws IOException {
		this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setHttpsConfigurator(new HttpsConfigurator(
				new HandshakeCertificates.Builder().heldCertificate(this.certificate).build().sslContext()));
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.requests.incrementAndGet();
		exchange.getRequestBody().readAllBytes();
		boolean stream = exchange.getRequestURI().getPath().contains(":stream");
		exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
		exchange.sendResponseHeaders(200, 0);
		try (exchange; OutputStream out = exchange.getResponseBody()) {
			write(out, stream ? EVENT.formatted("Hel", "") : RESPONSE);
			if (stream) {
				this.pause.await();
				write(out, EVENT.formatted("lo", ",\"finishReason\":\"STOP\""));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void write(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	String certificate() {
		return this.certificate.certificatePem();
	}

	int requests() {
		return this.requests.get();
	}

	/**
	 * Let the streams continue.
	 */
	void release() {
		this.pause.countDown();
	}

	@Override
	public void close() {
		release();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
