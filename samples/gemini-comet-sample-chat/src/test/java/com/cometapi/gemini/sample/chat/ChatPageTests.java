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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of questions and answers on the page.
 */
class ChatPageTests extends AbstractPageTests {

	@Test
	void thoughtsAndAnswerStreamIn() {
		this.simulator.next()
			.events(List.of(event(thought("Let me "), null), event(thought("think."), null),
					event(Part.text("The answer "), null), event(Part.text("is 42."), FinishReason.STOP)));
		this.events.hold(1);
		browser.ask("What is the answer?");

		browser.await(() -> browser.text(".thoughts[open] .prose").equals("Let me"));
		assertThat(browser.text(".thoughts summary")).isEqualTo("Thinking …");
		assertThat(browser.isShown("#stop")).isTrue();
		this.events.pass(1);
		browser.await(() -> browser.text(".thoughts[open] .prose").equals("Let me think."));
		this.events.pass(1);
		browser.await(() -> browser.text(".answer .body").equals("The answer"));
		browser.await(() -> !browser.isShown(".thoughts[open]"));
		assertThat(browser.text(".thoughts summary")).startsWith("Thought for");
		this.events.pass(1);
		browser.awaitAnswer();
		assertThat(browser.text(".answer .body")).isEqualTo("The answer is 42.");
		assertThat(browser.text("#status")).isEqualTo("Answered");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void whenThereIsNoKeyThenPageShowsSimulatedAnswer() throws IOException {
		browser.ask("Explain how AI works in a few words.");
		browser.awaitAnswer();

		assertThat(browser.text("#badge")).isEqualTo("Demo: answers are simulated. Set COMETAPI_KEY for real ones.");
		assertThat(browser.text(".answer .body")).contains("A prepared answer of the demo: no model was asked.");
		assertThat(browser.text(".tokens")).contains("prompt", "answer", "total");
		assertThat(browser.text(".tokens")).contains("0.000662", "cost");
		assertThat(browser.text("#totals")).isEqualTo("77 tokens in this conversation, cost 0.000662");
		assertThat(browser.complaints()).isEmpty();
		browser.saveScreenshot(Path.of("target", "chat-page.png"));
		openPage();
		browser.await(() -> browser.text("#totals").equals("77 tokens in this conversation, cost 0.000662"));
	}

	@Test
	void tableHasItsUsageAndCost() {
		browser.click("[data-features=table]");
		browser.awaitAnswer();

		assertThat(browser.text(".tokens")).contains("total", "cost");
		assertThat(browser.text("#totals")).contains("cost");
	}

	@Test
	void badgeFollowsWhatTheEndpointAnswers() {
		Runnable undo = browser.beforeEachDocument("""
				const real = window.fetch;
				window.fetch = async (path, options) => {
					const response = await real(path, options);
					return (path !== '/api/info') ? response
							: Response.json({ ...await response.json(), demo: false, host: 'gateway.example' });
				};
				""");
		try {
			openPage();
			browser.await(() -> browser.text("#badge").equals("Connected to gateway.example"));
			this.simulator.next().error(401).times(10);
			browser.ask("Hello");
			browser.awaitAnswer();
			assertThat(browser.text("#badge")).isEqualTo("gateway.example refuses the API key");
			this.simulator.reset();
			browser.click(".retry");
			browser.awaitAnswer();
			assertThat(browser.text("#badge")).isEqualTo("Connected to gateway.example");
		}
		finally {
			undo.run();
		}
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

		assertThat(browser.text(".answer h3")).isEqualTo("Title");
		assertThat(browser.text(".answer .prose strong")).isEqualTo("bold");
		assertThat(browser.findAll(".answer td")).hasSize(2);
		assertThat(browser.text(".answer pre code.language-java .hljs-number")).isEqualTo("42");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void scriptsOfTheModelAreNeverRun() {
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
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		if (how.equals("Escape")) {
			browser.type("#question", Keys.ESCAPE);
		}
		else {
			browser.click(how);
		}
		browser.awaitAnswer();

		assertThat(browser.text(".notes")).isEqualTo("Stopped by you");
		assertThat(browser.text(".answer .body")).startsWith("One word");
		browser.await(() -> this.simulator.cancelledStreams() == 1);
	}

	@Test
	void thinkingControlFollowsModel() {
		browser.select("#model", "gemini-2.5-flash-lite");
		assertThat(browser.find("#budget-choice").getDomProperty("hidden")).isEqualTo("false");
		assertThat(browser.find("#level-choice").getDomProperty("hidden")).isEqualTo("true");

		browser.selectTool("[name=thinkingBudget]", "Number of tokens");
		assertThat(browser.find("#tokens-choice").getDomProperty("hidden")).isEqualTo("false");
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(lastRequest().json().at("/generationConfig/thinkingConfig/thinkingBudget").asInt()).isEqualTo(4096);

		browser.select("#model", "gemini-3.5-flash");
		assertThat(browser.find("#budget-choice").getDomProperty("hidden")).isEqualTo("true");
		assertThat(browser.find("#tokens-choice").getDomProperty("hidden")).isEqualTo("true");
		browser.selectTool("[name=thinkingLevel]", "Low");
		assertThat(browser.texts("#chips .chip")).containsExactly("Thinking: Low");
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(lastRequest().model()).isEqualTo("gemini-3.5-flash");
		assertThat(lastRequest().json().at("/generationConfig/thinkingConfig/thinkingLevel").asString())
			.isEqualTo("LOW");

		browser.select("#model", "Other model …");
		browser.type("#other-model-id", "gemini-2.0-flash");
		assertThat(browser.find("#thinking").getDomProperty("hidden")).isEqualTo("true");
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(lastRequest().model()).isEqualTo("gemini-2.0-flash");
		assertThat(lastRequest().json().at("/generationConfig/thinkingConfig").isMissingNode()).isTrue();
	}

	@Test
	void whenCallFailsThenPageSaysWhatToDoAndAsksAgainOnDemand() {
		this.simulator.next().error(429, "Slow down").times(10);
		browser.type("#question", "First line", Keys.chord(Keys.SHIFT, Keys.ENTER), "second line", Keys.ENTER);
		browser.awaitAnswer();

		assertThat(browser.text(".failure .what")).isEqualTo("Too many questions at the moment.");
		assertThat(browser.find(".failure details p").getDomProperty("textContent")).contains("Slow down");
		assertThat(browser.text(".said")).isEqualTo("First line\nsecond line");
		assertThat(browser.find("#question").getDomProperty("value")).isEmpty();
		this.simulator.reset();
		this.simulator.next().text("Here I am.");
		browser.click(".retry");
		browser.awaitAnswer("Here I am.");
		assertThat(browser.texts(".said")).containsExactly("First line\nsecond line");
	}

	@Test
	void whenResponseIsNoAnswerThenPageSaysSo() {
		this.simulator.next().raw(200, "text/html", "<html><body>Maintenance</body></html>").times(10);
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.text(".failure .what")).isEqualTo("The endpoint sent something that is not an answer.");
		assertThat(browser.text("#status")).endsWith(browser.text(".failure .what"));
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

		assertThat(browser.text(".notes")).isEqualTo("The answer reached its length limit.");
		browser.click(".proceed");
		browser.awaitAnswer();
		assertThat(browser.texts(".said")).containsExactly("Hello", "Continue exactly where you stopped.");
		assertThat(lastRequest().request().contents()).extracting(Content::text)
			.containsExactly("Hello", "It be", "Continue exactly where you stopped.");
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
			browser.await(() -> !browser.isShown("#chats"));
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
			browser.await(() -> browser.run("return innerWidth > 1000").equals(true));
		}
	}

}
