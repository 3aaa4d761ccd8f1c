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
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeoutException;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the streams that a browser gets from a running server of either stack.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class AbstractEventStreamTests extends AbstractServerTests {

	AbstractEventStreamTests(Class<?> application, WebApplicationType type) {
		super(application, type);
	}

	@Test
	void eventsArriveWhenTheyAreEmitted() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("slow", source)) {
			assertThat(browser.next()).isEqualTo(":heartbeat");
			source.emit("one");
			assertThat(browser.next()).isEqualTo("id:1\nevent:text\ndata:{\"text\":\"one\"}");
			source.emit("two");
			assertThat(browser.next()).isEqualTo("id:2\nevent:text\ndata:{\"text\":\"two\"}");
			source.complete();
			assertThat(browser.next()).isEqualTo("id:3\nevent:done\ndata:{}");
			browser.document();
		}
	}

	@Test
	void documentIsExact() throws IOException {
		ResponseSource source = new ResponseSource();
		source.emitJson("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Let me see","thought":true},
				{"text":"It is "},{"functionCall":{"name":"getWeather","args":{"cityName":"Oslo"}}}]}}],
				"usageMetadata":{"promptTokenCount":4},"modelVersion":"gemini-3.5-flash","responseId":"r1"}""");
		source.emitJson("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"4 °C"}]},"finishReason":"STOP"}],
				"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":9}}""");
		source.complete();

		try (RawBrowser browser = open("slow", source)) {
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					id:1
					event:thought
					data:{"text":"Let me see"}

					id:2
					event:text
					data:{"text":"It is "}

					id:3
					event:function-call
					data:{"name":"getWeather","args":{"cityName":"Oslo"}}

					id:4
					event:text
					data:{"text":"4 °C"}

					id:5
					event:usage
					data:{"promptTokenCount":4,"candidatesTokenCount":9}

					id:6
					event:done
					data:{"finishReason":"STOP","modelVersion":"gemini-3.5-flash","responseId":"r1"}

					""");
		}
	}

	@Test
	void textSurvivesWhateverIsInIt() throws IOException {
		List<String> texts = List.of(" leading and trailing ", "\n", "a\r\nb\rc\n\nd", "data: x\n\nevent: done\n\n",
				"\t\u0000\u0007", "Grüße, 世界 😀 \u2028\u2029\uFEFF", "</script><!-- \"quoted\" \\ 'single'",
				"x".repeat(100_000));
		ResponseSource source = new ResponseSource();
		texts.forEach(source::emit);
		source.complete();

		try (RawBrowser browser = open("slow", source)) {
			assertThat(browser.next()).isEqualTo(":heartbeat");
			for (String text : texts) {
				String[] lines = browser.next().split("\n");
				assertThat(lines).hasSize(3);
				JsonNode data = ResponseSource.MAPPER.readTree(lines[2].substring("data:".length()));
				assertThat(data.get("text").asString()).isEqualTo(text);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void textIsTheSameCharactersHoweverItIsCutAndEscaped(int chunkSize) throws IOException {
		List<String> pieces = List.of("a\\ud83d", "\\ude00\uD83D\uDE00\\ud83d\\ude00", "Gr\u00fc\u00dfe \u4e16\\u754c",
				"\\ud83d", "b\\ude00", "\\u2028\u2029\uFEFF", "e\u0301\\ud83d");
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			try (RawBrowser browser = open("slow", source)) {
				pieces.forEach((piece) -> upstream.sendInChunks(chunkSize, """
						{"candidates":[{"content":{"role":"model","parts":[{"text":"%s"}]}}]}""".formatted(piece)));
				upstream.sendInChunks(chunkSize, "{\"candidates\":[{\"finishReason\":\"STOP\"}]}");
				upstream.end();
				String document = browser.document();
				String expected = ResponseSource.MAPPER.readValue("\"" + String.join("", pieces) + "\"", String.class);
				assertThat(texts(document)).containsExactly("a", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00",
						"Gr\u00fc\u00dfe \u4e16\u754c", "\uD83Db\uDE00", "\u2028\u2029\uFEFF", "e\u0301", "\uD83D");
				assertThat(String.join("", texts(document))).isEqualTo(expected);
			}
		}
	}

	private static List<String> texts(String document) {
		return document.lines()
			.filter((line) -> line.startsWith("data:{\"text\""))
			.map((line) -> ResponseSource.MAPPER.readTree(line.substring("data:".length())).get("text").asString())
			.toList();
	}

	@Test
	void headersKeepProxiesFromBufferingAndGoOutBeforeTheFirstEvent() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("slow", source)) {
			assertThat(browser.statusLine()).startsWith("HTTP/1.1 200").satisfies((line) -> source.complete());
			assertThat(browser.headers()).containsEntry("content-type", "text/event-stream;charset=UTF-8")
				.containsEntry("cache-control", "no-cache, no-store, no-transform")
				.containsEntry("x-accel-buffering", "no")
				.doesNotContainKey("content-length");
		}
	}

	@Test
	void whenResponsesFailThenBrowserGetsAnErrorAfterEverythingThatArrived(CapturedOutput output) throws IOException {
		ResponseSource source = new ResponseSource();
		source.emitJson("""
				{"candidates":[{"content":{"parts":[{"text":"half"}]}}],"usageMetadata":{"totalTokenCount":7}}""");
		source.fail(new IllegalStateException("jdbc:secret"));

		try (RawBrowser browser = open("slow", source)) {
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					id:1
					event:text
					data:{"text":"half"}

					id:2
					event:usage
					data:{"totalTokenCount":7}

					id:3
					event:error
					data:{"code":"internal","message":"Something went wrong while the answer was prepared.",\
					"transient":false}

					""");
		}
		assertThat(output).contains("java.lang.IllegalStateException: jdbc:secret");
	}

	@Test
	void whenResponsesFailBeforeTheFirstThenBrowserGetsAnError() throws IOException {
		ResponseSource source = new ResponseSource();
		source.replaceWith(Flux.error(() -> new TimeoutException("internal.host did not answer")));

		try (RawBrowser browser = open("slow", source)) {
			assertThat(browser.statusLine()).startsWith("HTTP/1.1 200");
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					id:1
					event:error
					data:{"code":"timeout","message":"The answer took too long. Please try again.","transient":true}

					""");
		}
	}

	@Test
	void whenTimeIsUpThenBrowserGetsAnErrorAndResponsesAreCancelled() throws IOException {
		ResponseSource source = new ResponseSource();
		source.emitJson("""
				{"candidates":[{"content":{"parts":[{"text":"half"}]}}],"usageMetadata":{"totalTokenCount":7}}""");

		try (RawBrowser browser = open("limited", source)) {
			assertThat(browser.document()).isEqualTo("""
					:heartbeat

					id:1
					event:text
					data:{"text":"half"}

					id:2
					event:usage
					data:{"totalTokenCount":7}

					id:3
					event:error
					data:{"code":"timeout","message":"The answer took too long. Please try again.","transient":true}

					""");
		}
		assertThat(source.isCancelled()).isTrue();
	}

	@Test
	void connectionIsKeptAfterTheStream() throws IOException {
		ResponseSource source = new ResponseSource();
		source.replaceWith(Flux.just(ResponseSource.text("one")));
		try (RawBrowser browser = open("slow", source)) {
			browser.document();
			assertThat(browser.headers().getOrDefault("connection", "keep-alive")).isEqualTo("keep-alive");
		}
		assertThat(source.isCancelled()).isFalse();
	}

	@Test
	void commentsArriveWhileResponsesAreSilent() throws IOException {
		ResponseSource source = new ResponseSource();
		try (RawBrowser browser = open("fast", source)) {
			for (int i = 0; i < 3; i++) {
				assertThat(browser.next()).isEqualTo(":heartbeat");
			}
			source.emit("one");
			source.complete();
			assertThat(browser.document()).endsWith("""
					:heartbeat

					id:1
					event:text
					data:{"text":"one"}

					id:2
					event:done
					data:{}

					""");
		}
	}

	@Test
	void whenBrowserLeavesASilentStreamThenResponsesAreCancelled(CapturedOutput output) throws IOException {
		ResponseSource source = new ResponseSource();
		RawBrowser browser = open("fast", source);
		assertThat(browser.next()).isEqualTo(":heartbeat");
		assertThat(source.isCancelled()).isFalse();
		browser.close();
		await(PATIENCE, source::isCancelled);
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("Exception");
	}

	@Test
	void whenBrowserLeavesBetweenEventsThenResponsesAreCancelled() throws IOException {
		leaveBetweenEvents("slow");
	}

	final void leaveBetweenEvents(String path) throws IOException {
		ResponseSource source = new ResponseSource();
		RawBrowser browser = open(path, source);
		source.emit("one");
		assertThat(browser.next()).isEqualTo(":heartbeat");
		assertThat(browser.next()).contains("one");
		browser.close();
		source.emitIfWanted("two");
		source.emitIfWanted("three");
		await(PATIENCE, source::isCancelled);
	}

	@Test
	void whenBrowserIsSlowThenResponsesWaitAndOthersAreServed() throws IOException {
		readSlowly("slow");
	}

	final void readSlowly(String path) throws IOException {
		ResponseSource slow = new ResponseSource();
		slow.replaceWith(
				Flux.<GenerateContentResponse>generate((sink) -> sink.next(ResponseSource.text("x".repeat(20_000)))));
		try (Socket socket = RawBrowser.connect(port(), uri(path, slow), 1024)) {
			await(PATIENCE, slow::isSubscribed);
			awaitStandstill(slow::requested);
			// Some megabytes are in the buffers of the two sockets and of the server
			assertThat(slow.requested()).isLessThan(1000);

			ResponseSource other = new ResponseSource();
			try (RawBrowser browser = open("slow", other)) {
				other.emit("served");
				other.complete();
				assertThat(browser.document()).contains("served");
			}
			assertThat(slow.isCancelled()).isFalse();
			socket.close();
		}
		await(PATIENCE, slow::isCancelled);
	}

	@Test
	void severalStreamsRunAtOnce() throws IOException {
		List<ResponseSource> all = List.of(new ResponseSource(), new ResponseSource(), new ResponseSource());
		RawBrowser[] browsers = new RawBrowser[all.size()];
		for (int i = 0; i < browsers.length; i++) {
			browsers[i] = open("slow", all.get(i));
		}
		for (int i = browsers.length - 1; i >= 0; i--) {
			all.get(i).emit("stream " + i);
			all.get(i).complete();
			try (RawBrowser browser = browsers[i]) {
				assertThat(browser.document()).contains("stream " + i);
			}
		}
	}

	@Test
	void ordinaryHttpClientReadsTheStream() throws Exception {
		ResponseSource source = new ResponseSource();
		source.emit("Grüße");
		source.complete();
		URI uri = URI.create("http://localhost:" + port() + uri("slow", source));

		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

		assertThat(response.body()).contains("data:{\"text\":\"Grüße\"}").endsWith("event:done\ndata:{}\n\n");
	}

	@Test
	void responseReachesTheBrowserAsItArrives() throws IOException {
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			try (RawBrowser browser = open("slow", source)) {
				assertThat(browser.next()).isEqualTo(":heartbeat");
				upstream.send("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Grüße\\n\"}]}}]}");
				assertThat(browser.next()).isEqualTo("id:1\nevent:text\ndata:{\"text\":\"Grüße\\n\"}");
				upstream
					.send("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"!\"}]},\"finishReason\":\"STOP\"}]}");
				assertThat(browser.next()).isEqualTo("id:2\nevent:text\ndata:{\"text\":\"!\"}");
				upstream.end();
				assertThat(browser.next()).isEqualTo("id:3\nevent:done\ndata:{\"finishReason\":\"STOP\"}");
			}
		}
	}

	@Test
	void callWhoseArgumentsAreStreamedArrivesOnceAndWhole() throws IOException {
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			try (RawBrowser browser = open("slow", source)) {
				upstream.sendRecorded("vertex-partial-function-call.sse");
				upstream.end();
				assertThat(browser.next()).isEqualTo(":heartbeat");
				assertThat(browser.next()).isEqualTo("""
						id:1
						event:function-call
						data:{"name":"getCurrentWeather","args":{"country":"USA","location":"NewYorkCity",\
						"purpose":"to know what to wear today","unit":"C"}}""");
				assertThat(browser.next()).startsWith("id:2\nevent:usage");
				assertThat(browser.next()).startsWith("id:3\nevent:done");
			}
		}
	}

	@Test
	void whenBrowserLeavesThenConnectionToTheEndpointIsClosed() throws IOException {
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			RawBrowser browser = open("fast", source);
			upstream.send("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"one\"}]}}]}");
			assertThat(browser.nextEvent()).contains("one");
			browser.close();
			await(PATIENCE, upstream::isConnectionClosed);
		}
	}

	@Test
	void whenEndpointRefusesThenBrowserGetsAnError(CapturedOutput output) throws IOException {
		try (Upstream upstream = new Upstream(429)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			try (RawBrowser browser = open("slow", source)) {
				assertThat(browser.document()).endsWith("""
						id:1
						event:error
						data:{"code":"rate-limit","message":"There are too many questions at the moment. \
						Please try again in a little while.","transient":true}

						""");
			}
		}
		assertThat(output).contains("Sending error event to the client: ").doesNotContain(Upstream.API_KEY);
	}

	@Test
	void whenStreamOfTheEndpointIsCutThenBrowserGetsAnError() throws IOException {
		try (Upstream upstream = new Upstream(200)) {
			ResponseSource source = new ResponseSource();
			source.replaceWith(upstream.call());
			try (RawBrowser browser = open("slow", source)) {
				upstream.send("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"half\"}]}}]}");
				upstream.end();
				assertThat(browser.document()).contains("{\"text\":\"half\"}")
					.contains("event:error\ndata:{\"code\":\"protocol\"");
			}
		}
	}

}
