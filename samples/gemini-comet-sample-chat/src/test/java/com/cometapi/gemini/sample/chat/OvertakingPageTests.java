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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of races on the page, such as a stop that overtakes its question, or a next
 * conversation that overtakes the end of the one before.
 */
class OvertakingPageTests extends AbstractPageTests {

	private static final String QUESTION = "POST /api/chats/[^/]+";

	private static final String STORED_TURNS = "GET /api/chats/[^/]+";

	private static final String RUNNING_STREAM = "GET /api/chats/.+/stream";

	private static final String STOP = "DELETE /api/chats/.+/stream";

	@AfterEach
	void connectAgain() {
		browser.setOffline(false);
	}

	@Test
	void whenStopOvertakesItsQuestionThenAnswerIsStopped() {
		longAnswer();
		this.gate.hold(QUESTION);
		browser.ask("Hello");
		browser.await(() -> this.gate.countArrived(QUESTION) == 1);
		browser.click("#stop");
		browser.await(() -> browser.text(".waiting").equals("Stopping …") || browser.isShown(".notes span"));
		this.gate.open();
		browser.await(() -> this.gate.countHandled(QUESTION) == 1);
		browser.awaitAnswer();

		assertThat(browser.text(".notes")).isEqualTo("Stopped before there was an answer");
		browser.await(() -> this.streams.getRunningCount() == 0);
	}

	@Test
	void whenConversationIsLeftAtOnceThenItsQuestionIsAnswered() {
		browser.holdDatabase();
		this.simulator.next().text("Blue.");
		browser.ask("Which colour has the sky?");
		browser.click("#new-chat");
		browser.releaseDatabase();
		browser.await(() -> this.gate.countHandled(QUESTION) == 1);

		assertThat(browser.isShown("#send")).isTrue();
		assertThat(browser.findAll(".turn")).isEmpty();
		browser.await(() -> this.streams.getRunningCount() == 0);
		browser.click("#chat-list .open");
		browser.await(() -> browser.text(".answer .body").equals("Blue."));
		assertThat(browser.texts(".said")).containsExactly("Which colour has the sky?");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAnswerIsStoredBeforeItIsStoppedThenItIsThereOnce(boolean left) {
		this.simulator.next().text("One two three four");
		this.events.hold(1);
		this.gate.hold(STOP);
		browser.ask("Count");
		browser.await(() -> browser.text(".answer .body").contains("One"));
		browser.click("#stop");
		browser.await(() -> this.gate.countArrived(STOP) == 1);
		this.events.reset();
		browser.await(() -> this.streams.getRunningCount() == 0);
		if (left) {
			browser.click("#new-chat");
		}
		this.gate.open();
		browser.await(() -> this.gate.countHandled(STORED_TURNS) >= 1);

		if (left) {
			answer("Something else", "Fine.");
			assertThat(browser.texts(".said")).containsExactly("Something else");
			browser.click("#chat-list li:last-child .open");
		}
		browser.await(() -> browser.text(".answer .body").equals("One two three four"));
		answer("Go on", "five");
		assertThat(lastRequest().request().contents()).extracting(Content::text)
			.containsExactly("Count", "One two three four", "Go on");
	}

	@Test
	void whenConversationIsLeftBeforeItsAnswerIsCompleteThenTheNextOneIsNotDisturbed() {
		browser.run("""
				window.announced = [];
				new BroadcastChannel('conversations').onmessage = ({ data }) => window.announced.push(data);
				""");
		browser.toggle("table");
		this.simulator.next().text("{\"rows\":[]}");
		this.gate.hold(STORED_TURNS);
		browser.ask("List nothing");
		browser.await(() -> this.gate.countArrived(STORED_TURNS) == 1);
		browser.click("#new-chat");
		longAnswer();
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		this.gate.open();
		browser.await(() -> announced().size() == 3);

		assertThat(announced().get(0)).isNotEqualTo(announced().get(1));
		assertThat(announced().get(2)).isEqualTo(announced().get(0));
		assertThat(browser.isShown("#stop")).isTrue();
		assertThat(browser.text("#status")).isEqualTo("Gemini is answering");
	}

	@SuppressWarnings("unchecked")
	private static List<String> announced() {
		return (List<String>) browser.run("return window.announced");
	}

	@Test
	void whenConversationIsOpenedTwiceThenItsAnswerIsReadOnce() {
		leaveLongAnswer();
		this.gate.hold(RUNNING_STREAM);
		browser.click("#chat-list .open");
		browser.click("#chat-list .open");
		browser.await(() -> this.gate.countArrived(RUNNING_STREAM) == 2);
		this.gate.open();
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		browser.await(() -> this.gate.countHandled(RUNNING_STREAM) == 2);

		browser.await(() -> this.streams.getReaderCount() == 1);
		assertThat(browser.findAll(".exchange")).hasSize(1);
	}

	@Test
	void whenConversationCannotBeOpenedThenItsAnswerIsNotRead() {
		leaveLongAnswer();
		this.gate.refuse(STORED_TURNS, HttpStatus.INTERNAL_SERVER_ERROR);
		browser.click("#chat-list .open");
		browser.await(() -> browser.text("#notice").equals("The conversation could not be opened."));

		browser.await(() -> this.streams.getReaderCount() == 0);
		assertThat(this.streams.getRunningCount()).isEqualTo(1);
	}

	@Test
	void whenInterruptedAnswerCannotBeStoredThenItIsOnceTheServerIsBack() {
		longAnswer();
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		this.gate.refuse("POST /api/chats/.+/turns", HttpStatus.INTERNAL_SERVER_ERROR);
		browser.click("#stop");
		browser.awaitAnswer();
		browser.await(() -> browser.text(".notes").contains("What has arrived could not be stored."));
		this.gate.open();
		browser.hasten(BACK_TIME);
		browser.setOffline(true);
		browser.await(() -> browser.text("#badge").equals("You are offline"));
		browser.setOffline(false);
		browser.await(() -> browser.isShown(".proceed"));

		assertThat(browser.text(".answer .body")).startsWith("One word");
	}

	@Test
	void whenConnectionIsBackThenOnlyConversationsWithUnsavedAnswersAreOpenedAgain() {
		longAnswer();
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		browser.setOffline(true);
		browser.await(() -> browser.text(".waiting").equals("Connection lost. Reconnecting …"));
		browser.click("#stop");
		browser.awaitAnswer();
		browser.await(() -> browser.text(".notes").contains("What has arrived could not be stored."));
		browser.click("#new-chat");
		browser.hasten(BACK_TIME);
		Object current = browser.run("return sessionStorage.conversation");
		browser.setOffline(false);
		browser.await(() -> browser.text("#badge").startsWith("Demo"));
		browser.click("#chat-list .open");
		browser.await(() -> browser.isShown("#stop"));

		assertThat(this.gate.countArrived("GET /api/chats/" + current)).isZero();
	}

	private void leaveLongAnswer() {
		longAnswer();
		browser.ask("Hello");
		browser.await(() -> browser.text(".answer .body").contains("One word"));
		browser.click("#new-chat");
		browser.await(() -> this.streams.getReaderCount() == 0);
	}

	private void longAnswer() {
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
	}

}
