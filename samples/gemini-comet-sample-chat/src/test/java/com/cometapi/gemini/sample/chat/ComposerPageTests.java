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

package com.cometapi.gemini.sample.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Part;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the composer of questions: files, tools, settings, and its layout in windows.
 */
class ComposerPageTests extends AbstractPageTests {

	private static final String TRANSFER = """
			const [name, type, size] = arguments;
			const transfer = new DataTransfer();
			transfer.items.add(new File([new Uint8Array(size)], name, { type }));
			""";

	@AfterEach
	void resetEmulation() {
		browser.resetEmulation();
	}

	@Test
	void pictureIsSentWithoutText() {
		drop("a.png", "image/png", 3);
		browser.await(() -> browser.findAll("#previews img").size() == 1);
		browser.click("#send");
		browser.awaitAnswer();

		assertThat(lastRequest().request().contents().get(0).parts()).singleElement()
			.extracting((part) -> part.inlineData().mimeType())
			.isEqualTo("image/png");
		assertThat(browser.isShown(".said")).isFalse();
		assertThat(browser.findAll(".question img")).hasSize(1);
		assertThat(browser.texts("#chat-list .open")).containsExactly("a.png");
	}

	@Test
	void whenThereIsNothingToSendThenPageSaysSo() {
		browser.type("#question", "  ", Keys.ENTER);

		assertThat(browser.text("#notice")).isEqualTo("Write something, or attach a file.");
		assertThat(this.simulator.requests()).noneMatch((request) -> request.model() != null);
	}

	@Test
	void whenAnswerIsArrivingThenNextQuestionStaysInTheComposer() {
		this.simulator.next().text("One two three").stallAfterEvents(2);
		browser.ask("Count");
		browser.await(() -> browser.text(".answer .body").equals("One two"));
		browser.type("#question", "And then?", Keys.ENTER);

		assertThat(browser.text("#notice")).isEqualTo("Gemini is still answering. Stop it first, or wait.");
		assertThat(browser.find("#question").getDomProperty("value")).isEqualTo("And then?");
		browser.click("#stop");
		browser.awaitAnswer();
		browser.type("#question", Keys.ENTER);
		browser.await(() -> browser.texts(".said").equals(List.of("Count", "And then?")));
		browser.awaitAnswer();
		assertThat(browser.text("#notice")).isEmpty();
	}

	@Test
	void soundsAndDocumentsAndVideosAreAttachedInSeveralWays(@TempDir Path directory) throws IOException {
		Path sound = Files.write(directory.resolve("sound.mp3"), new byte[] { 1 });
		Path document = Files.write(directory.resolve("document.pdf"), new byte[] { 2 });
		browser.type("#files", sound + "\n" + document);
		browser.await(() -> browser.findAll("#previews li").size() == 2);
		drop("video.mp4", "video/mp4", 3);
		browser.await(() -> browser.findAll("#previews li").size() == 3);
		paste("sound.wav", "audio/wav", 4);
		browser.await(() -> browser.findAll("#previews li").size() == 4);
		List<String> names = List.of("sound.mp3", "document.pdf", "video.mp4", "sound.wav");
		assertThat(browser.texts("#previews li")).isEqualTo(names);
		browser.ask("What is in these files?");
		browser.awaitAnswer();

		assertThat(lastRequest().request().contents().get(0).parts()).extracting(Part::inlineData)
			.filteredOn((data) -> data != null)
			.extracting(Blob::mimeType)
			.containsExactly("audio/mpeg", "application/pdf", "video/mp4", "audio/wav");
		assertThat(browser.texts(".question .filename")).isEqualTo(names);
	}

	@Test
	void whenFileIsStillReadThenTheQuestionWaitsForIt() {
		holdReading("window.release = () => read.call(this, file)");
		drop("a.png", "image/png", 3);
		browser.await(() -> browser.run("return Boolean(window.release)").equals(true));
		browser.type("#question", "What is this?", Keys.ENTER);
		assertThat(browser.findAll(".question")).isEmpty();
		browser.run("window.release()");
		browser.awaitAnswer();

		assertThat(lastRequest().request().contents().get(0).parts()).extracting(Part::inlineData)
			.filteredOn((data) -> data != null)
			.hasSize(1);
	}

	@Test
	void whenFileCannotBeReadThenPageSaysSo() {
		holdReading("this.dispatchEvent(new ProgressEvent('error'))");
		drop("a.png", "image/png", 3);
		browser.await(() -> browser.text("#notice").equals("a.png cannot be read."));
		browser.ask("What is this?");
		browser.awaitAnswer();

		assertThat(browser.findAll(".question img")).isEmpty();
	}

	private static void holdReading(String instead) {
		browser.run("""
				const read = FileReader.prototype.readAsDataURL;
				FileReader.prototype.readAsDataURL = function(file) {
					%s;
				};
				""".formatted(instead));
	}

	@Test
	void whenFilesAreTooLargeThenPageSaysSo() {
		drop("large.pdf", "application/pdf", 8 * 1024 * 1024);
		browser.await(() -> browser.findAll("#previews li").size() == 1);
		drop("second.pdf", "application/pdf", 4 * 1024 * 1024);
		browser
			.await(() -> browser.text("#notice").equals("second.pdf is too large: all files together may have 11 MB."));

		assertThat(browser.texts("#previews li")).containsExactly("large.pdf");
	}

	@Test
	void settingsOfThePanelReachTheModel() {
		browser.click("#open-settings");
		browser.type("#settings [name=system]", "Be brief.");
		browser.type("#settings [name=temperature]", "0.5");
		browser.type("#settings [name=maxOutputTokens]", "100");
		browser.select("#settings [name=safety]", "Block little");
		browser.type("#settings [name=safety]", Keys.ESCAPE);
		assertThat(browser.isShown("#settings")).isFalse();
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(lastRequest().json().at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be brief.");
		assertThat(lastRequest().json().at("/generationConfig/temperature").asDouble()).isEqualTo(0.5);
		assertThat(lastRequest().json().at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(100);
		assertThat(lastRequest().json().at("/safetySettings")).hasSize(4)
			.allSatisfy((setting) -> assertThat(setting.path("threshold").asString()).isEqualTo("BLOCK_ONLY_HIGH"));
	}

	@ParameterizedTest
	@CsvSource({ "1440, 900", "768, 1024", "844, 390" })
	void toolsAndTextAndModelAreOneRow(int width, int height) {
		browser.setViewport(width, height);
		switchOnTools();

		assertThat(browser.texts("#chips .chip")).containsExactly("Search", "Code", "Thinking: Low");
		browser.awaitAsserted(() -> {
			assertThat(List.of("#open-tools", "#chips", "#model", "#send"))
				.allSatisfy((part) -> assertThat(middle(part)).isCloseTo(middle("#question"), Offset.offset(2)));
			assertThat(pixels(".card", "height")).isLessThan(60);
			assertThat(pixels("#page", "height")).as("height for reading").isGreaterThan(height * 2 / 3);
		});
	}

	@Test
	void textOfSeveralLinesHasTheWholeWidth() {
		switchOnTools();
		browser.type("#question", "A question of so many words that they need more than one line beside the tools");

		browser.await(() -> pixels("#question", "width") > pixels(".card", "width") * 9 / 10);
		browser.await(() -> pixels("#question", "bottom") <= pixels("#chips", "top"));
		browser.type("#question", Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
		browser.await(() -> pixels(".card", "height") < 60);
		browser.toggle("json");
		browser
			.await(() -> pixels("#question", "bottom") <= pixels("#chips", "top") && pixels(".card", "height") < 100);
	}

	@Test
	void onAPhoneToolsAndModelAreAboveTheText() {
		browser.setViewport(390, 844);
		switchOnTools();

		browser.awaitAsserted(() -> {
			assertThat(pixels("#model", "bottom")).isLessThanOrEqualTo(pixels("#question", "top"));
			assertThat(pixels("#open-tools", "top")).isEqualTo(pixels("#send", "top"));
			assertThat(pixels("#page", "height")).as("height for reading").isGreaterThan(844 * 2 / 3);
		});
	}

	private void switchOnTools() {
		browser.toggle("search");
		browser.toggle("code");
		browser.selectTool("[name=thinkingLevel]", "Low");
	}

	private static int middle(String selector) {
		return (pixels(selector, "top") + pixels(selector, "bottom")) / 2;
	}

	private static int pixels(String selector, String name) {
		return ((Number) browser.run(
				"return Math.round(document.querySelector('%s').getBoundingClientRect().%s)".formatted(selector, name)))
			.intValue();
	}

	private static void drop(String name, String type, int size) {
		browser.run(TRANSFER
				+ "document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))", name,
				type, size);
	}

	private static void paste(String name, String type, int size) {
		browser.run(
				TRANSFER + "document.getElementById('question')"
						+ ".dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))",
				name, type, size);
	}

}
