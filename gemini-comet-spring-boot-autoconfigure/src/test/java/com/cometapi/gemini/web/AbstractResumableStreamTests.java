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

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.thread.GeminiThreads;
import com.cometapi.gemini.web.resume.GeminiStreamRetention;
import com.cometapi.gemini.web.resume.GeminiStreams;
import com.cometapi.gemini.web.resume.InMemoryGeminiStreamStore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.boot.WebApplicationType;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for streams that a browser can resume, on a running server of either stack.
 */
abstract class AbstractResumableStreamTests extends AbstractServerTests {

	private static final Duration UNWATCHED = Duration.ofSeconds(1);

	static final GeminiStreams STREAMS = streams(Duration.ofMinutes(1));

	static final GeminiStreams HASTY_STREAMS = streams(UNWATCHED);

	AbstractResumableStreamTests(Class<?> application, WebApplicationType type) {
		super(application, type);
	}

	private static GeminiStreams streams(Duration unwatchedTimeout) {
		return new GeminiStreams(
				new InMemoryGeminiStreamStore(100, DataSize.ofMegabytes(100),
						new GeminiStreamRetention(DataSize.ofMegabytes(100), Duration.ofMinutes(1))),
				unwatchedTimeout, GeminiThreads.shared());
	}

	static GeminiServerSentEvents events(GeminiStreams streams, Duration heartbeatInterval) {
		return new GeminiServerSentEvents(ResponseSource.MAPPER, heartbeatInterval).withStreams(streams);
	}

	@Test
	void browserThatLosesItsConnectionAfterEachEventReadsTheSameAsOneThatDoesNot() throws IOException {
		ResponseSource source = new ResponseSource();
		String uri = uri("chat", source) + "&key=" + source.hashCode();
		StringBuilder pieces = new StringBuilder(":heartbeat\n\n");
		try (RawBrowser steady = RawBrowser.open(port(), uri)) {
			pieces.append(start(steady)).append("\n\n");
			source.emit("Grüße\n0");
			String event = steady.nextEvent();
			pieces.append(event).append("\n\n");
			for (int i = 1; i < 20; i++) {
				try (RawBrowser lost = RawBrowser.open(port(), uri, id(event))) {
					assertThat(lost.statusLine()).startsWith("HTTP/1.1 200");
					assertThat(lost.next()).isEqualTo(":heartbeat");
					source.emit("Grüße\n" + i);
					event = lost.nextEvent();
					pieces.append(event).append("\n\n");
				}
			}
			source.complete();
			try (RawBrowser last = RawBrowser.open(port(), uri, id(event))) {
				pieces.append(last.document().substring(":heartbeat\n\n".length()));
			}
			assertThat(pieces.toString()).isEqualTo(steady.document()).contains("Grüße\\n19", "event:done");
		}
	}

	@Test
	void whenBrowserHasTheLastEventThenThereIsNoContent() throws IOException {
		ResponseSource source = new ResponseSource();
		source.complete();
		String uri = uri("chat", source);
		try (RawBrowser browser = RawBrowser.open(port(), uri)) {
			start(browser);
			String last = browser.nextEvent();
			assertThat(last).contains("event:done");
			try (RawBrowser again = RawBrowser.open(port(), uri, id(last))) {
				assertThat(again.statusLine()).startsWith("HTTP/1.1 204");
			}
		}
	}

	@Test
	void whenOnlyTheHeadersAreAskedForThenNothingIsGenerated() throws Exception {
		ResponseSource source = new ResponseSource();
		source.complete();
		String uri = "http://localhost:" + port() + uri("chat", source) + "&key=" + source.hashCode();
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).method("HEAD", BodyPublishers.noBody()).build();
		HttpResponse<Void> response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(200);

		ResponseSource other = new ResponseSource();
		other.complete();
		try (RawBrowser browser = RawBrowser.open(port(), uri("chat", other))) {
			assertThat(browser.document()).contains("event:done");
		}
		assertThat(source.isSubscribed()).isFalse();
	}

	@Test
	void whenIdIsNotKnownThenBrowserGetsAnErrorAndResponsesAreNotSubscribedTo() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = RawBrowser.open(port(), uri("chat", source), "abc:7")) {
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					event:error
					data:{"code":"stream-expired","message":"The answer is no longer available.","transient":false}

					""");
		}
		assertThat(source.isSubscribed()).isFalse();
	}

	@Test
	void pageThatWasReloadedGetsTheRunningStreamOfItsKeyFromTheStart() throws IOException {
		ResponseSource source = new ResponseSource();
		String key = register(source);
		try (RawBrowser none = RawBrowser.open(port(), "/resume?key=" + key)) {
			assertThat(none.statusLine()).startsWith("HTTP/1.1 204");
		}
		try (RawBrowser browser = RawBrowser.open(port(), "/chat?source=" + key + "&key=" + key)) {
			source.emit("one");
			start(browser);
			assertThat(browser.nextEvent()).contains("one");
			try (RawBrowser reloaded = RawBrowser.open(port(), "/resume?key=" + key)) {
				assertThat(reloaded.headers()).containsEntry("content-type", "text/event-stream;charset=UTF-8");
				source.emit("two");
				source.complete();
				assertThat(reloaded.document()).isEqualTo(browser.document().replaceFirst("id:[^:]*:0\n\n", ""));
			}
		}
		try (RawBrowser none = RawBrowser.open(port(), "/resume?key=" + key)) {
			assertThat(none.statusLine()).startsWith("HTTP/1.1 204");
		}
	}

	@Test
	void uiMessageStreamOfAKeyIsResumedFromTheStart() throws IOException {
		ResponseSource source = new ResponseSource();
		String key = register(source);
		try (RawBrowser browser = RawBrowser.open(port(), "/ui?source=" + key + "&key=" + key)) {
			source.emit("one");
			assertThat(browser.next()).isEqualTo(":heartbeat");
			assertThat(browser.nextEvent()).isEqualTo("data:{\"type\":\"start\"}");
			try (RawBrowser reloaded = RawBrowser.open(port(), "/ui/resume?key=" + key)) {
				assertThat(reloaded.headers()).containsEntry("x-vercel-ai-ui-message-stream", "v1");
				source.emit("two");
				source.complete();
				assertThat(reloaded.document()).isEqualTo(browser.document()).endsWith("data:[DONE]\n\n");
			}
		}
		try (RawBrowser none = RawBrowser.open(port(), "/ui/resume?key=" + key)) {
			assertThat(none.statusLine()).startsWith("HTTP/1.1 204");
		}
	}

	@Test
	void typedResponseIsResumed() throws IOException {
		ResponseSource source = new ResponseSource();
		String uri = uri("entities", source);
		try (RawBrowser browser = RawBrowser.open(port(), uri)) {
			source.emit("one");
			start(browser);
			String event = browser.nextEvent();
			browser.close();
			source.emit("one and two");
			source.complete();
			try (RawBrowser again = RawBrowser.open(port(), uri, id(event))) {
				assertThat(again.document()).contains("data:{\"text\":\"one and two\"}", "event:done")
					.doesNotContain("\"one\"");
			}
		}
	}

	@Test
	void whenBrowserLeavesThenConnectionToTheEndpointStaysOpenUntilTheTimeIsUp() throws IOException {
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			RawBrowser browser = RawBrowser.open(port(), uri("hasty", source));
			upstream.send("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"one\"}]}}]}");
			start(browser);
			String event = browser.nextEvent();
			assertThat(event).contains("one");
			long left = System.nanoTime();
			browser.close();
			await(PATIENCE, upstream::isConnectionClosed);
			assertThat(Duration.ofNanos(System.nanoTime() - left)).isGreaterThanOrEqualTo(UNWATCHED);
			try (RawBrowser late = RawBrowser.open(port(), uri("hasty", source), id(event))) {
				assertThat(late.document()).contains("event:error\ndata:{\"code\":\"cancelled\"");
			}
		}
	}

	@Test
	void stopClosesTheConnectionToTheEndpoint() throws IOException {
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			String key = register(source);
			try (RawBrowser browser = RawBrowser.open(port(), "/chat?source=" + key + "&key=" + key)) {
				upstream.send("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"one\"}]}}]}");
				start(browser);
				assertThat(browser.nextEvent()).contains("one");
				try (RawBrowser stop = RawBrowser.open(port(), "/stop?key=" + key)) {
					assertThat(stop.statusLine()).startsWith("HTTP/1.1 200");
				}
				assertThat(browser.document()).contains("event:error\ndata:{\"code\":\"cancelled\"");
				await(PATIENCE, upstream::isConnectionClosed);
			}
		}
	}

	@Test
	void slowBrowserDelaysNeitherTheResponsesNorAnother() throws IOException {
		ResponseSource source = new ResponseSource();
		Sinks.Empty<GenerateContentResponse> end = Sinks.empty();
		source.replaceWith(
				Flux.range(0, 1000).map((number) -> ResponseSource.text("x".repeat(20_000))).concatWith(end.asMono()));
		String key = register(source);
		try (Socket slow = RawBrowser.connect(port(), "/chat?source=" + key + "&key=" + key, 1024)) {
			await(PATIENCE, () -> source.requested() > 1000);
			try (RawBrowser other = RawBrowser.open(port(), "/resume?key=" + key)) {
				end.tryEmitEmpty().orThrow();
				assertThat(other.document()).endsWith("event:done\ndata:{}\n\n").contains(":1000\nevent:text\n");
			}
			slow.close();
		}
		assertThat(source.isCancelled()).isFalse();
	}

	private static String start(RawBrowser browser) throws IOException {
		assertThat(browser.next()).isEqualTo(":heartbeat");
		String start = browser.nextEvent();
		assertThat(start).matches("id:[\\w.-]+:0");
		return start;
	}

	private static String id(String event) {
		return event.lines().filter((line) -> line.startsWith("id:")).findFirst().orElseThrow().substring(3);
	}

	record Value(String text) {

		static Value of(GenerateContentResponse response) {
			return new Value(response.text());
		}

	}

}
