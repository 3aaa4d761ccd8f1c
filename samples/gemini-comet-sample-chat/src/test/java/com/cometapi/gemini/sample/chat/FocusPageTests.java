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

import java.util.List;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page for visitors with a keyboard or a screen reader.
 */
class FocusPageTests extends AbstractPageTests {

	/**
	 * The text field, or the page where a keyboard would cover the screen.
	 */
	private static final List<String> NEXT_PLACES = List.of("question", "page");

	@Test
	void focusMovesOnWhenItsElementIsRemoved() {
		answer("First", "One.");
		activate(".regenerate");
		browser.await(() -> browser.isShown(".versions"));
		browser.awaitAnswer();
		assertThat(browser.focused()).isEqualTo("question");

		activate(".versions .previous");
		browser.await(() -> browser.text(".versions").equals("1/2"));
		assertThat(browser.focused()).isIn(NEXT_PLACES);

		this.simulator.next().error(500).times(10);
		browser.ask("Second");
		browser.awaitAnswer();
		this.simulator.reset();
		this.simulator.next().text("Two").stallBeforeHeaders();
		activate(".retry");
		browser.await(() -> browser.isShown("#stop"));
		assertThat(browser.focused()).isEqualTo("stop");
		browser.type("#stop", Keys.ENTER);
		browser.awaitAnswer();
		assertThat(browser.focused()).isEqualTo("question");
	}

	@Test
	void focusStaysInTheListOfConversations() {
		answer("First", "One.");
		browser.click("#new-chat");
		answer("Second", "Two.");
		browser.click("#new-chat");
		answer("Third", "Three.");

		activate("#chat-list li:nth-child(2) .open");
		browser.await(() -> browser.text(".said").equals("Second"));
		assertThat(focusedRow()).isEqualTo("Second");
		activate("#chat-list li:nth-child(3) .more");
		activate("#chat-list li:nth-child(3) .remove");
		browser.await(() -> browser.texts("#chat-list .open").equals(List.of("Third", "Second")));
		assertThat(focusedRow()).isEqualTo("Second");
		activate("#toast button");
		browser.await(() -> browser.findAll("#chat-list .open").size() == 3);
		assertThat(browser.focused()).isIn(NEXT_PLACES);
		activate("#chat-list li:nth-child(1) .more");
		activate("#chat-list li:nth-child(1) .rename");
		browser.type("#chat-list .name", " one", Keys.ENTER);
		assertThat(browser.focused()).isEqualTo("open");
	}

	@Test
	void focusStaysWhenACallIsDecided() {
		browser.toggle("functions");
		browser.ask("Send a postcard to Paris");
		browser.await(() -> browser.isShown(".decision"));
		activate(".approve");
		browser.awaitAnswer();

		assertThat(browser.focused()).isEqualTo("question");
	}

	@Test
	void whenVisitorHasLeftAnElementThenItsRemovalMovesNoFocus() {
		answer("First", "One.");
		browser.run("document.querySelector('.regenerate').focus()");
		browser.click(".brand");
		assertThat(browser.focused()).isEqualTo("body");
		browser.run("document.querySelector('.exchange').remove()");

		assertThat(browser.focused()).isEqualTo("body");
	}

	@Test
	void fewWordsAreSpokenDuringAnAnswer() {
		browser
			.run("""
					window.spoken = [];
					new MutationObserver((records) => records.forEach(({ target }) => {
						const region = (target.closest ? target : target.parentElement).closest('[role=status], [role=alert], [aria-live]');
						if (region && region.ariaLive !== 'off' && region.textContent) {
							window.spoken.push(region.textContent);
						}
					})).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
					""");
		answer("Hello", "One word after another. ".repeat(100));
		assertThat(browser.run("return window.spoken")).isEqualTo(List.of("Gemini is answering", "Answered"));
		this.simulator.next().error(401).times(10);
		browser.run("window.spoken = []");
		browser.ask("Again");
		browser.awaitAnswer();

		assertThat(browser.run("return window.spoken"))
			.isEqualTo(List.of("Gemini is answering", "The answer failed. The API key is wrong."));
	}

	private static String focusedRow() {
		return (String) browser.run("return document.activeElement.closest('#chat-list .open')?.textContent");
	}

	// By the keyboard, as someone without a mouse does
	private static void activate(String selector) {
		browser.run("document.querySelector(arguments[0]).focus()", selector);
		browser.type(selector, Keys.ENTER);
	}

}
