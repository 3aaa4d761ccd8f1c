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

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.RecordedRequest;
import com.cometapi.gemini.web.resume.GeminiStreams;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * The page in a browser, in demo mode.
 */
@Tag("slow")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=", "cometapi.gemini.simulator.pace=5ms",
				"cometapi.gemini.retry.initial-delay=10ms",
				"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
@Import({ RequestGate.class, EventGate.class })
abstract class AbstractPageTests {

	/**
	 * How long the page shows that the server is back, in milliseconds.
	 */
	static final int BACK_TIME = 4_000;

	static Browser browser;

	@LocalServerPort
	int port;

	@Autowired
	GeminiSimulator simulator;

	@Autowired
	GeminiStreams streams;

	@Autowired
	RequestGate gate;

	@Autowired
	EventGate events;

	@BeforeAll
	static void startBrowser() {
		browser = Browser.shared();
	}

	@BeforeEach
	void openEmptyPage() {
		this.gate.reset();
		this.events.reset();
		browser.open("http://localhost:" + this.port + "/comet.svg");
		endAnswers();
		browser.run("localStorage.clear(); sessionStorage.clear()");
		this.simulator.reset();
		openPage();
	}

	// Answers of an earlier test would otherwise be counted in this one. The readers of a
	// cancelled answer learn of it at once.
	@SuppressWarnings("unchecked")
	private void endAnswers() {
		((List<String>) browser.run("""
				const conversations = JSON.parse(localStorage.conversations ?? '[]');
				return conversations.flatMap(({ branches }) => Object.keys(branches ?? {}));
				""")).forEach((chat) -> this.streams.cancelByKey(chat).block());
		this.streams.close();
		browser.await(() -> this.streams.getRunningCount() == 0 && this.simulator.openCalls() == 0);
	}

	final void openPage() {
		browser.open("http://localhost:" + this.port);
		browser.await(() -> !browser.text("#badge").isEmpty() && browser.findAll("#model option").size() > 2);
		browser.complaints();
	}

	final void answer(String question, String text) {
		this.simulator.next().text(text);
		int turns = browser.findAll(".exchange").size();
		browser.ask(question);
		browser.await(() -> browser.findAll(".exchange").size() == turns + 1);
		browser.awaitAnswer();
	}

	final RecordedRequest lastRequest() {
		List<RecordedRequest> requests = modelRequests();
		return requests.get(requests.size() - 1);
	}

	final List<RecordedRequest> modelRequests() {
		return this.simulator.requests().stream().filter((request) -> request.model() != null).toList();
	}

	static Part thought(String text) {
		return Part.builder().text(text).thought(true).build();
	}

	static GenerateContentResponse event(Part part, FinishReason finishReason) {
		Candidate candidate = Candidate.builder().content(Content.model(part)).finishReason(finishReason).build();
		return GenerateContentResponse.builder().candidates(candidate).build();
	}

}
