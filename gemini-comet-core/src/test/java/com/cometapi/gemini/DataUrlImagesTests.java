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

package com.cometapi.gemini;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.chat.FaultyRepository;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for images in texts, as data URLs.
 */
@ExtendWith(OutputCaptureExtension.class)
class DataUrlImagesTests {

	private static final String URL = "![image](data:image/png;base64,aW1hZ2U=)";

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final GeminiTemplate reading = this.server.template((settings) -> settings.readDataUrls(true));

	@Test
	void imageInATextIsReadAsAnImage() {
		this.server.answer(response("Here! " + URL + " Done")).answer(response(URL));
		GenerateContentResponse response = this.reading.prompt("Draw").call();

		assertThat(response.parts()).containsExactly(Part.text("Here! "), image("image/png", "image"),
				Part.text(" Done"));
		assertThat(this.reading.prompt("Draw").image().asBytes()).asString().isEqualTo("image");
	}

	@ParameterizedTest
	@ValueSource(strings = { URL, "![](data:image/png;base64,aW1hZ2U=)", "![a b](data:image/png;base64,aW1hZ2U)",
			"![a]( data:image/png;base64,aW1h\\nZ2U= )", "![a](<data:image/png;base64,aW1hZ2U=>)",
			"![a](data:IMAGE/PNG;base64,aW1hZ2U= \\\"A title\\\")", "![a](data:image/png;name=a.png;base64,aW1hZ2U=)" })
	void formsOfMarkdownAreRead(String markdown) {
		this.server.answer(response(markdown));
		assertThat(this.reading.prompt("Draw").image().asBytes()).asString().isEqualTo("image");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 30, 500 })
	void imageIsReadHoweverItIsSplitIntoEvents(int size) {
		this.server.answerEvents(events("Wow!! " + URL + "![" + URL + " Done!", size));
		List<GenerateContentResponse> events = this.reading.prompt("Draw").stream().collectList().block();

		ResponseAccumulator whole = new ResponseAccumulator();
		events.forEach(whole::add);
		assertThat(whole.toResponse().parts()).containsExactly(Part.text("Wow!! "), image("image/png", "image"),
				Part.text("!["), image("image/png", "image"), Part.text(" Done!"));
		assertThat(whole.toResponse().finishReason()).hasToString("STOP");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Hi! ![a](https://example.com/a.png)", "![a](data:image/png;base64,aW1hZ2U=",
			"![a](data:image/png;base64,aW1hZ2U=]", "![a](data:image/png;base64,a=b)", "![a](data:image/png;base64,)",
			"[a](data:image/png;base64,aW1hZ2U=)", "![a](data:text/plain;base64,aW1hZ2U=)", "!", "![", "!!![[](data:",
			"![a](data:image/svg+xml,<svg/>)" })
	void textThatIsNotAnImageStaysText(String text) {
		for (int size : new int[] { 1, 3, 100 }) {
			this.server.answerEvents(events(text, size));
			assertThat(String.join("", this.reading.prompt("Draw").streamText().collectList().block())).isEqualTo(text);
		}
		this.server.answer(response(text));
		assertThat(this.reading.prompt("Draw").call().parts()).containsExactly(Part.text(text));
	}

	@Test
	void withheldTextIsEmittedBeforeAFailure() {
		this.server.answerEvents("{'candidates': [{'content': {'parts': [{'text': 'Wow!'}]}}]}");
		StepVerifier.create(this.reading.prompt("Draw").streamText())
			.expectNext("Wow")
			.expectNext("!")
			.expectError(GeminiException.class)
			.verify();
	}

	@Test
	void otherMembersOfThePartAndOtherPartsAreKept() {
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': 'No! %1$s', 'thought': true},
				 {'text': '%1$s', 'thoughtSignature': 'c2ln'}, {'text': 'A!'}, {'functionCall': {'name': 'f'}}]},
				 'finishReason': 'STOP'}]}""".formatted(URL));
		assertThat(this.reading.prompt("Draw").call().parts()).containsExactly(
				Part.builder().text("No! " + URL).thought(true).build(),
				image("image/png", "image").toBuilder().thoughtSignature("c2ln").build(), Part.text("A"),
				Part.text("!"), Part.functionCall(FunctionCall.builder().name("f").build()));
	}

	@Test
	void imagesAreWrittenToTheSink() {
		List<ByteArrayOutputStream> taken = new ArrayList<>();
		var prompt = this.reading.prompt("Draw").mediaSink((mimeType) -> {
			taken.add(new ByteArrayOutputStream());
			return taken.get(taken.size() - 1);
		});
		this.server.answer(response("Here " + URL)).answerEvents(events("Here " + URL, 9));

		Blob image = prompt.call().inlineData().get(0);
		assertThat(image.mimeType()).isEqualTo("image/png");
		assertThat(image.data().length()).isZero();
		assertThat(String.join("", prompt.streamText().collectList().block())).isEqualTo("Here ");
		assertThat(taken).extracting(ByteArrayOutputStream::toString).containsExactly("image", "image");

		this.server.answer(response(URL));
		assertThatExceptionOfType(GeminiMediaSinkException.class)
			.isThrownBy(() -> this.reading.prompt("Draw").mediaSink((mimeType) -> {
				throw new IllegalStateException("Full");
			}).call())
			.withMessageContaining("Full");
	}

	@Test
	void chatSendsTheImageBackAsAnImage() {
		GeminiChat chat = new GeminiChats(this.reading, new FaultyRepository(), GeminiChatWindow.ALL).chat("a");
		this.server.answerEvents(events("Here " + URL, 5));
		chat.prompt("Draw").streamText().blockLast();
		chat.prompt("More").text();

		assertThat(this.server.requests().get(1).contents().get(1).parts()).containsExactly(Part.text("Here "),
				image("image/png", "image"));
	}

	@Test
	void imagesInTheTextsOfAHistoryAreSentAsImages() {
		this.reading.prompt("More").history(List.of(Content.user(URL), Content.model("Here " + URL))).call();

		assertThat(this.server.requests().get(0).contents()).containsExactly(Content.user(URL),
				Content.model(Part.text("Here "), image("image/png", "image")), Content.user("More"));
	}

	@Test
	void withoutThePropertyTextStaysTextAndAHintIsLoggedOnce(CapturedOutput output) {
		GeminiTemplate gemini = this.server.template();
		this.server.answer(response(URL));
		GenerateContentResponse response = gemini.prompt("Draw").call();
		assertThat(response.text()).isEqualTo(URL);
		assertThat(output).doesNotContain("read-data-urls");

		for (int i = 0; i < 2; i++) {
			gemini.prompt("More").history(List.of(Content.user("Draw"), response.content())).call();
		}
		assertThat(output.toString().split("cometapi.gemini.read-data-urls", -1)).hasSize(2);
		assertThat(this.server.requests().get(2).contents().get(1).text()).isEqualTo(URL);
	}

	@Test
	void withoutThePropertyTheAbsenceOfAnImageIsExplained() {
		this.server.answer(response(URL));
		assertThatExceptionOfType(GeminiNoMediaException.class)
			.isThrownBy(() -> this.server.template().prompt("Draw").image())
			.withMessageContaining("its text has an image, which 'cometapi.gemini.read-data-urls' reads");
	}

	@Test
	void totalTimeoutInterruptsASinkThatBlocks() throws Exception {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.server.answer(response(URL));
		try {
			assertThatExceptionOfType(GeminiTimeoutException.class).isThrownBy(
					() -> this.reading.prompt("Draw").totalTimeout(Duration.ofMillis(300)).mediaSink((mimeType) -> {
						try {
							new CountDownLatch(1).await();
						}
						catch (InterruptedException ex) {
							interrupted.countDown();
							throw new IOException(ex);
						}
						return OutputStream.nullOutputStream();
					}).call());

			assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
			Awaitility.await()
				.during(Duration.ofMillis(300))
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(dropped).isEmpty());
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
	}

	@Test
	void largeImageOverManyEventsIsRead() {
		byte[] bytes = new byte[300_000];
		new Random(1).nextBytes(bytes);
		String data = Base64.getEncoder().encodeToString(bytes);
		this.server.answerEvents(events("![image](data:image/jpeg;base64," + data + ")", 1000));
		assertThat(this.reading.prompt("Draw").stream().collectList().block())
			.flatExtracting(GenerateContentResponse::inlineData)
			.singleElement()
			.satisfies((image) -> assertThat(image.asBytes()).isEqualTo(bytes));
	}

	private static Part image(String mimeType, String data) {
		return Part.inlineData(mimeType, data.getBytes(StandardCharsets.US_ASCII));
	}

	private static String response(String text) {
		return "{'candidates': [{'content': {'role': 'model', 'parts': [{'text': '" + text
				+ "'}]}, 'finishReason': 'STOP'}]}";
	}

	private static String[] events(String text, int size) {
		Stream.Builder<String> events = Stream.builder();
		for (int i = 0; i < text.length(); i += size) {
			events.add("{'candidates': [{'content': {'parts': [{'text': '"
					+ text.substring(i, Math.min(i + size, text.length())) + "'}]}}]}");
		}
		events.add("{'candidates': [{'finishReason': 'STOP'}]}");
		return events.build().toArray(String[]::new);
	}

}
