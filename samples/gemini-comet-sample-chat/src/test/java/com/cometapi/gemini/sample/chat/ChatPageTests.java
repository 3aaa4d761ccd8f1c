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
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page in a browser, in demo mode.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=", "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
class ChatPageTests {

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

	private static Browser browser;

	@LocalServerPort
	private int port;

	@Autowired
	private GeminiSimulator simulator;

	@BeforeAll
	static void startBrowser() throws IOException {
		browser = Browser.start();
	}

	@AfterAll
	static void closeBrowser() throws IOException {
		if (browser != null) {
			browser.close();
		}
	}

	@BeforeEach
	void openEmptyPage() {
		this.simulator.reset();
		browser.open("http://localhost:" + this.port + "/comet.svg");
		browser.run("localStorage.clear(); sessionStorage.clear()");
		openPage();
	}

	private void openPage() {
		browser.open("http://localhost:" + this.port);
		browser.await(() -> !browser.text("#badge").isEmpty() && browser.findAll("#model option").size() > 2);
		browser.complaints();
	}

	@Test
	void thoughtsAndAnswerStreamIn() {
		this.simulator.next()
			.events(List.of(event(thought("Let me "), null), event(thought("think."), null),
					event(Part.text("The answer "), null), event(Part.text("is 42."), FinishReason.STOP)))
			.pace(Duration.ofSeconds(1));
		browser.ask("What is the answer?");

		browser.await(() -> browser.text(".thoughts[open] .prose").equals("Let me"));
		browser.await(() -> browser.text(".thoughts[open] .prose").equals("Let me think."));
		assertThat(browser.text(".thoughts summary")).isEqualTo("Thinking …");
		assertThat(browser.isShown("#stop")).isTrue();
		browser.await(() -> browser.text(".answer .body").equals("The answer"));
		assertThat(browser.isShown(".thoughts[open]")).isFalse();
		assertThat(browser.text(".thoughts summary")).startsWith("Thought for");
		browser.awaitAnswer();
		assertThat(browser.text(".answer .body")).isEqualTo("The answer is 42.");
		assertThat(browser.text("#status")).isEqualTo("Answered");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void whenThereIsNoKeyThenPageShowsSimulatedAnswer() throws IOException {
		browser.ask("Explain how AI works in a few words.");
		browser.awaitAnswer();

		assertThat(browser.text("#badge"))
			.isEqualTo("Demo mode – answers are simulated, set COMETAPI_KEY to talk to CometAPI");
		assertThat(browser.text(".answer .body")).containsIgnoringCase("simulated");
		assertThat(browser.text(".tokens")).contains("prompt", "answer", "thoughts", "total");
		assertThat(browser.complaints()).isEmpty();
		browser.saveScreenshot(Path.of("target", "chat-page.png"));
	}

	@Test
	void markdownIsRendered() {
		this.simulator.next().text("""
				# Title

				Some **bold** text.

				| a | b |
				|---|---|
				| 1 | 2 |

				```java
				int answer = 42;
				```
				""");
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.text(".answer h1")).isEqualTo("Title");
		assertThat(browser.text(".answer .prose strong")).isEqualTo("bold");
		assertThat(browser.findAll(".answer td")).hasSize(2);
		assertThat(browser.text(".answer pre code.language-java .hljs-number")).isEqualTo("42");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void whatModelWritesIsNeverRun() {
		this.simulator.next().text("""
				<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">
				<a href="javascript:window.hacked=3">link</a> [link](javascript:window.hacked=4)

				![picture](https://elsewhere.example/leak.png) <form action="/api"><button>send</button></form>
				""");
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.run("return window.hacked")).isNull();
		assertThat(browser.findAll(".body :is(script, img, form, button, [onerror], [href^=javascript])")).isEmpty();
		assertThat(browser.find(".body a[href='https://elsewhere.example/leak.png']").getText()).isEqualTo("picture");
	}

	@ParameterizedTest
	@CsvSource({ "#stop", "Escape" })
	void whenStoppedThenCallUpstreamIsCancelledAndTextStays(String how) {
		this.simulator.next().text("One word after another. ".repeat(500));
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		if (how.equals("Escape")) {
			browser.type("#question", Keys.ESCAPE);
		}
		else {
			browser.click(how);
		}
		browser.awaitAnswer();

		assertThat(browser.text(".notes")).isEqualTo("Stopped, and not kept in the conversation");
		assertThat(browser.text(".answer .body")).startsWith("One word");
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.simulator.cancelledStreams() == 1);
	}

	@Test
	void conversationGoesAlongWithNextQuestion() {
		this.simulator.next().text("Blue.");
		browser.ask("Which colour has the sky?");
		browser.awaitAnswer();
		browser.ask("And at night?");
		browser.awaitAnswer();

		assertThat(lastRequest().request().contents()).hasSize(3).satisfies((contents) -> {
			assertThat(contents.get(1).role()).isEqualTo("model");
			assertThat(contents.get(1).parts()).singleElement().extracting(Part::text).isEqualTo("Blue.");
		});
		assertThat(browser.findAll(".turn")).hasSize(4);
	}

	@Test
	void conversationsAreListedOpenedAndDeleted() {
		assertThat(browser.isShown("#chats")).isFalse();
		this.simulator.next().text("Blue.");
		browser.ask("Which colour has the sky?");
		browser.awaitAnswer();
		browser.click("#new-chat");
		assertThat(browser.findAll(".turn")).isEmpty();
		this.simulator.next().text("{\"sun\":\"yellow\"}");
		browser.toggle("json");
		browser.ask("And the sun?");
		browser.awaitAnswer();

		assertThat(browser.texts("#chat-list .open")).containsExactly("And the sun?", "Which colour has the sky?");
		browser.click("#chat-list li:last-child .open");
		browser.await(() -> browser.text(".answer .body").equals("Blue."));
		assertThat(browser.text(".question .said")).isEqualTo("Which colour has the sky?");
		assertThat(browser.text("#chat-list [aria-current]")).isEqualTo("Which colour has the sky?");
		openPage();
		browser.await(() -> browser.text(".answer .body").equals("Blue."));
		browser.click("#chat-list li:first-child .open");
		browser.await(() -> browser.text(".answer .body pre").contains("\"sun\": \"yellow\""));

		browser.click("#chat-list li:first-child .remove");
		browser.confirm();
		browser.await(() -> browser.text("#status").equals("Conversation deleted"));
		assertThat(browser.texts("#chat-list .open")).containsExactly("Which colour has the sky?");
		assertThat(browser.findAll(".turn")).isEmpty();
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void whenServerHasForgottenTheConversationThenPageSaysSo() {
		browser.run("localStorage.conversations = JSON.stringify([{ id: crypto.randomUUID(), title: 'Old' },"
				+ "{ id: '../../actuator', title: 'Bad' }])");
		openPage();
		assertThat(browser.texts("#chat-list .open")).containsExactly("Old");
		browser.click("#chat-list .open");

		browser.await(() -> browser.text("#notice").equals("The server does not remember this conversation any more."));
		assertThat(browser.isShown("#welcome")).isTrue();
	}

	@Test
	void functionCallsAndTheirResultsAreShownAsCards() {
		browser.click("[data-features=functions]");
		browser.awaitAnswer();

		assertThat(lastRequest().json().at("/tools/0/functionDeclarations").size()).isEqualTo(3);
		assertThat(browser.texts(".call h3")).containsExactly("weather", "weather");
		assertThat(browser.texts(".call > dl")).containsExactly("city\nParis", "city\nTokyo");
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

		assertThat(browser.text(".call.failed .result")).contains("The city is not known. Known are: Berlin");
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
		browser.click("[data-features=table]");
		browser.await(() -> browser.isShown(".answer[aria-busy=true] tbody tr"));
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
		assertThat(browser.run(TOP_LEFT_COLOURS)).asString().endsWith("rgb(125, 60, 184)");
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
		Path text = Files.writeString(directory.resolve("text.txt"), "no picture");
		browser.type("#files", first + "\n" + second + "\n" + text);
		browser.await(() -> browser.findAll("#previews img").size() == 2);
		assertThat(browser.text("#notice")).isEqualTo("text.txt is not a picture that Gemini reads.");
		browser.click("#previews li:last-child button");
		browser.ask("What is this?");
		browser.awaitAnswer();

		List<Part> parts = lastRequest().request().contents().get(0).parts();
		assertThat(parts).hasSize(2);
		assertThat(lastRequest().json().at("/contents/0/parts/0/inlineData/data").asString()).isEqualTo(png);
		assertThat(browser.findAll(".question img")).hasSize(1);
		assertThat(browser.run("return document.querySelector('.answer .picture img').naturalWidth")).isEqualTo(1L);
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

	@Test
	void thinkingControlFollowsModel() {
		assertThat(browser.isShown("#budget-choice")).isTrue();
		assertThat(browser.isShown("#level-choice")).isFalse();

		browser.select("[name=thinkingBudget]", "Tokens");
		assertThat(browser.isShown("#tokens-choice")).isTrue();
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(lastRequest().json().at("/generationConfig/thinkingConfig/thinkingBudget").asInt()).isEqualTo(4096);

		browser.select("#model", "gemini-3-flash-preview");
		assertThat(browser.isShown("#budget-choice")).isFalse();
		assertThat(browser.isShown("#tokens-choice")).isFalse();
		browser.select("[name=thinkingLevel]", "Low");
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(lastRequest().model()).isEqualTo("gemini-3-flash-preview");
		assertThat(lastRequest().json().at("/generationConfig/thinkingConfig/thinkingLevel").asString())
			.isEqualTo("LOW");

		browser.select("#model", "Other model …");
		browser.type("#other-model-id", "gemini-2.0-flash");
		assertThat(browser.isShown("#thinking")).isFalse();
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(lastRequest().model()).isEqualTo("gemini-2.0-flash");
		assertThat(lastRequest().json().at("/generationConfig/thinkingConfig").isMissingNode()).isTrue();
	}

	@Test
	void whenCallFailsThenPageSaysWhyAndKeepsTheQuestion() {
		this.simulator.next().error(429, "Slow down").times(10);
		browser.type("#question", "First line", Keys.chord(Keys.SHIFT, Keys.ENTER), "second line", Keys.ENTER);
		browser.awaitAnswer();

		assertThat(browser.text(".failure")).contains("Slow down");
		assertThat(browser.find("#question").getDomProperty("value")).isEqualTo("First line\nsecond line");
	}

	@Test
	void whenAnswerEndsEarlyThenPageSaysWhy() {
		this.simulator.next()
			.raw(200, "text/event-stream",
					"""
							data: {"candidates":[{"content":{"role":"model","parts":[{"text":"It be"}]},"finishReason":"MAX_TOKENS"}]}

							""");
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.text(".notes")).isEqualTo("The answer reached its token limit (MAX_TOKENS)");
	}

	@Test
	void eventsAreReadHoweverTheBytesAreCut() {
		Object events = browser.runAsync("""
				const done = arguments[0];
				(async () => {
					const { serverSentEvents } = await import('/js/sse.js');
					const stream = ':comment\\n\\nid:1\\nevent:text\\ndata:{"a":"ä€😀"}\\n\\n'
							+ 'event: two\\r\\ndata: first\\r\\ndata: second\\r\\n\\r\\ndata\\rid:3\\r\\rdata:last';
					const bytes = new TextEncoder().encode(stream);
					const seen = new Set();
					for (let size = 1; size <= bytes.length; size++) {
						const cuts = new ReadableStream({
							start(controller) {
								for (let from = 0; from < bytes.length; from += size) {
									controller.enqueue(bytes.slice(from, from + size));
								}
								controller.close();
							}
						});
						const events = [];
						for await (const { event, data, id } of serverSentEvents(cuts)) {
							events.push(`${id}/${event}/${data}`);
						}
						seen.add(events.join('|'));
					}
					done([...seen]);
				})();
				""");

		assertThat(events).isEqualTo(List.of("1/text/{\"a\":\"ä€😀\"}|/two/first\nsecond|3/message/"));
	}

	@Test
	void pageFitsNarrowScreen() {
		browser.resize(500, 800);
		try {
			browser.ask("Explain how AI works in a few words.");
			browser.awaitAnswer();
			assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth")).isEqualTo(true);
			assertThat(browser.isShown("#chats")).isFalse();
			browser.click("#toggle-chats");
			assertThat(browser.isShown("#chats")).isTrue();
			browser.type("#chat-list .open", Keys.ESCAPE);
			assertThat(browser.isShown("#chats")).isFalse();
			browser.click("#toggle-chats");
			browser.click("#chat-list .open");
			browser.await(() -> !browser.isShown("#chats"));
		}
		finally {
			browser.resize(1280, 860);
		}
	}

	private RecordedRequest lastRequest() {
		List<RecordedRequest> requests = this.simulator.requests();
		return requests.get(requests.size() - 1);
	}

	private static Part thought(String text) {
		return Part.builder().text(text).thought(true).build();
	}

	private static GenerateContentResponse event(Part part, FinishReason finishReason) {
		Candidate candidate = Candidate.builder().content(Content.model(part)).finishReason(finishReason).build();
		return GenerateContentResponse.builder().candidates(candidate).build();
	}

}
