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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import javax.net.ServerSocketFactory;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * An endpoint for tests that answers with whole responses, in the order in which they
 * were added, and remembers the requests. A test keeps it in a field with
 * {@link org.junit.jupiter.api.AutoClose @AutoClose}. A request for which there is no
 * response is answered with the {@link #reply reply}, or else refused. A test that writes
 * the bytes of a response itself uses the {@code WireServer} of the client's tests.
 */
public final class GeminiServer implements AutoCloseable {

	public static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private final MockWebServer server = new MockWebServer();

	private final Queue<MockResponse> responses = new ConcurrentLinkedQueue<>();

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	private volatile CountDownLatch held = new CountDownLatch(0);

	private volatile Duration delay = Duration.ZERO;

	private volatile @Nullable UnaryOperator<String> reply;

	private volatile @Nullable Function<RecordedRequest, MockResponse> endpoint;

	public GeminiServer() {
		this.server.setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
				GeminiServer.this.requests.add(request);
				GeminiServer.this.held.await();
				return respond(request);
			}

			// Called before a request is read, for the effects of its response
			@Override
			public MockResponse peek() {
				MockResponse response = GeminiServer.this.responses.peek();
				return (response != null) ? response : super.peek();
			}

		});
		this.server.setServerSocketFactory(new PromptSockets());
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Create a server that replies with "re: " and the last text.
	 */
	public static GeminiServer echoing() {
		return new GeminiServer().reply((text) -> "re: " + text);
	}

	/**
	 * Use TLS.
	 * @param certificate the certificate of the server, which it also trusts in clients
	 */
	public GeminiServer tls(HeldCertificate certificate) {
		this.server.useHttps(new HandshakeCertificates.Builder().heldCertificate(certificate)
			.addTrustedCertificate(certificate.certificate())
			.build()
			.sslSocketFactory());
		return this;
	}

	/**
	 * Refuse clients without a certificate, with TLS.
	 */
	public GeminiServer requireClientCertificate() {
		this.server.requireClientAuth();
		return this;
	}

	/**
	 * Reply to requests for which there is no response.
	 * @param reply turns the last text of a request into the one of the response
	 */
	public GeminiServer reply(UnaryOperator<String> reply) {
		this.reply = reply;
		return this;
	}

	/**
	 * Answer requests for which there is no response.
	 * @param endpoint returns the response to a request
	 */
	public GeminiServer respond(Function<RecordedRequest, MockResponse> endpoint) {
		this.endpoint = endpoint;
		return this;
	}

	/**
	 * Wait before each of the following responses.
	 */
	public GeminiServer delay(Duration delay) {
		this.delay = delay;
		return this;
	}

	/**
	 * Hold all responses back until they are {@link #release() released}.
	 */
	public GeminiServer hold() {
		this.held = new CountDownLatch(1);
		return this;
	}

	public void release() {
		this.held.countDown();
	}

	/**
	 * Answer with a response as JSON. A text that begins with <code>{'</code> has single
	 * quotes for double ones.
	 */
	public GeminiServer answer(String json) {
		return answer(mockResponse("application/json", doubleQuoted(json)));
	}

	/**
	 * Answer with a stream of events as JSON, of which each may have several lines, and
	 * single quotes for double ones.
	 */
	public GeminiServer answerEvents(String... events) {
		return answer(events(
				Arrays.stream(events).map((event) -> doubleQuoted(event).replace("\n", "")).toArray(String[]::new)));
	}

	/**
	 * Answer with a recording, as a stream if its name ends with {@code .sse}.
	 */
	public GeminiServer answerFile(String name) {
		return answer(mockResponse(name.endsWith(".sse") ? "text/event-stream" : "application/json", recording(name)));
	}

	public GeminiServer answerParts(String parts) {
		return answer(response(parts, "STOP"));
	}

	public GeminiServer answerText(String text) {
		return answer(textResponse(text, "STOP"));
	}

	/**
	 * Answer with a stream of one event for each text.
	 */
	public GeminiServer answerTextEvents(String... texts) {
		String[] events = new String[texts.length];
		Arrays.setAll(events, (i) -> textResponse(texts[i], (i == texts.length - 1) ? "STOP" : null));
		return answerEvents(events);
	}

	/**
	 * Answer with an error that has no message.
	 */
	public GeminiServer answerStatus(int status) {
		return answer(new MockResponse.Builder().code(status).body("{}").build());
	}

	public GeminiServer answer(MockResponse response) {
		this.responses.add(response);
		return this;
	}

	/**
	 * Return the requests in the order in which they came.
	 */
	public List<GenerateContentRequest> requests() {
		return this.requests.stream().map(GeminiServer::read).toList();
	}

	public GenerateContentRequest lastRequest() {
		return read(this.requests.get(requestCount() - 1));
	}

	public int requestCount() {
		return this.requests.size();
	}

	/**
	 * Return the texts of the contents of a request, joined with {@code |}.
	 */
	public String texts(int index) {
		return texts(read(this.requests.get(index)));
	}

	public String lastTexts() {
		return texts(lastRequest());
	}

	private static String texts(GenerateContentRequest request) {
		return request.contents().stream().map(Content::text).collect(Collectors.joining("|"));
	}

	/**
	 * Return the first request that was not taken yet. Waits for up to 30 seconds.
	 */
	public RecordedRequest takeRequest() {
		try {
			return Objects.requireNonNull(this.server.takeRequest(30, TimeUnit.SECONDS), "No request");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String takeBody() {
		return takeRequest().getBody().utf8();
	}

	public JsonNode takeJson() {
		return MAPPER.readTree(takeBody());
	}

	public URI url() {
		return this.server.url("/").uri();
	}

	/**
	 * Return settings for this server, without retries.
	 */
	public GeminiClientSettings.Builder settings() {
		return GeminiClientSettings.builder("sk-test").baseUrl(url()).retry(GeminiRetrySettings.NONE);
	}

	public GeminiTemplate template() {
		return template(settings());
	}

	public GeminiTemplate template(UnaryOperator<GeminiClientSettings.Builder> change) {
		return template(change.apply(settings()));
	}

	public GeminiTemplate template(GeminiExchangeFilter... filters) {
		return template(settings(), filters);
	}

	public GeminiTemplate template(GeminiClientSettings.Builder settings, GeminiExchangeFilter... filters) {
		return new GeminiTemplate(
				GeminiClient.create(WebClient.builder(), MAPPER, settings.build()).withFilters(filters),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

	@Override
	public void close() {
		release();
		this.server.close();
	}

	private MockResponse respond(RecordedRequest request) {
		MockResponse response = this.responses.poll();
		if (response == null) {
			response = reply(request);
		}
		return (this.delay.isZero()) ? response
				: response.newBuilder().headersDelay(this.delay.toMillis(), TimeUnit.MILLISECONDS).build();
	}

	private MockResponse reply(RecordedRequest request) {
		Function<RecordedRequest, MockResponse> endpoint = this.endpoint;
		if (endpoint != null) {
			return endpoint.apply(request);
		}
		UnaryOperator<String> reply = this.reply;
		if (reply == null) {
			return new MockResponse.Builder().code(400)
				.body("{\"error\": {\"message\": \"The test has no response for this request\"}}")
				.build();
		}
		List<Content> contents = read(request).contents();
		String text = reply.apply(contents.get(contents.size() - 1).text());
		if (!request.getTarget().contains("stream")) {
			return mockResponse("application/json", textResponse(text, "STOP"));
		}
		int half = Math.min(text.length(), "re: ".length());
		return events(textResponse(text.substring(0, half), null), textResponse(text.substring(half), "STOP"));
	}

	private static MockResponse events(String... events) {
		return mockResponse("text/event-stream",
				Arrays.stream(events).map((event) -> "data: " + event + "\n\n").collect(Collectors.joining()));
	}

	private static MockResponse mockResponse(String contentType, String body) {
		return new MockResponse.Builder().setHeader("Content-Type", contentType).body(body).build();
	}

	private static GenerateContentRequest read(RecordedRequest request) {
		return MAPPER.readValue(Objects.requireNonNull(request.getBody()).toByteArray(), GenerateContentRequest.class);
	}

	private static String doubleQuoted(String json) {
		return json.startsWith("{'") ? json.replace('\'', '"') : json;
	}

	/**
	 * Return a response as JSON.
	 * @param parts the parts as JSON
	 * @param finishReason the finish reason or {@code null}
	 */
	public static String response(String parts, @Nullable String finishReason) {
		return "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [" + parts + "]}"
				+ ((finishReason != null) ? ", \"finishReason\": \"" + finishReason + "\"" : "") + "}]}";
	}

	/**
	 * Return a response with a text as JSON.
	 * @param text the text
	 * @param finishReason the finish reason or {@code null}
	 */
	public static String textResponse(String text, @Nullable String finishReason) {
		return response("{\"text\": " + MAPPER.writeValueAsString(text) + "}", finishReason);
	}

	/**
	 * Return the text of a recording.
	 */
	public static String recording(String name) {
		try (InputStream file = Objects.requireNonNull(GeminiServer.class.getResourceAsStream("/wire/" + name), name)) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static JsonNode tree(String json) {
		return MAPPER.readTree(json);
	}

	/**
	 * Creates sockets that send each part of a response at once. The server writes the
	 * header and the body apart, so that a response would wait 40 ms for the
	 * acknowledgement of its header.
	 */
	private static final class PromptSockets extends ServerSocketFactory {

		@Override
		public ServerSocket createServerSocket() throws IOException {
			return new ServerSocket() {

				@Override
				public Socket accept() throws IOException {
					Socket socket = super.accept();
					socket.setTcpNoDelay(true);
					return socket;
				}

			};
		}

		@Override
		public ServerSocket createServerSocket(int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
			throw new UnsupportedOperationException();
		}

	}

}
