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

package com.cometapi.gemini.autoconfigure;

import java.net.URI;
import java.util.function.Consumer;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the content of prompts and responses is not logged, and that the addresses
 * in it are not followed.
 */
@ExtendWith(OutputCaptureExtension.class)
class PromptContentTests {

	private static final String LOGGER = "com.cometapi.gemini";

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"the diagnosis"},\
			{"fileData":{"mimeType":"image/png","fileUri":"%1$s"}},{"text":"![cat](%1$s)"}]},"finishReason":"STOP",\
			"groundingMetadata":{"groundingChunks":[{"web":{"uri":"%1$s","title":"cat"}}]}}]}""";

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@AutoClose
	private final GeminiServer internal = new GeminiServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, GeminiAutoConfiguration.class));

	@BeforeEach
	void logEverything() {
		this.logging.setLogLevel(LOGGER, LogLevel.TRACE);
	}

	@AfterEach
	void restoreLogging() {
		this.logging.setLogLevel(LOGGER, null);
	}

	@Test
	void promptsAndResponsesAreNotLogged(CapturedOutput output) {
		respond(200, "application/json", RESPONSE.formatted("http://localhost"));
		respond(200, "text/event-stream", "data: " + RESPONSE.formatted("http://localhost") + "\n\n");
		respond(503, "application/json", "{\"error\":{\"message\":\"Overloaded\"}}");
		run((gemini) -> {
			assertThat(gemini.prompt("my symptoms").text()).contains("the diagnosis");
			StepVerifier.create(gemini.prompt("my symptoms").stream()).expectNextCount(1).verifyComplete();
			assertThatExceptionOfType(GeminiServerException.class).isThrownBy(() -> gemini.prompt("my symptoms").text())
				.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("symptoms"));
		});
		assertThat(output.getAll()).doesNotContain("symptoms", "diagnosis");
	}

	@Test
	void addressesInPromptsAndResponsesAreNotFollowed() {
		String address = this.internal.url().resolve("/latest/meta-data").toString();
		respond(200, "application/json", RESPONSE.formatted(address));
		run((gemini) -> assertThat(
				gemini.prompt("What is on it?").media(MimeTypeUtils.IMAGE_PNG, URI.create(address)).call().text())
			.contains("the diagnosis"));
		assertThat(this.server.requestCount()).isEqualTo(1);
		assertThat(this.internal.requestCount()).isZero();
	}

	private void respond(int status, String contentType, String body) {
		this.server
			.answer(new MockResponse.Builder().code(status).setHeader("Content-Type", contentType).body(body).build());
	}

	private void run(Consumer<GeminiOperations> calls) {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.retry.max-attempts=1",
					"cometapi.gemini.read-data-urls=true", "cometapi.gemini.base-url=" + this.server.url())
			.run((context) -> calls.accept(context.getBean(GeminiOperations.class)));
	}

}
