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

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.chat.FaultyRepository;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.client.GeminiMediaSink;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.prompt.PromptImageSpec;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PromptImageSpec}, and for prompts with a {@link GeminiMediaSink} whose
 * response has no media.
 */
class PromptImageTests {

	private static final String IMAGES = """
			{'candidates': [{'content': {'role': 'model', 'parts': [
			 {'thought': true, 'inlineData': {'mimeType': 'image/png', 'data': 'ZHJhZnQ='}},
			 {'text': 'Here'}, {'inlineData': {'mimeType': 'image/png', 'data': 'b25l'}},
			 {'inlineData': {'mimeType': 'audio/wav', 'data': 'YXVkaW8='}}, {'inlineData': {'mimeType': 'image/png'}},
			 {'inlineData': {'mimeType': 'IMAGE/jpeg', 'data': 'dHdv'}}]}, 'finishReason': 'STOP'}]}""";

	private static final String TEXT = """
			{'candidates': [{'content': {'parts': [{'text': 'I cannot draw, sk-0123456789abcdef'}]},
			 'finishReason': 'STOP'}]}""";

	private static final GeminiMediaSink SINK = (mimeType) -> OutputStream.nullOutputStream();

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final PromptSpec prompt = this.server.template().prompt("Draw");

	@Test
	void imagesAreReturnedInOrderWithoutDraftsAndOtherMedia() {
		this.server.answer(IMAGES);
		assertThat(this.prompt.images()).extracting((image) -> new String(image.asBytes()))
			.containsExactly("one", "two");
	}

	@Test
	void lastImageOfTheResponseIsReturned() {
		this.server.answer(IMAGES).answer(IMAGES);
		assertThat(this.prompt.image().asBytes()).asString().isEqualTo("two");
		StepVerifier.create(this.prompt.imageAsync().map((image) -> String.valueOf(image.mimeType())))
			.expectNext("IMAGE/jpeg")
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "NO_IMAGE", "IMAGE_OTHER", "OTHER", "MALFORMED_RESPONSE", "MAX_TOKENS", "STOP" })
	void whenThereIsNoImageThenExceptionHasReasonAndText(String finishReason) {
		this.server.answer(TEXT.replace("STOP", finishReason));
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(this.prompt::image)
			.withMessageStartingWith("The response has no image: the model stopped with " + finishReason)
			.withMessageContaining("it says \"I cannot draw, ***")
			.satisfies((ex) -> assertThat(ex.getResponse().text()).startsWith("I cannot draw"));
	}

	@Test
	void whenResponseIsEmptyThenExceptionHasTheReason() {
		this.server.answer("{'candidates': [{'content': {}, 'finishReason': 'NO_IMAGE', 'finishMessage': 'Unable'}]}");
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(this.prompt::images)
			.withMessage("The response has no image: the model stopped with NO_IMAGE (Unable)");
	}

	@Test
	void lengthOfTheMessageIsLimited() {
		this.server.answer(TEXT.replace("I cannot", "no ".repeat(10_000))
			.replace("'STOP'", "'OTHER', 'finishMessage': '" + "why ".repeat(10_000) + "'"));
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(this.prompt::image)
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1100));
	}

	@Test
	void messageNamesThePartsOfTheResponse() {
		this.server
			.answer("""
					{'candidates': [{'content': {'parts': [{'functionCall': {'name': 'draw'}},
					 {'inlineData': {'mimeType': 'audio/wav', 'data': 'YQ=='}},
					 {'thought': true, 'inlineData': {'mimeType': 'image/png', 'data': 'YQ=='}},
					 {'fileData': {'mimeType': 'image/png', 'fileUri': 'https://example.com/a'}}]}, 'finishReason': 'STOP'}]}
					""");
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(this.prompt::image)
			.withMessageContaining("it has a call of draw, a medium of type audio/wav, a draft of type image/png, "
					+ "a reference to a file of type image/png");
	}

	@Test
	void whenResponseIsBlockedThenItsImagesAreNotReturned() {
		this.server.answer(IMAGES.replace("STOP", "IMAGE_SAFETY"));
		assertThatExceptionOfType(GeminiBlockedException.class).isThrownBy(this.prompt::image)
			.withMessageContaining("IMAGE_SAFETY");
		this.server.answer("{'promptFeedback': {'blockReason': 'PROHIBITED_CONTENT'}}");
		assertThatExceptionOfType(GeminiBlockedException.class).isThrownBy(this.prompt::image)
			.withMessageContaining("PROHIBITED_CONTENT");
	}

	@Test
	void whenModelStoppedByAFaultThenItsImagesAreNotReturned() {
		this.server.answer(IMAGES.replace("STOP", "OTHER"));
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(this.prompt::image)
			.withMessageContaining("is incomplete: the model stopped with OTHER");
	}

	@Test
	void turnWithoutAnImageIsNotAddedToTheChat() {
		GeminiChat chat = new GeminiChats(this.server.template(), new FaultyRepository(), GeminiChatWindow.ALL)
			.chat("a");
		this.server.answer(TEXT).answer(IMAGES);
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(() -> chat.prompt("Draw").image());
		assertThat(chat.conversation()).isEqualTo(GeminiConversation.EMPTY);

		assertThat(chat.prompt("Draw").images()).hasSize(2);
		assertThat(chat.conversation().contents()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>", "A", "AA=A", "data:image/png;base64,AAAA", "ä" })
	void whenImageIsNotBase64ThenReadingItsBytesFails(String data) {
		this.server.answer(IMAGES.replace("dHdv", data));
		Blob image = this.prompt.image();
		assertThatExceptionOfType(GeminiProtocolException.class).isThrownBy(image::asBytes)
			.withMessageStartingWith("A medium of the response is not valid base64");
		this.server.answerEvents(IMAGES.replace("dHdv", data));
		GenerateContentResponse event = this.prompt.stream().blockLast();
		assertThatExceptionOfType(GeminiProtocolException.class)
			.isThrownBy(() -> event.inlineData().forEach(Blob::asBytes));
	}

	@Test
	void imageReplacesAnExistingFile(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("a.png"), "before, and longer");
		this.server.answer(IMAGES);
		Blob image = this.prompt.imageTo(file);

		assertThat(file).hasContent("two");
		assertThat(image.mimeType()).isEqualTo("IMAGE/jpeg");
		assertThat(directory).isDirectoryNotContaining("glob:**.part");
	}

	@Test
	void whenThereIsNoImageThenFileIsUnchanged(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("a.png"), "before");
		this.server.answer(TEXT).answer(IMAGES.replace("dHdv", "no base64"));
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(() -> this.prompt.imageTo(file));
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> this.prompt.imageTo(file))
			.withMessageContaining("not valid base64");

		assertThat(file).hasContent("before");
		assertThat(directory).isDirectoryNotContaining("glob:**.part");
	}

	@Test
	void whenFileCannotBeCreatedThenNothingIsSent(@TempDir Path directory) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.prompt.imageTo(directory))
			.withMessageContaining("must not be a directory");
		assertThatIllegalArgumentException().isThrownBy(() -> this.prompt.imageTo(directory.resolve("x/a.png")))
			.withMessageContaining("must be in a directory that exists");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void imageToAsyncMayBeCalledOnAnEventLoop(@TempDir Path directory) {
		this.server.answer(IMAGES);
		StepVerifier
			.create(Mono.defer(() -> this.prompt.imageToAsync(directory.resolve("a.png")))
				.subscribeOn(Schedulers.parallel()))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(directory.resolve("a.png")).hasContent("two");
	}

	@Test
	void mediaSinkIsRefusedBeforeAnythingIsSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.prompt.mediaSink(SINK).image())
			.withMessageContaining("'mediaSink'");
		assertThat(this.server.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "STOP, GeminiNoMediaException", "NO_IMAGE, GeminiNoMediaException",
			"IMAGE_SAFETY, GeminiBlockedException" })
	void whenSinkIsNotOpenedThenPromptFails(String finishReason, String exception) {
		String text = TEXT.replace("STOP", finishReason);
		this.server.answer(text).answerEvents("{'candidates': [{'content': {'parts': [{'text': 'I '}]}}]}", text);
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> this.prompt.mediaSink(SINK).call())
			.withMessageContaining(finishReason)
			.satisfies((ex) -> assertThat(ex.getClass().getSimpleName()).isEqualTo(exception));
		StepVerifier.create(this.prompt.mediaSink(SINK).stream().map((event) -> event.text().substring(0, 2)))
			.expectNext("I ", "I ")
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining(finishReason)
				.satisfies((failure) -> assertThat(failure.getClass().getSimpleName()).isEqualTo(exception)))
			.verify();
	}

	@Test
	void draftsAreNotMediaOfTheResponse() {
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'thought': true,
				 'inlineData': {'mimeType': 'image/png', 'data': 'YQ=='}}]}, 'finishReason': 'NO_IMAGE'}]}""");
		assertThatExceptionOfType(GeminiNoMediaException.class).isThrownBy(() -> this.prompt.mediaSink(SINK).call())
			.withMessage(
					"The response has no medium: the model stopped with NO_IMAGE; it has a draft of type image/png");
	}

	@Test
	void whenSinkIsOpenedThenPromptSucceeds() {
		this.server.answer(IMAGES).answerEvents(IMAGES, TEXT);
		assertThat(this.prompt.mediaSink(SINK).call().text()).isEqualTo("Here");
		StepVerifier.create(this.prompt.mediaSink(SINK).stream()).expectNextCount(2).verifyComplete();
	}

}
