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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the prepared responses of demo mode to the suggestions of the page.
 */
class DemoPageTests extends AbstractPageTests {

	private static final String MARK = "A prepared answer of the demo: no model was asked.";

	@ParameterizedTest
	@CsvSource({ "explain, AI learns patterns from examples.", "think, 9.9 is greater.",
			"search, Spain won the Euro 2024.", "call, Tokyo is 3 °C warmer", "draw, A red sun over green hills." })
	void suggestionGetsPreparedAnswer(String idea, String answer) {
		browser.click("[data-idea=" + idea + "]");
		browser.awaitAnswer();

		assertThat(browser.text(".answer .body")).contains(answer).endsWith(MARK);
		assertThat(browser.text(".answer .body")).doesNotContain("Setting");
		assertThat(browser.isShown(".failure")).isFalse();
	}

	@Test
	void planetsAreListedInATable() {
		browser.click("[data-idea=list]");
		browser.awaitAnswer();

		assertThat(browser.text(".answer caption"))
			.isEqualTo("Planets by their distance from the sun (prepared for the demo)");
		assertThat(browser.texts(".answer td:first-child")).containsExactly("Mercury", "Venus", "Earth");
	}

	@Test
	void pictureComesFirstAndItsExplanationIsOneLine() {
		browser.click("[data-idea=draw]");
		browser.awaitAnswer();

		assertThat(browser.findAll(".answer .body > .picture:first-child img")).hasSize(1);
		assertThat(browser.texts(".answer .body > .prose p")).containsExactly("A red sun over green hills.", MARK);
		assertThat(browser.find("#model").getDomProperty("value")).isEqualTo("gemini-3.1-flash-image");
		assertThat(lastRequest().json().at("/generationConfig/responseModalities").toString()).contains("IMAGE");
	}

	@Test
	void proofOfThinkingIsDrawnAsFormulas() {
		browser.click("[data-idea=think]");
		browser.awaitAnswer();

		assertThat(browser.findAll(".answer math[display=block] mfrac")).hasSize(1);
		assertThat(browser.text(".answer .body")).doesNotContain("$");
	}

	@Test
	void sourcesStandBehindTheSentencesThatTheySupport() {
		browser.click("[data-idea=search]");
		browser.awaitAnswer();

		assertThat(browser.text(".answer .prose p")).isEqualToNormalizingWhitespace(
				"Spain won the Euro 2024.1 In the final in Berlin on 14 July 2024 they beat England 2–1.2");
	}

}
