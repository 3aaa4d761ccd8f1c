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

import com.cometapi.gemini.test.ErrorStyle;
import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the messages of the page about problems of the endpoint: a wrong key, an empty
 * balance, and an endpoint that is slow, unreachable, or interrupts an answer.
 */
@Tag("slow")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=" + GeminiSimulator.API_KEY, "cometapi.gemini.health.cache-ttl=0",
				"cometapi.gemini.retry.initial-delay=10ms",
				"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
@Import(EventGate.class)
class EndpointPageTests {

	private static GeminiSimulator endpoint = GeminiSimulator.start();

	private static Browser browser;

	@Autowired
	private EventGate events;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry registry) {
		registry.add("cometapi.gemini.base-url", endpoint::getBaseUrl);
	}

	@BeforeAll
	static void startBrowser() {
		browser = Browser.shared();
	}

	@AfterAll
	static void close() {
		endpoint.close();
	}

	@BeforeEach
	void openPage() {
		endpoint.reset();
		this.events.reset();
		browser.open("http://localhost:" + this.port + "/comet.svg");
		browser.run("localStorage.clear(); sessionStorage.clear()");
		browser.open("http://localhost:" + this.port);
		browser.await(() -> browser.text("#badge").equals("Connected to 127.0.0.1")
				&& browser.findAll("#model option").size() > 2);
	}

	@Test
	void whenEndpointIsGoneThenBadgeNamesItAndQuestionIsAskedAgainOnDemand() {
		endpoint.close();
		try {
			browser.ask("Hello");
			browser.awaitAnswer();
			assertThat(browser.text("#badge")).isEqualTo("127.0.0.1 does not answer");
			assertThat(browser.text(".failure .what")).isEqualTo("The endpoint cannot be reached.");
			assertThat(browser.text(".failure .do")).isEqualTo("Check the network, then try again.");
			browser.refresh();
			browser.await(() -> browser.text("#badge").equals("127.0.0.1 does not answer"));
			browser.await(() -> browser.isShown(".retry"));
			assertThat(browser.texts(".said")).containsExactly("Hello");
			assertThat(browser.text(".failure .what")).isEqualTo("The endpoint cannot be reached.");
		}
		finally {
			endpoint = GeminiSimulator.builder().port(endpoint.getBaseUrl().getPort()).start();
		}
		endpoint.next().text("Here I am.");
		browser.click(".retry");
		browser.awaitAnswer("Here I am.");
		assertThat(browser.text("#badge")).isEqualTo("Connected to 127.0.0.1");
	}

	@ParameterizedTest
	@CsvSource({ "402,", "403, insufficient_user_quota", "429, insufficient_user_quota",
			"403, pre_consume_token_quota_failed" })
	void whenBalanceIsEmptyThenPageSaysToTopUp(int status, String code) {
		if (code == null) {
			endpoint.next().error(status).times(10);
		}
		else {
			endpoint.next()
				.raw(status, "application/json",
						"""
								{"error":{"message":"user quota is not enough","type":"new_api_error","code":"%s"}}"""
							.formatted(code))
				.times(10);
		}
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.text(".failure")).isEqualTo("""
				The balance of the account is used up.
				Top it up, then try again.
				Details""");
		assertThat(browser.isShown(".retry")).isTrue();
		assertThat(browser.text("#badge")).isEqualTo("Connected to 127.0.0.1");
	}

	@Test
	void whenKeyIsWrongThenBadgeSaysSo() {
		endpoint.next().error(401).errorStyle(ErrorStyle.GOOGLE).times(10);
		browser.ask("Hello");
		browser.awaitAnswer();

		assertThat(browser.text("#badge")).isEqualTo("127.0.0.1 refuses the API key");
		assertThat(browser.text(".failure .do")).isEqualTo("Set a valid COMETAPI_KEY and start the server again.");
	}

	@Test
	void whenEndpointIsSlowThenPageWaitsAndAnswerArrives() {
		endpoint.next().text("At last.");
		this.events.hold(0);
		browser.ask("Hello");
		browser.await(() -> browser.isShown(".answer[aria-busy=true] .waiting") && browser.isShown("#stop"));
		this.events.reset();
		browser.awaitAnswer();

		assertThat(browser.text(".answer .body")).isEqualTo("At last.");
	}

	@Test
	void whenEndpointBreaksOffThenAnswerIsContinued() {
		endpoint.next().text("One two three four").cutAfterEvents(2);
		browser.ask("Count");
		browser.awaitAnswer();
		browser.await(() -> browser.isShown(".proceed"));
		assertThat(browser.text(".failure .what")).isEqualTo("The connection was lost.");
		endpoint.next().text("three four");
		browser.click(".proceed");
		browser.await(() -> browser.findAll(".exchange").size() == 2);
		browser.awaitAnswer();

		assertThat(browser.texts(".answer .body")).containsExactly("One two", "three four");
	}

}
