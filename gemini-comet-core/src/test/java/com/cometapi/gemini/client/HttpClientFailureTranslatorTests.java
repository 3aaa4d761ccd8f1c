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

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ProxyProvider;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link HttpClientFailureTranslator} with real sockets.
 */
@Timeout(30)
class HttpClientFailureTranslatorTests {

	private final List<ServerSocket> servers = new ArrayList<>();

	private final CountDownLatch finished = new CountDownLatch(1);

	@AfterEach
	void closeServers() throws IOException {
		this.finished.countDown();
		for (ServerSocket server : this.servers) {
			server.close();
		}
	}

	@Test
	void refusedConnectionIsTransient() throws IOException {
		int port = server((socket) -> {
		});
		closeServers();

		GeminiException exception = call(HttpClient.create(), "http://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("Connection refused")
			.hasMessageContaining("generateContent of model 'gemini-3.5-flash'");
		assertThat(exception.isTransient()).isTrue();
		assertThat(exception.getError()).isEqualTo(GeminiError.NONE);
	}

	@Test
	void unknownHostIsNotTransient() {
		GeminiException exception = call(HttpClient.create().resolver(DefaultAddressResolverGroup.INSTANCE),
				"http://nonexistent.invalid");

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("nonexistent.invalid");
		assertThat(exception.isTransient()).isFalse();
	}

	@Test
	void secureConnectionToAPlainPortIsNotTransient() {
		int port = server((socket) -> respond(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));

		GeminiException exception = call(HttpClient.create(), "https://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("the TLS handshake failed");
		assertThat(exception.isTransient()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void refusalOfTheProxyNamesItsStatus(String scheme) {
		int port = server(
				(socket) -> respond(socket, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"));

		GeminiException exception = call(proxied("localhost", port), scheme + "://gateway.example.com");

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("cannot connect through the proxy")
			.hasMessageContaining("407 Proxy Authentication Required")
			.cause()
			.matches(UnsentRequests::isUnsent);
		assertThat(exception.isTransient()).isFalse();
	}

	@Test
	void unknownHostOfTheProxyIsNotTransient() {
		GeminiException exception = call(proxied("nonexistent.invalid", 8080), "https://gateway.example.com");

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("unknown host of the proxy ('cometapi.gemini.proxy.host')")
			.cause()
			.matches(UnsentRequests::isUnsent);
		assertThat(exception.isTransient()).isFalse();
	}

	@Test
	void handshakeThatIsCutIsTransient() {
		int port = server((socket) -> socket.getInputStream().read(new byte[16]));

		GeminiException exception = call(HttpClient.create(), "https://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class);
		assertThat(exception.isTransient()).isTrue();
	}

	@Test
	void resetIsTransient() {
		int port = server((socket) -> {
			socket.getInputStream().read(new byte[16]);
			socket.setSoLinger(true, 0);
		});

		GeminiException exception = call(HttpClient.create(), "http://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("the connection broke");
		assertThat(exception.isTransient()).isTrue();
	}

	@Test
	void closeBeforeTheResponseIsTransient() {
		int port = server((socket) -> socket.getInputStream().read(new byte[16 * 1024]));

		GeminiException exception = call(HttpClient.create(), "http://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("BEFORE response");
		assertThat(exception.isTransient()).isTrue();
	}

	@Test
	void closeInTheMiddleOfTheResponseIsTransient() {
		int port = server((socket) -> respond(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"));

		GeminiException exception = call(HttpClient.create(), "http://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("DURING response");
		assertThat(exception.isTransient()).isTrue();
	}

	@Test
	void connectionThatDoesNotComeIsATimeout() throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.servers.add(server);
		List<Socket> waiting = new ArrayList<>();
		try {
			// These fill the queue of the server, so that the next connection has to
			// wait.
			for (int i = 0; i < 4; i++) {
				Socket socket = new Socket();
				waiting.add(socket);
				catchThrowable(() -> socket.connect(server.getLocalSocketAddress(), 200));
			}
			HttpClient client = HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 200);

			GeminiException exception = call(client, "http://127.0.0.1:" + server.getLocalPort());

			assertThat(exception).isInstanceOfSatisfying(GeminiTimeoutException.class, (timeout) -> {
				assertThat(timeout.getLimit()).isEqualTo(GeminiTimeLimit.CONNECT);
				assertThat(timeout.getTimeout()).hasSeconds(10);
				assertThat(timeout).hasMessageContaining("cometapi.gemini.connect-timeout");
			});
			assertThat(exception.isTransient()).isTrue();
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	@Test
	void exhaustedPoolIsTransient() {
		int port = server((socket) -> this.finished.await());
		ConnectionProvider waiting = ConnectionProvider.builder("waiting")
			.maxConnections(1)
			.pendingAcquireTimeout(Duration.ofMillis(100))
			.build();
		ConnectionProvider full = ConnectionProvider.builder("full")
			.maxConnections(1)
			.pendingAcquireMaxCount(1)
			.build();
		for (ConnectionProvider pool : List.of(waiting, full)) {
			AtomicInteger connections = new AtomicInteger();
			HttpClient client = HttpClient.create(pool).doOnConnected((connection) -> connections.incrementAndGet());
			String url = "http://localhost:" + port;
			Mono<String> call = client(client).get().uri(url).retrieve().bodyToMono(String.class).onErrorComplete();
			call.subscribe();
			// A call that has no connection yet counts as a waiting one.
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections.get() == 1);
			call.subscribe();

			GeminiException exception = call(client, url);

			assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
				.hasMessageContaining("no free connection in the pool")
				.hasMessageContaining((pool == full) ? "cometapi.gemini.pool.pending-acquire-max-count"
						: "cometapi.gemini.pool.pending-acquire-timeout");
			assertThat(exception.isTransient()).isTrue();
			pool.dispose();
		}
	}

	@Test
	void limitOfTheHttpClientIsTransient() {
		int port = server((socket) -> this.finished.await());

		GeminiException exception = call(HttpClient.create().responseTimeout(Duration.ofMillis(100)),
				"http://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("the HTTP client timed out");
		assertThat(exception.isTransient()).isTrue();
	}

	@Test
	void responseThatIsNotHttpIsAProtocolException() {
		int port = server((socket) -> respond(socket, "220 mail.example.com ESMTP\r\n\r\n"));

		assertThat(call(HttpClient.create(), "http://localhost:" + port))
			.isExactlyInstanceOf(GeminiProtocolException.class);
	}

	@Test
	void brokenCompressionIsAProtocolException() {
		int port = server((socket) -> respond(socket,
				"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnot gzipped!"));

		assertThat(call(HttpClient.create().compress(true), "http://localhost:" + port))
			.isExactlyInstanceOf(GeminiProtocolException.class);
	}

	@Test
	void responseBeyondTheCodecIsAProtocolException() {
		int port = server(
				(socket) -> respond(socket, "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000)));

		assertThat(call(HttpClient.create(), "http://localhost:" + port))
			.isExactlyInstanceOf(GeminiProtocolException.class);
	}

	@Test
	void decodedErrorIsTranslated() {
		int port = server((socket) -> respond(socket, "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 4\r\n"
				+ "Content-Length: 24\r\n\r\n{\"error\":\"no\"}          "));

		GeminiException exception = call(HttpClient.create(), "http://localhost:" + port);

		assertThat(exception).isExactlyInstanceOf(GeminiRateLimitException.class);
		assertThat(exception.getError().retryAfter()).hasSeconds(4);
	}

	@Test
	void requestWithItsHeadersIsNotACause() {
		int port = server((socket) -> {
		});
		Throwable failure = failure(HttpClient.create(), "http://localhost:" + port);

		assertThat(failure).isInstanceOf(WebClientRequestException.class);
		assertThat(((WebClientRequestException) failure).getHeaders().getFirst("x-goog-api-key")).isEqualTo(Errors.KEY);
		for (Throwable cause = translate(failure); cause != null; cause = cause.getCause()) {
			assertThat(cause).isNotInstanceOf(WebClientRequestException.class);
		}
	}

	@Test
	void ourOwnExceptionsAreNotTranslated() {
		GeminiException own = Errors.translate(429, "");

		assertThat(translate(own)).isSameAs(own);
		assertThat(translate(new CompletionException(own))).isSameAs(own);
		assertThat(translate(
				new WebClientRequestException(own, HttpMethod.GET, URI.create("http://h"), new HttpHeaders())))
			.isSameAs(own);
		assertThat(translate(Exceptions.propagate(new ConnectTimeoutException("late"))))
			.isExactlyInstanceOf(GeminiTimeoutException.class);
	}

	@Test
	void anythingElseIsWrapped() {
		RuntimeException failure = new IllegalStateException("of a filter");

		assertThat(translate(failure)).isExactlyInstanceOf(GeminiConnectionException.class)
			.hasMessageContaining("of a filter")
			.hasCause(failure);
		assertThat(translate(new IllegalStateException()).isTransient()).isFalse();
	}

	@Test
	void causesThatGoInCirclesEnd() {
		RuntimeException first = new RuntimeException("a");
		first.initCause(new RuntimeException("b", first));

		assertThat(translate(first)).isExactlyInstanceOf(GeminiConnectionException.class);
	}

	private GeminiException call(HttpClient client, String url) {
		GeminiException exception = translate(failure(client, url));
		assertThat(Errors.print(exception)).doesNotContain(Errors.KEY);
		return exception;
	}

	private static GeminiException translate(Throwable failure) {
		return Errors.TRANSLATOR.fromFailure(failure, Errors.CONTEXT);
	}

	private static Throwable failure(HttpClient client, String url) {
		return Exceptions.unwrap(catchThrowable(() -> client(client).post()
			.uri(url + "/v1beta")
			.header("x-goog-api-key", Errors.KEY)
			.bodyValue("{}")
			.retrieve()
			.bodyToMono(String.class)
			.block()));
	}

	private static HttpClient proxied(String host, int port) {
		return HttpClient.create().proxy((proxy) -> proxy.type(ProxyProvider.Proxy.HTTP).host(host).port(port));
	}

	private static WebClient client(HttpClient client) {
		return WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
	}

	private int server(Handler handler) {
		try {
			ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.servers.add(server);
			Thread thread = new Thread(() -> serve(server, handler));
			thread.setDaemon(true);
			thread.start();
			return server.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void serve(ServerSocket server, Handler handler) {
		while (!server.isClosed()) {
			try (Socket socket = server.accept()) {
				handler.handle(socket);
			}
			catch (IOException | InterruptedException ex) {
				// The client left, or the test is over.
			}
		}
	}

	private static void respond(Socket socket, String response) throws IOException {
		socket.getInputStream().read(new byte[16 * 1024]);
		OutputStream out = socket.getOutputStream();
		out.write(response.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	@FunctionalInterface
	private interface Handler {

		void handle(Socket socket) throws IOException, InterruptedException;

	}

}
