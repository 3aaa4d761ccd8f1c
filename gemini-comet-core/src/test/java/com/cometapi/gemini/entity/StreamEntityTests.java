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

package com.cometapi.gemini.entity;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptEntitySpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PromptEntitySpec}: streamed values.
 */
class StreamEntityTests extends AbstractPromptEntityTests {

	@Test
	void streamEmitsTheValueAsItGrows() {
		this.server.answerTextEvents("{\"pla", "nets\": [{\"name\": \"Ear", "th\", \"moonCount\": 1",
				", \"found\": \"2026-", "11-22\"}], \"counts\": {\"a\": ", "3, \"b", "\": 4}, \"note\": \"do", "ne\"}");
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planets.class))
			.expectNext(new Planets(List.of(), Optional.empty(), Map.of()))
			.expectNext(planets(new Planet("Ear", 0, null)))
			.expectNext(planets(new Planet("Earth", 0, null)))
			.expectNext(planets(new Planet("Earth", 1, null)))
			.expectNext(planets(new Planet("Earth", 1, LocalDate.of(2026, 11, 22))))
			.assertNext((planets) -> assertThat(planets.counts()).containsExactly(Map.entry("a", 3)))
			.assertNext((planets) -> assertThat(planets.note()).hasValue("do"))
			.assertNext((planets) -> assertThat(planets.note()).hasValue("done"))
			.assertNext((planets) -> assertThat(planets.counts()).containsEntry("b", 4))
			.verifyComplete();
	}

	private static Planets planets(Planet... planets) {
		return new Planets(List.of(planets), Optional.empty(), Map.of());
	}

	@Test
	void polymorphicObjectIsEmittedOnceItsTypeIsKnown() {
		this.server.answerTextEvents("[{\"ty", "pe\": \"bo", "x\", \"label\": \"L", "M\", \"side\": 2}]");
		StepVerifier.create(this.gemini.prompt("Shapes").streamEntity(new ParameterizedTypeReference<List<Shape>>() {
		}))
			.expectNext(List.of())
			.expectNext(List.of())
			.expectNext(List.of(new Shape.Square(0, "L")))
			.expectNext(List.of(new Shape.Square(2, "LM")))
			.expectNext(List.of(new Shape.Square(2, "LM")))
			.verifyComplete();
	}

	@Test
	void simpleValuesGrowToo() {
		this.server.answerTextEvents("\"He", "llo\"");
		StepVerifier.create(this.gemini.prompt("Greet").streamEntity(String.class))
			.expectNext("He", "Hello", "Hello")
			.verifyComplete();
		this.server.answerTextEvents("1", "2");
		StepVerifier.create(this.gemini.prompt("Count").streamEntity(int.class)).expectNext(12).verifyComplete();
		this.server.answerTextEvents("\"HA", "PPY\"");
		StepVerifier.create(this.gemini.prompt("Mood").streamEntity(Mood.class))
			.expectNext(Mood.HAPPY, Mood.HAPPY)
			.verifyComplete();
	}

	@Test
	void typeThatRefusesAbsentMembersIsEmittedOnceComplete() {
		this.server.answerTextEvents("{\"first\": \"a\"", ", \"second\": \"b\"}");
		StepVerifier.create(this.gemini.prompt("Both").streamEntity(Strict.class))
			.expectNext(new Strict("a", "b"), new Strict("a", "b"))
			.verifyComplete();
	}

	@Test
	void failureOfAStreamFollowsItsValues() {
		this.server.answerTextEvents("{\"name\": \"Earth\"", "}");
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Earth", 0, null), new Planet("Earth", 0, null))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(GeminiResponseMismatchException.class)
				.hasMessageContaining("'moonCount' is missing"));
		this.server.answerEvents(GeminiServer.textResponse("{\"name\": \"Ear", "MAX_TOKENS"));
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Ear", 0, null))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(GeminiResponseTruncatedException.class,
					(cut) -> assertThat(cut.getText()).isEqualTo("{\"name\": \"Ear")));
		this.server.answerEvents(GeminiServer.textResponse("{\"name\": \"Ear", null));
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Ear", 0, null))
			.verifyError(GeminiProtocolException.class);
	}

	@Test
	void textBeforeFunctionCallsIsNotPartOfTheValue() {
		EntityReader<String> reader = new EntityReaderFactory(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.forType(String.class);
		Flux<GenerateContentResponse> events = Flux.just(response("\"Let me see\""),
				GenerateContentResponse.functionResponses(Content.user(Part.functionResponse("f", Map.of()))),
				response("\"Sun\""));
		StepVerifier.create(values(reader, events)).expectNext("Let me see", "Sun", "Sun").verifyComplete();
	}

	private static GenerateContentResponse response(String text) {
		return GeminiServer.MAPPER.readValue(GeminiServer.textResponse(text, "STOP"), GenerateContentResponse.class);
	}

	@Test
	void everyPartialValueIsAPrefixOfTheWhole() {
		EntityReader<Cut> reader = new EntityReaderFactory(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.forType(Cut.class);
		String json = """
				{"text": "\\u00e9\\ud83d\\ude00 \\"q\\" \\\\ 😀\\n!", "number": 12, "ratio": -1.5e3, "mood": "SAD",
				"more": "yes", "counts": {"a": 10, "b": 20}, "planets": [{"name": "Mars", "moonCount": 2}]}""";
		Cut whole = new Cut("é😀 \"q\" \\ 😀\n!", 12, -1500, Mood.SAD, Optional.of("yes"), Map.of("a", 10, "b", 20),
				List.of(new Planet("Mars", 2, null)));
		Flux<GenerateContentResponse> events = Flux.range(0, json.length())
			.map((i) -> GeminiServer.MAPPER.readValue(
					GeminiServer.textResponse(String.valueOf(json.charAt(i)), (i == json.length() - 1) ? "STOP" : null),
					GenerateContentResponse.class));
		List<Cut> shown = values(reader, events).collectList().block();
		assertThat(shown.get(shown.size() - 1)).isEqualTo(whole);
		assertThat(shown).allSatisfy((cut) -> {
			assertThat(cut.text()).matches((text) -> text == null || whole.text().startsWith(text));
			assertThat(cut.number()).isIn(0, 12);
			assertThat(cut.ratio()).isIn(0.0, -1500.0);
			assertThat(cut.mood()).isIn(null, Mood.SAD);
			assertThat(whole.more().get()).startsWith(cut.more().orElse(""));
			assertThat(whole.counts()).containsAllEntriesOf(cut.counts());
			assertThat(cut.planets()).allMatch((planet) -> planet.name() == null || "Mars".startsWith(planet.name()));
		});
	}

	@Test
	void slowSubscriberGetsTheLatestAndTheCompleteValue() {
		EntityReader<Planet> reader = new EntityReaderFactory(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.forType(Planet.class);
		TestPublisher<GenerateContentResponse> events = TestPublisher.create();
		StepVerifier.create(values(reader, events.flux()), 0)
			.then(() -> Stream.of("{\"name\": \"E", "a", "r", "t", "h", "\", \"moonCount\": 1}")
				.map((text) -> GeminiServer.MAPPER.readValue(GeminiServer.textResponse(text, null),
						GenerateContentResponse.class))
				.forEach(events::next))
			.thenRequest(1)
			.expectNext(new Planet("Earth", 1, null))
			.then(events::complete)
			.thenRequest(1)
			.expectNext(new Planet("Earth", 1, null))
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 100_000 })
	void lengthOfAllPartialValuesIsLinear(int length) {
		EntityReader<String> reader = new EntityReaderFactory(GeminiEntitySettings.of(JsonMapper.builder().build()))
			.forType(String.class);
		String[] pieces = ("\"" + "x".repeat(length) + "\"").split("");
		Flux<GenerateContentResponse> events = Flux.range(0, pieces.length)
			.map((i) -> GeminiServer.MAPPER.readValue(
					GeminiServer.textResponse(pieces[i], (i == pieces.length - 1) ? "STOP" : null),
					GenerateContentResponse.class));
		List<String> shown = values(reader, events).collectList().block();
		assertThat(shown.get(shown.size() - 1)).hasSize(length);
		assertThat(shown.stream().mapToLong(String::length).sum()).isLessThan(70L * length);
	}

	@Test
	void valueIsFoundAmongOtherText() {
		this.server.answerTextEvents("\uFEFFSure, 2", " planets:\n``", "`json\n{\"name\": \"Ear",
				"th\", \"moonCount\": 1}", "\n```");
		StepVerifier.create(this.gemini.prompt("Where?").streamEntity(Planet.class))
			.expectNext(new Planet("Ear", 0, null))
			.expectNext(new Planet("Earth", 1, null))
			.expectNext(new Planet("Earth", 1, null))
			.expectNext(new Planet("Earth", 1, null))
			.verifyComplete();
		this.server.answerTextEvents("I count 12", " of them.");
		StepVerifier.create(this.gemini.prompt("How many?").streamEntity(int.class))
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(GeminiResponseMismatchException.class,
					(mismatch) -> assertThat(mismatch.getText()).isEqualTo("I count 12 of them.")));
	}

	@Test
	void cancelClosesTheConnection() throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Boolean> closed = CompletableFuture
				.supplyAsync(() -> sendEventAndAwaitClose(socket, GeminiServer.textResponse("{\"name\": \"Ear", null)));
			GeminiTemplate gemini = new GeminiTemplate(GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER,
					GeminiClientSettings.builder("sk-entity")
						.baseUrl(URI.create("http://127.0.0.1:" + socket.getLocalPort()))
						.build()),
					GeminiDefaults.of("gemini-3.5-flash"));
			StepVerifier.create(gemini.prompt("Where?").streamEntity(Planet.class))
				.expectNext(new Planet("Ear", 0, null))
				.then(() -> assertThat(closed).isNotDone())
				.thenCancel()
				.verify();
			assertThat(closed).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
		}
	}

	private static boolean sendEventAndAwaitClose(ServerSocket server, String event) {
		try (Socket socket = server.accept()) {
			String data = "data: " + event + "\r\n\r\n";
			socket.getOutputStream()
				.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
						+ Integer.toHexString(data.length()) + "\r\n" + data + "\r\n")
					.getBytes(StandardCharsets.UTF_8));
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			return true;
		}
		catch (SocketException ex) {
			// The client has reset the connection.
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static <T> Flux<T> values(EntityReader<T> reader, Flux<GenerateContentResponse> events) {
		AtomicReference<ResponseAccumulator> last = new AtomicReference<>(new ResponseAccumulator());
		Flux<GenerateContentResponse> recorded = events.doOnNext((event) -> {
			if (event.isFunctionResponses()) {
				last.set(new ResponseAccumulator());
			}
			else {
				last.get().add(event);
			}
		});
		return reader.read(recorded, () -> reader.read(last.get().toResponse()));
	}

	record Strict(String first, String second) {

		Strict {
			if (second == null) {
				throw new IllegalStateException("No second");
			}
		}

	}

	private record Cut(@Nullable String text, int number, double ratio, Mood mood, Optional<String> more,
			Map<String, Integer> counts, List<Planet> planets) {

	}

}
