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

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of conversations on the page.
 */
class ConversationPageTests extends AbstractPageTests {

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
		assertThat(browser.isShown("#chats-empty")).isTrue();
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
		assertThat(browser.texts("#chips .chip")).containsExactly("JSON");
		browser.click("#chat-list li:last-child .open");
		browser.await(() -> browser.text(".answer .body").equals("Blue."));
		assertThat(browser.findAll("#chips .chip")).isEmpty();
		assertThat(browser.text(".question .said")).isEqualTo("Which colour has the sky?");
		assertThat(browser.text("#chat-list [aria-current]")).isEqualTo("Which colour has the sky?");
		openPage();
		browser.await(() -> browser.text(".answer .body").equals("Blue."));
		browser.click("#chat-list li:first-child .open");
		browser.await(() -> browser.text(".answer .body pre").contains("\"sun\": \"yellow\""));

		browser.chooseForChat("remove");
		assertThat(browser.text("#toast")).contains("“And the sun?” was deleted.");
		assertThat(browser.texts("#chat-list .open")).containsExactly("Which colour has the sky?");
		assertThat(browser.findAll(".turn")).isEmpty();
		browser.click("#toast button");
		browser.await(() -> browser.text(".answer .body pre").contains("\"sun\": \"yellow\""));
		browser.hasten(8_000);
		browser.chooseForChat("remove");
		browser.await(() -> browser.text("#status").equals("Conversation deleted"));
		assertThat(browser.texts("#chat-list .open")).containsExactly("Which colour has the sky?");
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void newConversationBeginsWithoutTheToolsOfAnother() {
		browser.toggle("json");
		this.simulator.next().text("{}");
		browser.ask("Hello");
		browser.awaitAnswer();
		browser.click("#new-chat");

		assertThat(browser.findAll("#chips .chip")).isEmpty();
		browser.ask("Hello again");
		browser.awaitAnswer();
		assertThat(lastRequest().json().at("/generationConfig/responseMimeType").isMissingNode()).isTrue();
	}

	@Test
	void conversationsAreGroupedByDate() {
		browser
			.run("""
					const entry = (title, daysAgo) => ({ id: crypto.randomUUID(), title, time: new Date().setHours(12) - daysAgo * 24 * 60 * 60 * 1000 });
					localStorage.conversations = JSON.stringify([entry('a', 0), entry('b', 1), entry('c', 3), entry('d', 40)]);
					""");
		openPage();

		assertThat(browser.texts("#chat-list > *")).containsExactly("Today", "a", "Yesterday", "b", "Last 7 days", "c",
				"Older", "d");
	}

	@Test
	void conversationIsExported() {
		answer("Which colour has the sky?", "**Blue.**");
		browser.run("""
				const real = URL.createObjectURL;
				URL.createObjectURL = (blob) => {
					blob.text().then((text) => window.exported = text);
					return real(blob);
				};
				HTMLAnchorElement.prototype.click = function() {
					window.exportedAs = this.download;
				};
				""");
		browser.chooseForChat("export");
		browser.await(() -> browser.run("return window.exported") != null);

		assertThat(browser.run("return window.exported")).isEqualTo("""
				# Which colour has the sky?

				## You

				Which colour has the sky?

				## Gemini

				**Blue.**
				""");
		assertThat(browser.run("return window.exportedAs")).isEqualTo("Which colour has the sky.md");
	}

	@Test
	void whenOnlyTurnWasBlockedThenQuestionIsThereAgain() {
		this.simulator.next().block(BlockReason.PROHIBITED_CONTENT);
		browser.ask("Something bad");
		browser.awaitAnswer();
		browser.click("#new-chat");
		browser.click("#chat-list .open");
		browser.await(() -> browser.texts(".said").equals(List.of("Something bad")));

		assertThat(browser.text("#notice")).isEmpty();
		assertThat(browser.text(".failure .what")).isEqualTo("The question was blocked by a filter.");
		assertThat(browser.isShown(".retry")).isFalse();
		browser.click(".edit");
		assertThat(browser.find("#question").getDomProperty("value")).isEqualTo("Something bad");
		this.simulator.next().text("Fine.");
		browser.type("#question", Keys.chord(Keys.CONTROL, "a"), "Something good", Keys.ENTER);
		browser.await(() -> browser.texts(".said").equals(List.of("Something good")));
		browser.awaitAnswer();
		assertThat(lastRequest().request().contents()).extracting(Content::text).containsExactly("Something good");
	}

	@Test
	void whenServerHasForgottenTheConversationThenPageSaysSo() {
		browser.run("localStorage.conversations = JSON.stringify([{ id: crypto.randomUUID(), title: 'Old' },"
				+ "{ id: '../../actuator', title: 'Bad' }])");
		openPage();
		assertThat(browser.texts("#chat-list .open")).containsExactly("Old");
		browser.click("#chat-list .open");

		browser.await(() -> browser.text("#notice").equals("The server no longer has this conversation."));
		assertThat(browser.isShown("#welcome")).isTrue();
	}

	@Test
	void turnsOfAnotherTabAreShown() {
		browser.ask("First");
		browser.awaitAnswer();
		String tab = browser.openTab();
		openPage();
		browser.click("#chat-list .open");
		browser.await(() -> browser.findAll(".turn").size() == 2);
		browser.ask("Second");
		browser.awaitAnswer();
		browser.closeTab(tab);

		browser.await(() -> browser.texts(".said").equals(List.of("First", "Second")));
		browser.ask("Third");
		browser.awaitAnswer();
		assertThat(browser.texts(".said")).containsExactly("First", "Second", "Third");
		assertThat(lastRequest().request().contents()).hasSize(5);
	}

}
