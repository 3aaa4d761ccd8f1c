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

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import jakarta.validation.constraints.PositiveOrZero;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the settings of an application for its own JSON and HTTP do not change
 * requests and responses, and that its settings for all clients are used.
 */
class ApplicationSettingsTests {

	private static final String RESPONSE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}],\
			"usageMetadata":{"totalTokenCount":3}}""";

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, JacksonAutoConfiguration.class,
				CodecsAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				GeminiAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.generation.max-output-tokens=5");

	@Test
	void namingStrategyOfTheApplicationIsNotUsed() {
		respond(RESPONSE);
		runner("spring.jackson.property-naming-strategy=SNAKE_CASE", "spring.jackson.default-property-inclusion=always")
			.run((context) -> {
				GenerateContentResponse response = context.getBean(GeminiOperations.class).prompt("Hi").call();

				assertThat(response.text()).isEqualTo("Hello");
				assertThat(response.usageMetadata().totalTokenCount()).isEqualTo(3);
				assertThat(this.server.takeRequest().getBody().utf8()).isEqualTo("""
						{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],\
						"generationConfig":{"maxOutputTokens":5}}""");
			});
	}

	@Test
	void namingStrategyOfTheApplicationIsUsedForItsOwnTypes() {
		respondWith("{'first_name': 'Ada', 'age': 36}");
		runner("spring.jackson.property-naming-strategy=SNAKE_CASE").run((context) -> {
			Person person = context.getBean(GeminiOperations.class).prompt("Who?").entity(Person.class);

			assertThat(person).isEqualTo(new Person("Ada", 36));
			assertThat(this.server.takeRequest().getBody().utf8())
				.contains("\"propertyOrdering\":[\"first_name\",\"age\"]");
		});
	}

	@Test
	void validatorOfTheApplicationChecksTypedResponses() {
		respondWith("{'firstName': 'Ada', 'age': -1}");
		respondWith("{'firstName': 'Ada', 'age': -1}");
		runner().withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class)).run((context) -> {
			PromptSpec prompt = context.getBean(GeminiOperations.class).prompt("Who?");
			assertThatExceptionOfType(GeminiResponseMismatchException.class)
				.isThrownBy(() -> prompt.entity(Person.class))
				.withMessageContaining("age must be greater than or equal to 0");
		});
		runner("cometapi.gemini.entity.validate=false")
			.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
			.run((context) -> assertThat(
					context.getBean(GeminiOperations.class).prompt("Who?").entity(Person.class).age())
				.isEqualTo(-1));
	}

	@Test
	void mismatchingResponsesAreRepairedAsConfigured() {
		respond(RESPONSE);
		respondWith("{'firstName': 'Ada', 'age': 36}");
		runner("cometapi.gemini.entity.repairs=1").run((context) -> {
			assertThat(context.getBean(GeminiOperations.class).prompt("Who?").entity(Person.class).age()).isEqualTo(36);

			assertThat(this.server.requestCount()).isEqualTo(2);
		});
	}

	@Test
	void codecLimitsOfTheApplicationAreNotUsed() {
		respond(RESPONSE);
		this.server.answer(new MockResponse.Builder().setHeader("Content-Type", "text/event-stream")
			.body("data: " + RESPONSE + "\n\n")
			.build());
		runner("spring.http.codecs.max-in-memory-size=16B")
			.withBean(WebClientCustomizer.class,
					() -> (builder) -> builder.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(16)))
			.run((context) -> {
				GeminiOperations gemini = context.getBean(GeminiOperations.class);

				assertThat(gemini.prompt("Hi").text()).isEqualTo("Hello");
				StepVerifier.create(gemini.prompt("Hi").streamText()).expectNext("Hello").verifyComplete();
			});
	}

	@Test
	void redirectsOfTheApplicationAreNotFollowed() {
		this.server.answer(new MockResponse.Builder().code(307).setHeader("Location", "/elsewhere").build());
		respond(RESPONSE);
		runner("spring.http.clients.redirects=follow").run((context) -> {
			StepVerifier.create(context.getBean(GeminiOperations.class).prompt("Hi").callAsync()).verifyError();

			assertThat(this.server.requestCount()).isOne();
		});
	}

	@Test
	void connectorOfTheApplicationIsNotUsed() {
		respond(RESPONSE);
		runner("spring.http.clients.reactive.connector=jdk").run((context) -> {
			assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text()).isEqualTo("Hello");

			assertThat(headers().get("User-Agent")).startsWith("ReactorNetty");
		});
	}

	@Test
	void filtersAndHeadersOfTheApplicationAreUsed() {
		respond(RESPONSE);
		runner().withBean(WebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Tenant", "a"))
			.withBean(GeminiWebClientBuilderCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Gemini", "b"))
			.run((context) -> {
				context.getBean(GeminiOperations.class).prompt("Hi").text();

				Headers headers = headers();
				assertThat(headers.get("X-Tenant")).isEqualTo("a");
				assertThat(headers.get("X-Gemini")).isEqualTo("b");
			});
	}

	@Test
	void credentialsOfTheApplicationAreNotSent() {
		respond(RESPONSE);
		runner()
			.withBean(WebClientCustomizer.class,
					() -> (builder) -> builder.defaultHeader("Authorization", "Bearer of-the-application"))
			.run((context) -> {
				context.getBean(GeminiOperations.class).prompt("Hi").text();

				Headers headers = headers();
				assertThat(headers.get("Authorization")).isNull();
				assertThat(headers.get("x-goog-api-key")).isEqualTo("sk-test");
			});
	}

	@Test
	void credentialsThatTheApplicationSetsForEachRequestAreNotSent() {
		respond(RESPONSE);
		runner()
			.withBean(WebClientCustomizer.class,
					() -> (builder) -> builder.defaultCookie("session", "of-the-application")
						.defaultRequest((request) -> request.header("Authorization", "Bearer of-the-application")
							.header("x-goog-api-key", "of-the-application")
							.header("X-Tenant", "a")
							.cookie("user", "of-the-application")))
			.run((context) -> {
				context.getBean(GeminiOperations.class).prompt("Hi").text();

				Headers headers = headers();
				assertThat(headers.get("X-Tenant")).isEqualTo("a");
				assertThat(headers.get("x-goog-api-key")).isEqualTo("sk-test");
				assertThat(headers.toString()).doesNotContain("of-the-application");
			});
	}

	@Test
	void credentialsForTheEndpointAreSent() {
		respond(RESPONSE);
		runner()
			.withBean(GeminiWebClientBuilderCustomizer.class,
					() -> (builder) -> builder.defaultCookie("session", "of-the-gateway")
						.defaultRequest((request) -> request.header("Authorization", "Bearer of-the-gateway")))
			.run((context) -> {
				context.getBean(GeminiOperations.class).prompt("Hi").text();

				Headers headers = headers();
				assertThat(headers.get("Authorization")).isEqualTo("Bearer of-the-gateway");
				assertThat(headers.get("Cookie")).isEqualTo("session=of-the-gateway");
			});
	}

	@Test
	void proxyOfThePropertiesIsUsed() {
		respond(RESPONSE);
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=http://gemini.invalid",
					"cometapi.gemini.proxy.host=" + this.server.url().getHost(),
					"cometapi.gemini.proxy.port=" + this.server.url().getPort(), "cometapi.gemini.proxy.username=user",
					"cometapi.gemini.proxy.password=password")
			.run((context) -> {
				this.server.answer(new MockResponse.Builder().code(502).build());
				StepVerifier.create(context.getBean(GeminiOperations.class).prompt("Hi").callAsync()).verifyError();

				assertThat(this.server.takeRequest().getRequestLine()).startsWith("CONNECT gemini.invalid:80");
			});
	}

	@Test
	void proxyWithABlankUsernameGetsNoCredentials() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.base-url=http://gemini.invalid",
					"cometapi.gemini.proxy.host=" + this.server.url().getHost(),
					"cometapi.gemini.proxy.port=" + this.server.url().getPort(), "cometapi.gemini.proxy.username=",
					"cometapi.gemini.proxy.password=")
			.run((context) -> {
				this.server.answer(new MockResponse.Builder().code(502).build());
				StepVerifier.create(context.getBean(GeminiOperations.class).prompt("Hi").callAsync()).verifyError();

				assertThat(this.server.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
			});
	}

	@Test
	void nonProxyHostsAreReachedDirectly() {
		respond(RESPONSE);
		runner("cometapi.gemini.proxy.host=proxy.invalid",
				"cometapi.gemini.proxy.non-proxy-hosts=*.example.com,local*,127.*")
			.run((context) -> assertThat(context.getBean(GeminiOperations.class).prompt("Hi").text())
				.isEqualTo("Hello"));
	}

	private ApplicationContextRunner runner(String... properties) {
		return this.contextRunner.withPropertyValues("cometapi.gemini.base-url=" + this.server.url())
			.withPropertyValues(properties);
	}

	private void respondWith(String json) {
		respond(RESPONSE.replace("Hello", json.replace("'", "\\\"")));
	}

	private void respond(String body) {
		this.server.answer(new MockResponse.Builder().setHeader("Content-Type", "application/json").body(body).build());
	}

	private Headers headers() throws InterruptedException {
		return this.server.takeRequest().getHeaders();
	}

	record Person(String firstName, @PositiveOrZero int age) {

	}

}
