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

import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the actions for a turn on the page, and of turns that do not end well: nothing
 * that was typed or read is lost.
 */
class TurnsPageTests extends AbstractPageTests {

	/**
	 * The time between two checks while the server cannot be reached, in milliseconds.
	 */
	private static final int CHECK_INTERVAL = 3_000;

	@Test
	void answerIsGeneratedAgainOnABranchOfItsOwn() {
		answer("What is it?", "Version one.");
		answer("And then?", "Second turn.");
		this.simulator.next().text("Version two.");
		browser.click(".exchange:first-child .regenerate");
		browser.await(() -> browser.texts(".answer .body").equals(List.of("Version two.")));
		browser.awaitAnswer();

		assertThat(browser.text(".versions")).isEqualTo("2/2");
		assertThat(lastRequest().request().contents()).extracting(Content::text).containsExactly("What is it?");
		browser.click(".versions .previous");
		browser.await(() -> browser.texts(".answer .body").equals(List.of("Version one.", "Second turn.")));
		assertThat(browser.text(".versions")).isEqualTo("1/2");
		assertThat(browser.findAll("#chat-list .open")).hasSize(1);
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void questionIsEditedAndAskedAgainAfterWhatWasSaidBefore() {
		answer("First", "One.");
		answer("Second", "Two.");
		browser.click(".exchange:last-child .edit");
		assertThat(browser.isShown("#editing")).isTrue();
		assertThat(browser.find("#question").getDomProperty("value")).isEqualTo("Second");
		this.simulator.next().text("Three.");
		browser.type("#question", ", but better", Keys.ENTER);
		browser.await(() -> browser.texts(".said").equals(List.of("First", "Second, but better")));
		browser.awaitAnswer();

		assertThat(browser.texts(".said")).containsExactly("First", "Second, but better");
		assertThat(browser.isShown("#editing")).isFalse();
		assertThat(lastRequest().request().contents()).extracting(Content::text)
			.containsExactly("First", "One.", "Second, but better");
		openPage();
		browser.await(() -> browser.texts(".said").equals(List.of("First", "Second, but better")));
		assertThat(browser.text(".exchange:last-child .versions")).isEqualTo("2/2");
	}

	@Test
	void whatWasSaidBeforeAStopBelongsToTheConversation() {
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word after another."));
		browser.click("#stop");
		browser.awaitAnswer();
		browser.await(() -> browser.isShown(".proceed"));
		answer("Go on", "Fine.");

		assertThat(lastRequest().request().contents()).hasSize(3).satisfies((contents) -> {
			assertThat(contents.get(0).text()).isEqualTo("Hello");
			assertThat(contents.get(1).text()).startsWith("One word after another.");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenPageIsLoadedAgainThenAnswerGoesOn(boolean hasText) {
		this.simulator.next().text("One two three four");
		this.events.hold(hasText ? 1 : 0);
		browser.ask("Count");
		browser
			.await(() -> hasText ? browser.text(".answer .body").equals("One") : this.streams.getRunningCount() == 1);
		browser.refresh();
		browser.await(() -> browser.isShown("#stop"));
		assertThat(browser.texts(".said")).containsExactly("Count");
		this.events.reset();
		browser.awaitAnswer();

		assertThat(browser.text(".answer .body")).isEqualTo("One two three four");
		assertThat(browser.isShown(".failure")).isFalse();
		assertThat(modelRequests()).hasSize(1);
		answer("Go on", "five");
		assertThat(lastRequest().request().contents()).extracting(Content::text)
			.containsExactly("Count", "One two three four", "Go on");
	}

	@Test
	void whenConversationIsLeftThenAnswerGoesOnUntilStopped() {
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		browser.click("#new-chat");
		answer("Something else", "Fine.");
		browser.click("#chat-list li:last-child .open");
		browser.await(() -> browser.text(".answer .body").contains("One word") && browser.isShown("#stop"));
		assertThat(this.simulator.cancelledStreams()).isZero();
		browser.click("#stop");
		browser.awaitAnswer();

		browser.await(() -> this.simulator.cancelledStreams() == 1);
		assertThat(browser.text(".notes")).isEqualTo("Stopped by you");
		browser.await(() -> browser.isShown(".proceed"));
	}

	@Test
	void anotherTabWatchesTheAnswerAndMayStopIt() {
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		String tab = browser.openTab();
		openPage();
		browser.click("#chat-list .open");
		browser.await(() -> browser.text(".answer .body").contains("One word") && browser.isShown("#stop"));
		assertThat(browser.texts(".said")).containsExactly("Hello");
		browser.click("#stop");
		browser.awaitAnswer();
		browser.closeTab(tab);

		browser.await(() -> browser.isShown("#send") && browser.isShown(".proceed"));
		assertThat(browser.text(".answer .body")).startsWith("One word");
		browser.await(() -> this.simulator.cancelledStreams() == 1);
	}

	@Test
	void whenConnectionIsLostDuringAnAnswerThenItGoesOn() {
		this.simulator.next().text("One two three four five six");
		this.events.hold(1);
		browser.ask("Count");
		browser.await(() -> browser.text(".answer .body").contains("One"));
		browser.setOffline(true);
		try {
			browser.await(() -> browser.text(".waiting").equals("Connection lost. Reconnecting …"));
			assertThat(browser.text("#badge")).isEqualTo("You are offline");
		}
		finally {
			browser.setOffline(false);
		}
		this.events.reset();
		browser.awaitAnswer();

		assertThat(browser.text(".answer .body")).isEqualTo("One two three four five six");
		assertThat(browser.isShown(".failure")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "BAD_GATEWAY,This server cannot be reached.", "GATEWAY_TIMEOUT,This server cannot be reached.",
			"SERVICE_UNAVAILABLE,The server is busy." })
	void whenServerGoesAwayBehindAGatewayThenPageConnectsAgain(HttpStatus status, String what) {
		browser.hasten(CHECK_INTERVAL);
		browser.hasten(BACK_TIME);
		this.gate.refuse("[A-Z]+ /api/.+", status);
		browser.ask("Hello");
		browser.awaitAnswer();
		browser.await(() -> browser.text(".failure .what").equals(what));
		browser.await(() -> browser.text("#badge").equals("The server cannot be reached. Reconnecting …"));
		this.gate.open();
		browser.await(() -> browser.text("#badge").startsWith("Demo"));
		this.simulator.next().text("Here I am.");
		browser.click(".retry");
		browser.awaitAnswer("Here I am.");
	}

	@Test
	void lostConnectionsAndEndedAnswersLeaveNoListenersBehind() {
		long online = browser.countListeners("online");
		long offline = browser.countListeners("offline");
		browser.run("""
				const real = window.fetch;
				window.attempts = 0;
				window.fetch = (path, ...more) => {
					window.attempts += path.endsWith('/stream') ? 1 : 0;
					return real(path, ...more);
				};
				""");
		this.simulator.next().text("One two three");
		this.events.hold(1);
		browser.ask("Count");
		browser.await(() -> browser.text(".answer .body").contains("One"));
		browser.setOffline(true);
		try {
			browser.await(() -> (Long) browser.run("return window.attempts") > 3);
			assertThat(browser.countListeners("online")).isLessThanOrEqualTo(online + 1);
		}
		finally {
			browser.setOffline(false);
		}
		this.events.reset();
		browser.awaitAnswer();

		browser.await(() -> browser.countListeners("online") == online);
		browser.await(() -> browser.countListeners("offline") == offline);
	}

	@Test
	void whenPageIsLoadedAgainThenQuestionWithoutAnswerIsThere() {
		this.gate.refuse("POST /api/chats/.+", HttpStatus.INTERNAL_SERVER_ERROR);
		browser.ask("Hello");
		browser.awaitAnswer();
		this.gate.open();
		openPage();
		browser.await(() -> browser.texts(".said").equals(List.of("Hello")));

		assertThat(browser.text(".failure .what")).isEqualTo("There is no answer to this question.");
		assertThat(browser.text(".failure .do")).isEqualTo("The page was closed before it arrived.");
		this.simulator.next().text("Here I am.");
		browser.click(".retry");
		browser.awaitAnswer("Here I am.");
	}

	@Test
	void whenAnswerIsStoppedWithoutThePageThenWhatArrivedIsThere() {
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		String chat = (String) browser.run("return sessionStorage.conversation");
		browser.open("http://localhost:" + this.port + "/comet.svg");
		this.streams.cancelByKey(chat).block();
		browser.await(() -> this.streams.getRunningCount() == 0);
		openPage();
		browser.await(() -> browser.isShown(".proceed"));

		assertThat(browser.text(".answer .body")).startsWith("One word");
		assertThat(browser.text(".notes")).isEqualTo("The answer was interrupted");
		openPage();
		browser.await(() -> browser.isShown(".proceed"));
		assertThat(browser.text(".notes")).isEqualTo("The answer was interrupted");
		answer("Go on", "Fine.");
		assertThat(lastRequest().request().contents()).hasSize(3);
	}

	@Test
	void whenStreamIsCutThenWhatArrivedStaysAndTheConversationGoesOn() {
		this.simulator.next().text("One two three four").pace(Duration.ofMillis(20)).cutAfterEvents(3);
		browser.ask("Count");
		browser.awaitAnswer();
		browser.await(() -> browser.isShown(".proceed"));

		assertThat(browser.text(".answer .body")).isEqualTo("One two three");
		assertThat(browser.text(".failure .what")).isEqualTo("The connection was lost.");
		assertThat(browser.text("#status")).endsWith("The connection was lost.");
		answer("Go on", "four");
		assertThat(lastRequest().request().contents()).extracting((content) -> content.text().strip())
			.containsExactly("Count", "One two three", "Go on");
	}

	@Test
	void whenCutAtTheStartOfCodeThenThereIsNoEmptyBox() {
		this.simulator.next()
			.events(List.of(event(Part.text("Look:\n\n```java\n"), null), event(Part.text("int n;\n```"), null)))
			.cutAfterEvents(1);
		browser.ask("Show me code");
		browser.awaitAnswer();
		browser.await(() -> browser.isShown(".proceed"));

		assertThat(browser.text(".answer .body")).isEqualTo("Look:");
		assertThat(browser.findAll(".answer .code")).isEmpty();
	}

	@Test
	void whenEndpointAsksToWaitThenRetryCountsDown() {
		this.simulator.next().error(429).retryAfter(Duration.ofHours(1)).times(10);
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.text(".retry")).startsWith("Try again in ").containsPattern("\\d\\d:\\d\\d");
		assertThat(browser.find(".retry").isEnabled()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callOfFunctionWaitsForTheVisitor(boolean approved) {
		browser.toggle("functions");
		browser.ask("Send a postcard to Paris");
		browser.await(() -> browser.isShown(".decision"));
		assertThat(modelRequests()).hasSize(1);
		browser.click((approved) ? ".approve" : ".refuse");
		browser.awaitAnswer();

		assertThat(browser.text(".call .result"))
			.contains((approved) ? "only this page has seen the postcard" : "The user refused this call");
		assertThat(browser.isShown(".failure")).isFalse();
		assertThat(browser.isShown(".calls + .prose")).isTrue();
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void draftAndSettingsSurviveAReload() {
		answer("Hello", "Hi.");
		browser.type("#question", "Half a thought");
		browser.click("#open-settings");
		browser.type("#settings [name=system]", "Be brief.");
		browser.select("#settings [name=theme]", "Dark");
		browser.click("#settings header button");
		openPage();
		browser.await(() -> "Half a thought".equals(browser.find("#question").getDomProperty("value")));
		browser.type("#question", Keys.ENTER);
		browser.awaitAnswer();

		assertThat(lastRequest().json().at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be brief.");
		assertThat(browser.run("return localStorage.settings")).asString().contains("dark");
		assertThat(browser.run("return getComputedStyle(document.documentElement).colorScheme")).isEqualTo("dark");
	}

	@Test
	void modelAndToolsOfAConversationAreThereAgain() {
		browser.click("[data-features=image]");
		browser.awaitAnswer();
		String model = browser.find("#model").getDomProperty("value");
		assertThat(model).contains("flash-image");
		browser.click("#new-chat");
		assertThat(browser.find("#model").getDomProperty("value")).isEqualTo("gemini-3.5-flash");
		browser.click("#chat-list .open");
		browser.await(() -> model.equals(browser.find("#model").getDomProperty("value")));
		openPage();
		browser.await(() -> model.equals(browser.find("#model").getDomProperty("value")));
	}

	@Test
	void formulasAndFootnotesAndSourcesAreShownAtTheirPlaces() {
		this.simulator.next()
			.raw(200, "text/event-stream",
					"""
							data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Größe: $\\\\frac{n}{2}$. See[^1].\\n\\n$$\\\\frac{n}{2}$$\\n\\n[^1]: A note."}]},\
							"finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example/","title":"A"}}],\
							"groundingSupports":[{"segment":{"endIndex":23},"groundingChunkIndices":[0]}]}}]}

							""");
		browser.ask("Half of n?");
		browser.awaitAnswer();

		assertThat(browser.findAll(".answer math mfrac")).hasSize(2);
		assertThat(browser.findAll(".answer math[display=block] mfrac")).hasSize(1);
		assertThat(browser.text(".footnote")).isEqualTo("1 A note.");
		assertThat(browser.run("return document.querySelector('.cite').previousSibling.textContent")).isEqualTo(".");
		assertThat(browser.find(".cite a").getDomAttribute("href")).isEqualTo("https://a.example/");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void sourceAtTheStartOfALineIsShownAtTheEndOfTheLineBefore() {
		this.simulator.next()
			.raw(200, "text/event-stream",
					"""
							data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Two:\\n\\n* One.\\n* Two.\\n"}]},\
							"finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example/","title":"A"}}],\
							"groundingSupports":[{"segment":{"endIndex":13},"groundingChunkIndices":[0]}]}}]}

							""");
		browser.ask("Which ones?");
		browser.awaitAnswer();

		assertThat(browser.text(".answer .prose ul")).isEqualTo("One.1\nTwo.");
	}

	@Test
	void conversationsAreRenamedAndFound() {
		answer("Which colour has the sky?", "Blue.");
		browser.click("#new-chat");
		answer("And the sun?", "Yellow.");
		browser.chooseForChat("rename");
		browser.type("#chat-list .name", Keys.chord(Keys.CONTROL, "a"), "Stars", Keys.ENTER);
		browser.await(() -> browser.texts("#chat-list .open").equals(List.of("Stars", "Which colour has the sky?")));
		browser.type("#search-chats", "SKY");
		assertThat(browser.texts("#chat-list .open")).containsExactly("Which colour has the sky?");
	}

	@Test
	void whenConnectionIsLostThenPageSaysSoAndConnectsAgain() {
		browser.hasten(BACK_TIME);
		browser.setOffline(true);
		try {
			browser.await(() -> browser.text("#badge").equals("You are offline"));
			browser.ask("Hello");
			browser.awaitAnswer();
			assertThat(browser.text(".failure .what")).isEqualTo("This server cannot be reached.");
		}
		finally {
			browser.setOffline(false);
		}
		browser.await(() -> browser.text("#badge").startsWith("Demo"));
		this.simulator.next().text("Here I am.");
		browser.click(".retry");
		browser.awaitAnswer("Here I am.");
	}

}
