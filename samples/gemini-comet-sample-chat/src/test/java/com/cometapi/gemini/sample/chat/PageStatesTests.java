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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page is accessible and fits in each of its states, in light and dark and
 * on windows of all sizes. With {@code -Dscreenshots=true}, leaves a picture of each
 * below {@code target/states}.
 */
class PageStatesTests extends AbstractPageTests {

	private static final Map<String, int[]> SIZES = new LinkedHashMap<>();

	static {
		SIZES.put("desktop", new int[] { 1440, 900 });
		SIZES.put("tablet", new int[] { 768, 1024 });
		SIZES.put("phone", new int[] { 390, 844 });
		SIZES.put("landscape", new int[] { 844, 390 });
	}

	@AfterEach
	void resetEmulation() {
		browser.resetEmulation();
	}

	@Test
	void empty() throws IOException {
		check("empty");
	}

	@Test
	void waitingAndThinkingAndStreamingAndDone() throws IOException {
		List<GenerateContentResponse> events = List.of(event(thought("Let me think."), null),
				event(Part.text("The answer "), null), event(Part.text("is 42."), FinishReason.STOP));
		this.simulator.next().stallBeforeHeaders();
		browser.ask("What is the answer?");
		browser.await(() -> browser.isShown(".waiting"));
		check("waiting");
		stopAnd(".retry", () -> this.simulator.next().events(events).stallAfterEvents(1));
		browser.await(() -> browser.isShown(".thoughts[open]"));
		check("thinking");
		stopAnd(".retry", () -> this.simulator.next().events(events).stallAfterEvents(2));
		browser.await(() -> browser.text(".answer .body").equals("The answer"));
		check("streaming");
		stopAnd(".regenerate", () -> this.simulator.next().events(events));
		browser.await(() -> browser.text(".answer .body").equals("The answer is 42."));
		browser.awaitAnswer();
		check("done");
	}

	private void stopAnd(String next, Runnable script) {
		browser.click("#stop");
		browser.awaitAnswer();
		script.run();
		browser.await(() -> browser.isShown(next));
		browser.click(next);
	}

	@Test
	void waitingForLong() throws IOException {
		browser.hasten(10_000);
		this.simulator.next().stallBeforeHeaders();
		browser.ask("Hello");
		browser.await(() -> browser.text(".waiting").equals("Nothing has arrived yet. Some models think for minutes."));
		check("waiting-long", "desktop", "phone");
		browser.click("#stop");
		browser.awaitAnswer();
		assertThat(browser.isShown(".waiting")).isFalse();
		this.simulator.next().text("One two three four").stallAfterEvents(3);
		browser.click(".retry");
		browser.await(() -> browser.text(".waiting").equals("Waiting for the rest …"));
		check("stalled", "desktop", "phone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "search", "functions", "table", "image" })
	void suggestion(String feature) throws IOException {
		browser.click("[data-features=" + feature + "]");
		browser.awaitAnswer();
		assertThat(browser.isShown(".failure")).isFalse();
		check("suggestion-" + feature);
	}

	@Test
	void cut() throws IOException {
		this.simulator.next().text("One two three four").cutAfterEvents(3);
		browser.ask("Count");
		browser.awaitAnswer();
		browser.await(() -> browser.isShown(".proceed"));
		check("cut");
	}

	@Test
	void blocked() throws IOException {
		this.simulator.next().block(BlockReason.PROHIBITED_CONTENT);
		browser.ask("Something bad");
		browser.awaitAnswer();
		assertThat(browser.text(".failure .what")).isEqualTo("The question was blocked by a filter.");
		assertThat(browser.isShown(".retry")).isFalse();
		check("blocked");
	}

	@ParameterizedTest
	@CsvSource({ "401,The API key is wrong.", "404,This model is not available.",
			"500,The endpoint has a problem at the moment." })
	void failed(int status, String what) throws IOException {
		this.simulator.next().error(status).times(10);
		browser.ask("Hello");
		browser.awaitAnswer();
		assertThat(browser.text(".failure .what")).isEqualTo(what);
		check("failed-" + status);
	}

	@Test
	void offline() throws IOException {
		browser.setOffline(true);
		try {
			browser.await(() -> browser.text("#badge").equals("You are offline"));
			check("offline");
		}
		finally {
			browser.setOffline(false);
		}
	}

	@Test
	void reconnecting() throws IOException {
		this.simulator.next().text("One two three four").stallAfterEvents(2);
		browser.ask("Count");
		browser.await(() -> browser.text(".answer .body").startsWith("One"));
		browser.setOffline(true);
		try {
			browser.await(() -> browser.text(".waiting").equals("Connection lost. Reconnecting …"));
			check("reconnecting");
		}
		finally {
			browser.setOffline(false);
		}
		browser.await(() -> browser.text(".waiting").isEmpty());
		browser.click("#stop");
		browser.awaitAnswer();
	}

	@Test
	void serverGoneAndConnectedAgain() throws IOException {
		Runnable undo = browser.beforeEachDocument("""
				const real = window.setTimeout;
				window.setTimeout = (work, delay, ...more) => real(work, (delay === 4000) ? 600000 : delay, ...more);
				""");
		try {
			openPage();
			browser.hasten(3_000);
			browser.setServerGone(true);
			browser.ask("Hello");
			browser.awaitAnswer();
			browser.await(() -> browser.text("#badge").equals("The server cannot be reached. Reconnecting …"));
			assertThat(browser.text(".failure .what")).isEqualTo("This server cannot be reached.");
			check("gone");
			browser.setServerGone(false);
			browser.await(() -> browser.text("#badge").equals("Connected again"));
			check("connected-again");
			browser.setViewport(390, 844);
			assertThat(browser.isShown("#badge")).isTrue();
			browser.resetEmulation();
		}
		finally {
			browser.setServerGone(false);
			undo.run();
		}
	}

	@Test
	void callThatWaitsForTheVisitor() throws IOException {
		browser.toggle("functions");
		browser.ask("Send a postcard to Paris");
		browser.await(() -> browser.isShown(".decision"));
		check("decision", "desktop", "phone");
		browser.click(".refuse");
		browser.awaitAnswer();
	}

	@Test
	void repeatedElementsHaveNamesOfTheirOwn() {
		for (String idea : List.of("functions", "functions", "search", "search")) {
			browser.run("document.querySelector('[data-features=" + idea + "]').click()");
			browser.awaitAnswer();
		}

		assertThat(browser.findAll(".call")).hasSize(4);
		assertThat(browser.findAll(".sources ol:not(:empty)")).hasSize(2);
		assertThat(browser.accessibilityViolations()).isEmpty();
	}

	@Test
	void menusAndDialogs() throws IOException {
		browser.click("[data-features=image]");
		browser.awaitAnswer();
		browser.click("#open-tools");
		check("tools", "landscape");
		browser.click("#open-tools");
		browser.click("#open-settings");
		check("settings");
		browser.click("#settings header button");
		browser.click("#chat-list .more");
		check("chat-menu", "desktop");
		browser.click(".answer .picture");
		check("enlarged");
		assertThat(browser.find("#lightbox img").getDomProperty("src"))
			.isEqualTo(browser.find(".answer .picture img").getDomProperty("src"));
		browser.click("#lightbox button");
		browser.await(() -> !browser.isShown("#lightbox"));
		browser.setViewport(390, 844);
		browser.click("#toggle-chats");
		check("conversations", "tablet", "phone", "landscape");
		browser.click("#new-chat");
	}

	@ParameterizedTest
	@CsvSource({ "vi,Bạn muốn biết điều gì?,Đội nào đã vô địch Euro 2024?", "zh-TW,您想知道什麼？,Euro 2024 的冠軍是哪一隊？",
			"de,What would you like to know?,Who won the Euro 2024?" })
	void language(String language, String greeting, String question) throws IOException {
		browser.setLanguage(language);
		try {
			openPage();
			assertThat(browser.text("#greeting")).isEqualTo(greeting);
			saveScreenshot("language-" + language);
			assertThat(browser.accessibilityViolations()).isEmpty();
			browser.setViewport(390, 844);
			browser.await(() -> browser.run("return innerWidth").equals(390L));
			assertThat(browser.run("return document.querySelector('#open-settings').getBoundingClientRect().top < 10"))
				.as("the bar is one row")
				.isEqualTo(true);
			browser.resetEmulation();
			browser.await(() -> browser.isShown("#chats"));
			browser.click("[data-features=search]");
			browser.awaitAnswer();
			assertThat(browser.text(".said")).isEqualTo(question);
			assertThat(browser.text(".answer .body")).contains("Spain won the Euro 2024.");
		}
		finally {
			browser.setLanguage("en-US");
		}
	}

	@Test
	void textsAreThereInAllLanguages() {
		Object missing = browser.runAsync(
				"""
						const done = arguments[0];
						(async () => {
							const load = async (language) => (await import(`/js/texts/${language}.js`)).default;
							const values = (text) => (text.match(/\\{\\w+\\}|\\|/g) ?? []).sort().join();
							const [en, ...others] = await Promise.all(['en', 'vi', 'zh-TW'].map(load));
							done(others.flatMap((other) => [...new Set([...Object.keys(en), ...Object.keys(other)])]
								.filter((key) => values(en[key] ?? 'none {missing}') !== values(other[key] ?? 'none {missing}'))));
						})();
						""");

		assertThat(missing).isEqualTo(List.of());
	}

	@Test
	void longAnswerDoesNotShiftWhatIsRead() {
		this.simulator.next().text("A paragraph of several words that goes on.\n\n".repeat(1000)).pace(Duration.ZERO);
		browser
			.run("""
					window.shifts = 0;
					new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => window.shifts += hadRecentInput ? 0 : value))
						.observe({ type: 'layout-shift' });
					""");
		browser.ask("Write a lot");
		browser.await(() -> browser.isShown(".waiting, .answer .prose"));
		browser.run("window.shifts = 0");
		browser.awaitAnswer();

		assertThat(browser.findAll(".answer .prose > p")).hasSize(1000);
		assertThat((Number) browser.run("return window.shifts")).extracting(Number::doubleValue)
			.satisfies((shifts) -> assertThat(shifts).isLessThan(0.1));
	}

	private void check(String state) throws IOException {
		check(state, SIZES.keySet().toArray(String[]::new));
	}

	private void check(String state, String... sizes) throws IOException {
		for (String size : sizes) {
			int[] pixels = SIZES.get(size);
			browser.setViewport(pixels[0], pixels[1]);
			for (boolean dark : new boolean[] { false, true }) {
				browser.setDark(dark);
				saveScreenshot("%s-%s-%s".formatted(state, size, (dark) ? "dark" : "light"));
				assertThat(dark ? browser.colourViolations() : browser.accessibilityViolations())
					.as("%s, %s, dark: %s", state, size, dark)
					.isEmpty();
			}
			assertThat(browser.smallTargets()).as("%s, %s", state, size).isEmpty();
			assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
				.as("%s fits %s", state, size)
				.isEqualTo(true);
		}
		browser.resetEmulation();
	}

	private static void saveScreenshot(String name) throws IOException {
		if (Boolean.getBoolean("screenshots")) {
			browser.saveScreenshot(Path.of("target", "states", name + ".png"));
		}
	}

}
