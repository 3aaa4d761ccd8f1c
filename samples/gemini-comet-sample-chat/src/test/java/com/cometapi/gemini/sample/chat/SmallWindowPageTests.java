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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page in small windows.
 */
class SmallWindowPageTests extends AbstractPageTests {

	@AfterEach
	void resetEmulation() {
		browser.resetEmulation();
	}

	@ParameterizedTest
	@CsvSource({ "1440, 900, true", "768, 1024, true", "390, 844, true", "844, 390, true", "390, 500, false" })
	void emptyPageStartsAtItsTop(int width, int height, boolean fits) {
		browser.setViewport(width, height);
		openPage();

		assertThat(browser.run("return document.getElementById('page').scrollTop")).isEqualTo(0L);
		assertThat(browser.run("""
				const top = (id) => document.getElementById(id).getBoundingClientRect().top;
				return top('greeting') >= top('page')""")).isEqualTo(true);
		assertThat(browser.run("""
				const { scrollHeight, clientHeight } = document.getElementById('page');
				return scrollHeight <= clientHeight""")).as("all fits without scrolling").isEqualTo(fits);
	}

	@Test
	void listOfConversationsOpensOnDemandOnlyAndClosesBesideIt() {
		browser.setViewport(390, 844);
		openPage();
		answer("Hello", "Hi.");
		assertThat(browser.isShown("#chats")).isFalse();
		assertThat(browser.isShown("#scrim")).isFalse();
		browser.click("#toggle-chats");
		assertThat(browser.isShown("#chats")).isTrue();
		assertThat(browser.run("return document.elementFromPoint(380, 400).id")).isEqualTo("scrim");
		assertThat(browser.find("#toggle-chats").getDomAttribute("aria-expanded")).isEqualTo("true");
		assertThat(browser.findAll("[inert] :is(#question, #turns, #new-chat)")).hasSize(3);
		assertThat(browser.focused()).isEqualTo("open");
		browser.run("document.elementFromPoint(380, 400).click()");

		assertThat(browser.isShown("#chats")).isFalse();
		assertThat(browser.isShown("#scrim")).isFalse();
		assertThat(browser.findAll("[inert]")).isEmpty();
		assertThat(browser.focused()).isEqualTo("toggle-chats");
	}

	@Test
	void barIsOneRowInLandscape() {
		browser.setViewport(844, 390);
		openPage();

		assertThat(browser.text("#badge")).startsWith("Demo:");
		assertThat((Number) browser.run("return document.querySelector('.bar').offsetHeight"))
			.extracting(Number::intValue)
			.satisfies((height) -> assertThat(height).isLessThan(48));
	}

}
