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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that conversations outlive the application.
 */
@Tag("slow")
class RestartTests {

	@TempDir
	private Path directory;

	@Test
	void whenApplicationIsStartedAgainThenPictureCanBeChanged() {
		String path = "/api/chats/" + UUID.randomUUID();
		try (ConfigurableApplicationContext application = start(0)) {
			ask(application, path, "Draw a red sun over green hills.");
		}
		try (ConfigurableApplicationContext application = start(0)) {
			assertThat(ask(application, path, "Make the sky purple."))
				.contains("event:inline-data", "purple", "event:done")
				.doesNotContain("event:error");
		}
	}

	private static String ask(ConfigurableApplicationContext application, String path, String question) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + port(application))
			.build()
			.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("text", question, "model", "gemini-3-pro-image", "features", List.of("image")))
			.exchangeSuccessfully()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	@Test
	void whenApplicationIsStartedAgainThenPageShowsConversationAndGoesOn() {
		int port;
		List<String> said;
		Browser browser = Browser.shared();
		try (ConfigurableApplicationContext application = start(0)) {
			port = port(application);
			browser.open("http://localhost:" + port);
			browser.await(() -> browser.findAll("#model option").size() > 2);
			browser.click("[data-features=image]");
			browser.awaitAnswer();
			browser.select("#model", "gemini-2.5-flash-lite");
			browser.toggle("functions");
			browser.ask("Compare the weather in Paris and in Tokyo.");
			browser.awaitAnswer();
			said = browser.texts(".body > *");
		}
		try (ConfigurableApplicationContext application = start(port)) {
			assertThat(application.isActive()).isTrue();
			browser.open("http://localhost:" + port + "/#again");
			browser.run("sessionStorage.clear(); location.reload()");
			browser.await(() -> browser.findAll("#model option").size() > 2 && browser.findAll(".turn").isEmpty());
			browser.click("#chat-list .open");
			browser.await(() -> browser.findAll(".turn").size() == 4);

			assertThat(browser.texts(".body > *")).isEqualTo(said);
			browser.await(() -> browser.run("return document.querySelector('.picture img').naturalWidth").equals(384L));
			assertThat(browser.texts(".call h3")).containsExactly("weather", "weather");
			browser.click("#new-chat");
			browser.click("#chat-list .open");
			browser.await(() -> browser.findAll(".turn").size() == 4);
			browser.select("#model", "gemini-3.1-flash-lite-image");
			browser.ask("Make the sky purple.");
			browser.awaitAnswer();
			assertThat(browser.findAll(".picture img")).hasSize(2);
			assertThat(browser.isShown(".failure")).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenApplicationIsStartedAgainDuringAnAnswerThenWhatArrivedStaysAndConversationGoesOn(boolean offline) {
		int port;
		Browser browser = Browser.shared();
		try {
			try (ConfigurableApplicationContext application = start(0, "--server.shutdown=immediate")) {
				port = port(application);
				application.getBean(GeminiSimulator.class)
					.next()
					.text("One word after another. ".repeat(500))
					.pace(Duration.ofMillis(40));
				browser.open("http://localhost:" + port);
				browser.await(() -> browser.findAll("#model option").size() > 2);
				browser.ask("Hello");
				browser.await(() -> browser.text(".answer .body").contains("One word"));
				if (offline) {
					// The browser does not learn that the application stops.
					browser.setOffline(true);
					browser.await(() -> browser.text(".waiting").equals("Connection lost. Reconnecting …"));
				}
			}
			if (!offline) {
				browser.await(() -> browser.text("#badge").equals("The server cannot be reached. Reconnecting …"));
			}
			try (ConfigurableApplicationContext application = start(port)) {
				browser.setOffline(false);
				browser.await(() -> browser.isShown(".proceed"));
				assertThat(browser.text(".answer .body")).startsWith("One word");
				browser.click(".proceed");
				browser.await(() -> browser.findAll(".exchange").size() == 2);
				browser.awaitAnswer();
				assertThat(application.getBean(GeminiSimulator.class).requests())
					.filteredOn((request) -> request.model() != null)
					.singleElement()
					.satisfies((request) -> assertThat(request.request().contents()).hasSize(3));
			}
		}
		finally {
			browser.setOffline(false);
		}
	}

	private static int port(ConfigurableApplicationContext application) {
		return ((WebServerApplicationContext) application).getWebServer().getPort();
	}

	private ConfigurableApplicationContext start(int port, String... args) {
		return SpringApplication.run(ChatApplication.class,
				StringUtils.concatenateStringArrays(args, new String[] { "--COMETAPI_KEY=", "--server.port=" + port,
						"--spring.datasource.url=jdbc:h2:file:" + this.directory.resolve("chat") }));
	}

}
