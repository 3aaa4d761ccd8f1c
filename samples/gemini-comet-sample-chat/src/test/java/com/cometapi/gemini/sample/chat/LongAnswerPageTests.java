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
import java.util.stream.IntStream;

import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of answers that are longer than the window.
 */
class LongAnswerPageTests extends AbstractPageTests {

	private static final String PARAGRAPH = "A paragraph of several words that goes on.\n\n";

	@Test
	void paragraphsThatAreThereAreLeftAloneWhileMoreArrive() {
		List<GenerateContentResponse> events = IntStream.range(0, 1000)
			.mapToObj((number) -> event(Part.text(PARAGRAPH), (number == 999) ? FinishReason.STOP : null))
			.toList();
		this.simulator.next().events(events).pace(Duration.ofMillis(2));
		browser.run("""
				window.removed = 0;
				new MutationObserver((records) => window.removed += records.reduce((sum, { target, removedNodes }) =>
						sum + (target.closest?.('.answer .prose') ? removedNodes.length : 0), 0))
					.observe(document.getElementById('turns'), { childList: true, subtree: true });
				""");
		browser.ask("Write a lot");
		browser.await(() -> browser.findAll(".answer .prose > p").size() > 1);
		browser.run("window.first = document.querySelector('.answer .prose > p')");
		browser.awaitAnswer();

		assertThat(browser.findAll(".answer .prose > p")).hasSize(1000);
		assertThat(browser.run("return window.first === document.querySelector('.answer .prose > p')")).isEqualTo(true);
		assertThat((Long) browser.run("return window.removed")).as("elements that were drawn again")
			.isLessThan(events.size() * 3L);
	}

	@Test
	void readerWhoScrollsUpStaysThereAndComesBackOnDemand() {
		this.simulator.next().text(PARAGRAPH.repeat(200)).pace(Duration.ofMillis(1)).stallAfterEvents(800);
		browser.run("""
				const latest = document.getElementById('latest');
				window.offered = !latest.hidden;
				new MutationObserver(() => window.offered ||= !latest.hidden).observe(latest, { attributes: true });
				""");
		browser.ask("Write a lot");
		browser.await(() -> browser.findAll(".answer .prose > p").size() >= 100);
		browser.await(() -> distanceToEnd() < 60);
		assertThat(browser.run("return window.offered")).as("offered to a reader who is at the end").isEqualTo(false);
		browser.run("document.getElementById('page').scrollTo(0, 100)");
		browser.await(() -> browser.isShown("#latest"));
		browser.click("#stop");
		browser.awaitAnswer();
		assertThat(browser.run("return document.getElementById('page').scrollTop")).isEqualTo(100L);
		browser.click("#latest");

		browser.await(() -> distanceToEnd() < 60 && !browser.isShown("#latest"));
	}

	private static long distanceToEnd() {
		return ((Number) browser.run("""
				const { scrollHeight, scrollTop, clientHeight } = document.getElementById('page');
				return Math.round(scrollHeight - scrollTop - clientHeight)""")).longValue();
	}

}
