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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the key is neither in the log of an application that logs everything nor in
 * what its actuator shows.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyNeverShowsTests {

	private static final String KEY = "sk-Q7vSecretOfTheHouse";

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}""";

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@TempDir
	private Path directory;

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	@BeforeEach
	void letTheApplicationConfigureLogging() {
		this.logging.cleanUp();
	}

	@AfterEach
	void restoreLogging() {
		this.logging.cleanUp();
		for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
			System.clearProperty(property.getEnvironmentVariableName());
		}
		this.logging.beforeInitialize();
		this.logging.initialize(new LoggingInitializationContext(new MockEnvironment()), null, null);
	}

	@Test
	void keyInAPropertyDoesNotShow(CapturedOutput output) throws Exception {
		check(Map.of("cometapi.gemini.api-key", KEY), output);
	}

	@Test
	void keyInAVariableDoesNotShow(CapturedOutput output) throws Exception {
		check(Map.of("COMETAPI_KEY", KEY, "cometapi.gemini.auth", "bearer"), output);
	}

	@Test
	void keyInAnotherPropertyDoesNotShow(CapturedOutput output) throws Exception {
		check(Map.of("my.house", "front door: " + KEY, "my.lock", KEY, "cometapi.gemini.api-key", "${my.lock}"),
				output);
	}

	@Test
	void keyOfAConnectionDoesNotShow(CapturedOutput output) throws Exception {
		check(Map.of("cometapi.gemini.api-key", "sk-default", "cometapi.gemini.connections.other.api-key", KEY,
				"my.house", "front door: " + KEY), output);
	}

	private void check(Map<String, Object> properties, CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(properties)) {
			callEverything(context);
			String port = context.getEnvironment().getProperty("local.server.port");
			for (String endpoint : new String[] { "env", "configprops", "health", "beans", "conditions" }) {
				String body = get("http://localhost:" + port + "/actuator/" + endpoint);
				assertThat(body).as(endpoint).containsIgnoringCase("gemini").doesNotContain(KEY);
			}
			assertThat(get("http://localhost:" + port + "/actuator/configprops")).contains("gemini-3.5-flash");
			assertThat(
					context.getBean(GeminiClient.class).toString() + context.getBean(GeminiConnectionProperties.class)
							+ context.getBean(GeminiConnectionDetails.class) + context.getBean(GeminiOperations.class))
				.doesNotContain(KEY);
		}
		String log = Files.readString(this.directory.resolve("all.log"));
		assertThat(log.contains(" TRACE ") && log.contains(":generateContent")).isTrue();
		assertThat(log.lines().filter((line) -> line.contains(KEY))).isEmpty();
		assertThat(output.getAll()).doesNotContain(KEY);
	}

	private void callEverything(ConfigurableApplicationContext context) {
		GeminiOperations gemini = context.getBean(GeminiOperations.class);
		respond(200, "application/json", RESPONSE);
		assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
		respond(200, "text/event-stream", "data: " + RESPONSE + "\n\n");
		StepVerifier.create(gemini.prompt("Hi").streamText()).expectNext("Hello").verifyComplete();
		respond(401, "application/json", """
				{"error":{"message":"Invalid token %s","type":"comet_api_error","code":""}}""".formatted(KEY));
		assertThatExceptionOfType(GeminiAuthenticationException.class).isThrownBy(() -> gemini.prompt("Hi").text())
			.satisfies((ex) -> assertThat(ex + " " + ex.getError()).doesNotContain(KEY));
		// For the health endpoint
		respond(401, "application/json", """
				{"error":{"message":"Invalid token %s","type":"comet_api_error","code":""}}""".formatted(KEY));
	}

	private ConfigurableApplicationContext start(Map<String, Object> properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--logging.level.root=TRACE",
				"--logging.file.name=" + this.directory.resolve("all.log"), "--logging.threshold.console=off",
				"--spring.http.codecs.log-request-details=true", "--spring.mvc.log-request-details=true",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.env.show-values=always",
				"--management.endpoint.health.show-details=always",
				"--management.endpoint.configprops.show-values=always",
				"--cometapi.gemini.base-url=" + this.server.url()));
		properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return new SpringApplicationBuilder(TestApplication.class).run(arguments.toArray(String[]::new));
	}

	private void respond(int status, String contentType, String body) {
		this.server
			.answer(new MockResponse.Builder().code(status).setHeader("Content-Type", contentType).body(body).build());
	}

	private static String get(String url) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TestApplication {

	}

}
