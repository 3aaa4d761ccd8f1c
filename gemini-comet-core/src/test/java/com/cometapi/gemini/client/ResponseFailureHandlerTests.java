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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiProtocolException;
import io.netty.channel.Channel;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResponseFailureHandler}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ResponseFailureHandlerTests {

	private static final int UPLOAD_SIZE = 8 * 1024 * 1024;

	private static final GenerateContentRequest REQUEST = GenerateContentRequest.builder()
		.contents(Content.user("Hi"))
		.build();

	@Test
	void closedConnectionIsAnExceptionWithoutAWarning(CapturedOutput output) throws Exception {
		assertFails(WireServer.start(WireServer.Connection::cut), REQUEST, GeminiConnectionException.class, output);
	}

	@Test
	void resetConnectionIsAnExceptionWithoutAWarning(CapturedOutput output) throws Exception {
		assertFails(WireServer.start(WireServer.Connection::reset), REQUEST, GeminiConnectionException.class, output);
	}

	@Test
	void responseThatIsNotHttpIsAnExceptionWithoutAWarning(CapturedOutput output) throws Exception {
		assertFails(WireServer.start((connection) -> connection.write("{\"candidates\":[]} and so on\r\n\r\n")),
				REQUEST, GeminiProtocolException.class, output);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatIsResetDuringTheUploadIsAnExceptionWithoutAWarning(boolean inMemory, CapturedOutput output)
			throws Exception {
		assertFails(WireServer.startRaw((connection) -> connection.read(40_000).reset()), upload(inMemory),
				GeminiConnectionException.class, output);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatIsClosedDuringTheUploadIsAnExceptionWithoutAWarning(boolean inMemory, CapturedOutput output)
			throws Exception {
		assertFails(WireServer.startRaw((connection) -> {
			connection.read(40_000).endOutput();
			connection.read(Integer.MAX_VALUE - 8);
		}), upload(inMemory), GeminiConnectionException.class, output);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tlsThatIsClosedDuringTheUploadIsAnExceptionWithoutAWarning(boolean inMemory, CapturedOutput output)
			throws Exception {
		HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
		HandshakeCertificates certificates = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
		try (WireServer server = WireServer.startRaw(certificates.sslContext().getServerSocketFactory(),
				(connection) -> {
					connection.read(40_000).endOutput();
					connection.read(Integer.MAX_VALUE - 8);
				})) {
			URI url = URI.create("https://localhost:" + server.url().getPort());
			QuietFailures.assertFailsQuietly(url, upload(inMemory),
					(httpClient) -> httpClient.secure((spec) -> spec.sslContext(Http11SslContextSpec.forClient()
						.configure((builder) -> builder.trustManager(certificate.certificate())))),
					UnaryOperator.identity(), GeminiConnectionException.class, output);
		}
	}

	@Test
	void mediumThatCannotBeReadIsAnExceptionWithoutAWarning(CapturedOutput output) throws Exception {
		MediaData tooShort = MediaData.of(UPLOAD_SIZE, () -> new ByteArrayInputStream(new byte[UPLOAD_SIZE / 2]));
		assertFails(WireServer.start((connection) -> {
		}), request(tooShort), GeminiInvalidRequestException.class, output);
	}

	@Test
	void mediumThatIsInterruptedByTheEndOfItsConnectionIsNotLogged(CapturedOutput output) throws Exception {
		CountDownLatch interrupted = new CountDownLatch(6);
		Semaphore waiting = new Semaphore(0);
		MediaData blocking = MediaData.of(1L << 40, () -> new InputStream() {

			private int delivered;

			@Override
			public int read() {
				return 0;
			}

			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				if (this.delivered < 60_000) {
					this.delivered += length;
					return length;
				}
				waiting.release();
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
				}
				throw new InterruptedIOException("interrupted");
			}

		});
		assertFails(WireServer.startRaw((connection) -> {
			connection.read(40_000);
			waiting.acquireUninterruptibly();
			connection.reset();
		}), request(blocking), GeminiConnectionException.class, output);
		await(interrupted);
		assertThat(output).doesNotContain("WARN", "ERROR");
	}

	@Test
	void connectionThatIsClosedBeforeTheRequestIsAnExceptionWithoutAWarning(CapturedOutput output) throws Exception {
		failBeforeTheRequest(Channel::close, output);
	}

	@Test
	void connectionThatIsResetBeforeTheRequestIsAnExceptionWithoutAWarning(CapturedOutput output) throws Exception {
		IOException reset = new IOException("Connection reset by peer");
		failBeforeTheRequest((channel) -> channel.pipeline().fireExceptionCaught(reset), output);
	}

	private static void failBeforeTheRequest(Consumer<Channel> fault, CapturedOutput output) throws Exception {
		try (WireServer server = WireServer.start(WireServer.Connection::cut)) {
			assertFails(server.url(), REQUEST,
					(connector) -> (method, uri, callback) -> connector.connect(method, uri, (request) -> {
						Mono<Void> write = callback.apply(request);
						Connection connection = request.getNativeRequest();
						fault.accept(connection.channel());
						return Mono.<Void>never().then(write);
					}), GeminiConnectionException.class, output);
		}
	}

	@Test
	void connectionThatEndsWhileTheCallIsSubscribedToIsAnExceptionWithoutAWarning(CapturedOutput output)
			throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		try (WireServer server = WireServer.start(WireServer.Connection::cut)) {
			assertFails(server.url(), REQUEST, (connector) -> (method, uri, callback) -> {
				Mono<ClientHttpResponse> exchange = connector.connect(method, uri, callback)
					.doFinally((signal) -> ended.countDown());
				return Mono.fromDirect((subscriber) -> {
					exchange.subscribe(subscriber);
					await(ended);
				});
			}, GeminiConnectionException.class, output);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static GenerateContentRequest upload(boolean inMemory) {
		byte[] bytes = new byte[UPLOAD_SIZE];
		return request(
				(inMemory) ? MediaData.of(bytes) : MediaData.of(bytes.length, () -> new ByteArrayInputStream(bytes)));
	}

	private static GenerateContentRequest request(MediaData data) {
		return GenerateContentRequest.builder()
			.contents(Content.user(Part.inlineData(Blob.of("image/png", data))))
			.build();
	}

	private static void assertFails(WireServer server, GenerateContentRequest request,
			Class<? extends GeminiException> expected, CapturedOutput output) throws IOException {
		try (server) {
			assertFails(server.url(), request, UnaryOperator.identity(), expected, output);
			assertThat(server.connectionCount()).isEqualTo(6);
		}
	}

	private static void assertFails(URI url, GenerateContentRequest request,
			UnaryOperator<ClientHttpConnector> connector, Class<? extends GeminiException> expected,
			CapturedOutput output) {
		QuietFailures.assertFailsQuietly(url, request, UnaryOperator.identity(), connector, expected, output);
	}

}
