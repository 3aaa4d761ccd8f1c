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
import java.util.Base64;
import java.util.List;

import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the parts of an answer other than text: functions, tables, pictures, code and
 * sources.
 */
class PartsPageTests extends AbstractPageTests {

	private static final byte[] PNG = Base64.getDecoder()
		.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

	private static final String TOP_LEFT_COLOURS = """
			return [...document.querySelectorAll('.answer .picture img')].map((img) => {
				const canvas = document.createElement('canvas');
				const context = canvas.getContext('2d');
				context.drawImage(img, 0, 0);
				return `rgb(${[...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join(', ')})`;
			}).join(' then ')
			""";

	@Test
	void functionCallsAndTheirResultsAreShownAsCards() {
		browser.click("[data-features=functions]");
		browser.awaitAnswer();

		assertThat(lastRequest().json().at("/tools/0/functionDeclarations").size()).isEqualTo(4);
		assertThat(browser.texts(".call h3")).containsExactly("weather", "weather");
		assertThat(browser.texts(".call > dl")).containsExactly("city\nParis", "city\nTokyo");
		assertThat(browser.findAll(".call")).extracting((call) -> call.getDomAttribute("aria-label"))
			.containsExactly("Function weather Paris", "Function weather Tokyo");
		assertThat(browser.texts(".call .result")).containsExactly("city\nParis\ncelsius\n12\nsky\nCLOUDY",
				"city\nTokyo\ncelsius\n15\nsky\nSUNNY");
		assertThat(browser.findAll(".body > .prose:first-child + .calls + .prose")).hasSize(1);
		List<String> shown = browser.texts(".body > *");
		openPage();
		browser.await(() -> browser.texts(".body > *").equals(shown));
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void whenFunctionFailsThenItsCardSaysWhy() {
		browser.toggle("functions");
		browser.ask("How is the weather in Atlantis?");
		browser.awaitAnswer();

		assertThat(browser.text(".call.failed .result")).contains("Unknown city. Known cities: Berlin");
	}

	@Test
	void whenFunctionsOrTableAreSwitchedOnThenOthersAreSwitchedOff() {
		browser.toggle("search");
		browser.toggle("code");
		browser.toggle("functions");
		assertThat(browser.findAll("[name=features]:checked")).extracting((box) -> box.getDomProperty("value"))
			.containsExactly("functions", "thoughts");
		browser.toggle("table");
		browser.toggle("search");
		assertThat(browser.findAll("[name=features]:checked")).extracting((box) -> box.getDomProperty("value"))
			.containsExactly("search", "thoughts");
	}

	@Test
	void typedAnswerIsShownAsTable() {
		this.simulator.next();
		this.events.hold(0);
		browser.click("[data-features=table]");
		browser.await(() -> {
			this.events.pass(1);
			return browser.isShown(".answer[aria-busy=true] tbody tr");
		});
		this.events.reset();
		browser.awaitAnswer();

		assertThat(browser.text(".answer caption")).isEqualTo("Simulated title");
		assertThat(browser.texts(".answer th")).containsExactly("name", "value", "unit", "remark");
		assertThat(browser.findAll(".answer tbody tr")).hasSize(3);
		assertThat(browser.texts(".answer td:first-child")).containsExactly("Simulated name", "Simulated name 2",
				"Simulated name 3");
		String shown = browser.text(".answer table");
		openPage();
		browser.await(() -> browser.text(".answer table").equals(shown));
		assertThat(browser.isShown(".answer pre")).isFalse();
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void pictureIsDrawnAndChangedAndShownAgain() {
		browser.click("[data-features=image]");
		browser.awaitAnswer();
		browser.ask("Make the sky purple.");
		browser.awaitAnswer();

		assertThat(browser.findAll(".answer .picture img")).hasSize(2);
		assertThat(browser.isShown(".failure")).isFalse();
		browser.await(() -> browser.run(TOP_LEFT_COLOURS).toString().endsWith("rgb(125, 60, 184)"));
		Object drawn = browser.run(TOP_LEFT_COLOURS);
		openPage();
		browser.await(() -> browser.run(TOP_LEFT_COLOURS).equals(drawn));
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void jsonIsShownPretty() {
		this.simulator.next().text("{\"planets\":[{\"name\":\"Mercury\"}]}");
		browser.toggle("json");
		browser.ask("List planets");
		browser.awaitAnswer();

		assertThat(browser.text(".answer pre")).isEqualTo("""
				{
				  "planets": [
				    {
				      "name": "Mercury"
				    }
				  ]
				}""");
		assertThat(lastRequest().json().at("/generationConfig/responseMimeType").asString())
			.isEqualTo("application/json");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void sourcesAndSuggestionsOfSearchAreShown() {
		this.simulator.next()
			.raw(200, "text/event-stream",
					"""
							data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Spain won."}]},"finishReason":"STOP",\
							"groundingMetadata":{"webSearchQueries":["euro 2024"],\
							"searchEntryPoint":{"renderedContent":"<style>.chip{color:red}</style><a class=chip href=https://www.google.com/search?q=euro>euro 2024</a>"},\
							"groundingChunks":[{"web":{"uri":"https://www.uefa.com/","title":"uefa.com"}},{"web":{"uri":"javascript:alert(1)","title":"bad"}}]}}]}

							""");
		browser.toggle("search");
		browser.ask("Who won the Euro 2024?");
		browser.awaitAnswer();

		assertThat(browser.findAll(".sources li a")).singleElement().satisfies((link) -> {
			assertThat(link.getText()).isEqualTo("uefa.com");
			assertThat(link.getDomAttribute("href")).isEqualTo("https://www.uefa.com/");
			assertThat(link.getDomAttribute("rel")).contains("noopener");
		});
		WebElement suggestion = browser.find(".suggestions").getShadowRoot().findElement(By.cssSelector("a.chip"));
		assertThat(suggestion.getText()).isEqualTo("euro 2024");
		assertThat(suggestion.getCssValue("color")).isEqualTo("rgba(255, 0, 0, 1)");
		assertThat(lastRequest().json().at("/tools/0").has("googleSearch")).isTrue();
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void codeThatTheModelRanIsShown() {
		this.simulator.next()
			.raw(200, "text/event-stream",
					"""
							data: {"candidates":[{"content":{"role":"model","parts":[\
							{"executableCode":{"language":"PYTHON","code":"print(6 * 7)"}},\
							{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"42\\n"}},{"text":"It is 42."}]},"finishReason":"STOP"}]}

							""");
		browser.toggle("code");
		browser.ask("Compute 6 * 7");
		browser.awaitAnswer();

		assertThat(browser.findAll(".run pre")).extracting(WebElement::getText).containsExactly("print(6 * 7)", "42");
		assertThat(browser.text(".body")).endsWith("It is 42.");
	}

	@Test
	void picturesAreSentAndPicturesOfTheModelAreShown(@TempDir Path directory) throws IOException {
		String png = Base64.getEncoder().encodeToString(PNG);
		this.simulator.next().raw(200, "text/event-stream", """
				data: {"candidates":[{"content":{"role":"model","parts":[\
				{"inlineData":{"mimeType":"image/png","data":"%s"}}]},"finishReason":"STOP"}]}

				""".formatted(png));
		Path first = Files.write(directory.resolve("first.png"), PNG);
		Path second = Files.write(directory.resolve("second.png"), PNG);
		Path text = Files.writeString(directory.resolve("archive.zip"), "no picture");
		browser.type("#files", first + "\n" + second + "\n" + text);
		browser.await(() -> browser.findAll("#previews img").size() == 2);
		assertThat(browser.text("#notice")).isEqualTo("Gemini cannot read archive.zip.");
		browser.click("#previews li:last-child button");
		browser.ask("What is this?");
		browser.awaitAnswer();

		List<Part> parts = lastRequest().request().contents().get(0).parts();
		assertThat(parts).hasSize(2);
		assertThat(lastRequest().json().at("/contents/0/parts/0/inlineData/data").asString()).isEqualTo(png);
		assertThat(browser.findAll(".question img")).hasSize(1);
		browser
			.await(() -> browser.run("return document.querySelector('.answer .picture img').naturalWidth").equals(1L));
		assertThat(browser.findAll("#previews li")).isEmpty();
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void pictureCanBeDroppedAndPasted() {
		String transfer = """
				const transfer = new DataTransfer();
				transfer.items.add(new File([Uint8Array.of(1, 2, 3)], 'a.png', { type: 'image/png' }));
				""";
		browser.run(transfer
				+ "document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))");
		browser.await(() -> browser.findAll("#previews li").size() == 1);
		browser.run(transfer + "document.getElementById('question')"
				+ ".dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))");
		browser.await(() -> browser.findAll("#previews li").size() == 2);
	}

}
