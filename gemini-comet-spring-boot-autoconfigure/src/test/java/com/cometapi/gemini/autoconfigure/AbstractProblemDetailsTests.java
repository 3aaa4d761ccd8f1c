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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.web.GeminiErrorEvent;
import com.cometapi.gemini.web.GeminiErrorEventMapper;
import com.cometapi.gemini.web.GeminiServerSentEvents;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.json.JsonContent;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ProblemDetailsAdvice} on a running server, with calls that fail over
 * HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class AbstractProblemDetailsTests {

	private static final String SECRET = "sk-Q7vSecretOfTheHouse";

	private final WebApplicationType type;

	private final Class<?> configuration;

	private final Class<?> problemDetailsOfSpring;

	@AutoClose
	private final GeminiServer endpoint = new GeminiServer().respond(AbstractProblemDetailsTests::failAsNamed);

	private ConfigurableApplicationContext context;

	AbstractProblemDetailsTests(WebApplicationType type, Class<?> configuration, Class<?> problemDetailsOfSpring) {
		this.type = type;
		this.configuration = configuration;
		this.problemDetailsOfSpring = problemDetailsOfSpring;
	}

	@BeforeAll
	void start() {
		this.context = run(TestApplication.class);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "mono", "future", "json-flux", "text-flux", "event-flux", "events", "joined",
			"wrapped" })
	void failureBeforeTheFirstByteBecomesProblemDetails(String handler) throws Exception {
		HttpResponse<String> response = get("/" + handler + "/429");

		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(response.headers().allValues("Content-Type")).containsExactly("application/problem+json");
		assertThat(new JsonContent(response.body())).isStrictlyEqualTo("""
				{
					"title": "Too Many Requests",
					"status": 429,
					"detail": "There are too many questions at the moment. Please try again in a little while.",
					"instance": "/%s/429",
					"code": "rate-limit",
					"transient": true
				}""".formatted(handler));
	}

	@ParameterizedTest
	@CsvSource({ "400, 400, invalid-request", "401, 502, authentication", "402, 503, quota", "403, 502, permission",
			"404, 502, model-not-found", "413, 413, invalid-request", "500, 503, server", "503, 503, server",
			"blocked, 422, blocked", "empty, 502, no-text", "stalled, 504, timeout", "page, 502, protocol" })
	void responseHasTheStatusAndCodeOfTheFailureAndNoSecrets(String model, int status, String code) throws Exception {
		HttpResponse<String> response = get("/text/" + model);

		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(new JsonContent(response.body())).extractingPath("$.code").isEqualTo(code);
		assertThat(response.body() + response.headers()).doesNotContain(SECRET, "inside", "Gemini", "Exception");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text-flux", "event-flux" })
	void failureAfterTheFirstByteStillBreaksTheConnection(String handler) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/" + handler + "/cut"));
	}

	@Test
	void failureOfAResponseStreamIsAnErrorEvent() throws Exception {
		HttpResponse<String> response = get("/sse/429");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("event:error", "\"code\":\"rate-limit\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "own-status", "own-annotation" })
	void exceptionWithItsOwnStatusKeepsIt(String handler) throws Exception {
		HttpResponse<String> response = get("/" + handler + "/429");

		assertThat(response.statusCode()).isEqualTo(418);
		assertThat(response.body()).doesNotContain("rate-limit");
	}

	@Test
	void whenControllerHandlesTheExceptionThenItsResponseIsUsed() throws Exception {
		assertThat(get("/handled/429").body()).isEqualTo("Handled by the controller");
	}

	@Test
	void failureIsLoggedWithoutTheKey(CapturedOutput output) throws Exception {
		get("/text/401");

		assertThat(output).contains("WARN", "Responding with status 502", "GeminiAuthenticationException")
			.doesNotContain(SECRET);
	}

	@Test
	void whenAdviceOfTheApplicationHandlesEverythingThenItsResponseIsUsed() throws Exception {
		try (ConfigurableApplicationContext context = run(CatchAllApplication.class)) {
			assertThat(get(context, "/text/429").body()).isEqualTo("Handled by an advice");
		}
	}

	@Test
	void problemDetailsOfSpringAndErrorMessagesOfTheApplicationAreCombined() throws Exception {
		try (ConfigurableApplicationContext context = run(this.problemDetailsOfSpring,
				"spring.mvc.problemdetails.enabled=true", "spring.webflux.problemdetails.enabled=true")) {
			HttpResponse<String> response = get(context, "/text/429");
			assertThat(response.statusCode()).isEqualTo(429);
			assertThat(new JsonContent(response.body())).isLenientlyEqualTo("""
					{ "detail": "Zu viele Fragen", "code": "zu-viel", "transient": false }""");
			HttpResponse<String> absent = get(context, "/absent");
			assertThat(absent.statusCode()).isEqualTo(404);
			assertThat(absent.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		}
	}

	@Test
	void whenPropertyIsFalseThenSpringHandlesTheException() throws Exception {
		try (ConfigurableApplicationContext context = run(TestApplication.class,
				"cometapi.gemini.problem-details.enabled=false")) {
			assertThat(context.getBeanNamesForType(ProblemDetailsAdvice.class)).isEmpty();
			assertThat(get(context, "/text/429").statusCode()).isEqualTo(500);
		}
	}

	// With Spring Boot 4.0.7, a graceful shutdown of Reactor Netty may never end
	private ConfigurableApplicationContext run(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application, this.configuration).web(this.type)
			.properties("server.port=0", "server.shutdown=immediate", "cometapi.gemini.api-key=" + SECRET,
					"cometapi.gemini.retry.max-attempts=1", "spring.main.banner-mode=off",
					"cometapi.gemini.base-url=" + this.endpoint.url())
			.properties(properties)
			.run();
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return get(this.context, path);
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
				.timeout(Duration.ofSeconds(30))
				.build(), BodyHandlers.ofString());
	}

	/**
	 * Fail in the way that the model id names.
	 */
	private static MockResponse failAsNamed(RecordedRequest request) {
		String model = request.getUrl().pathSegments().get(2).split(":")[0];
		return switch (model) {
			case "blocked" -> json(200, "{\"promptFeedback\":{\"blockReason\":\"inside\"}}");
			case "empty" -> json(200, "{\"candidates\":[{\"finishReason\":\"MAX_TOKENS\"}]}");
			case "stalled" -> new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).build();
			case "page" ->
				new MockResponse.Builder().setHeader("Content-Type", "text/html").body("<html>inside</html>").build();
			case "cut" -> new MockResponse.Builder().setHeader("Content-Type", "text/event-stream")
				.body("data: " + GeminiServer.textResponse("Hello", null) + "\n\n")
				.build();
			default -> json(Integer.parseInt(model), """
					{"error":{"code":%s,"message":"inside, key %s"}}""".formatted(model, SECRET)).newBuilder()
				.setHeader("Retry-After", "7")
				.build();
		};
	}

	private static MockResponse json(int status, String body) {
		return new MockResponse.Builder().code(status).setHeader("Content-Type", "application/json").body(body).build();
	}

	@RestController
	static class TestController {

		private final GeminiOperations gemini;

		private final GeminiServerSentEvents events;

		TestController(GeminiOperations gemini, GeminiServerSentEvents events) {
			this.gemini = gemini;
			this.events = events;
		}

		@GetMapping("/text/{model}")
		String text(@PathVariable String model) {
			PromptSpec prompt = this.gemini.prompt("Hi").model(model);
			return (model.equals("stalled")) ? prompt.firstEventTimeout(Duration.ofMillis(200)).text() : prompt.text();
		}

		@GetMapping("/mono/{model}")
		Mono<String> mono(@PathVariable String model) {
			return this.gemini.prompt("Hi").model(model).callAsync().map((response) -> response.text());
		}

		@GetMapping("/future/{model}")
		CompletableFuture<String> future(@PathVariable String model) {
			return mono(model).toFuture().thenApply((text) -> text);
		}

		@GetMapping("/joined/{model}")
		String joined(@PathVariable String model) {
			return future(model).join();
		}

		@GetMapping("/wrapped/{model}")
		String wrapped(@PathVariable String model) {
			try {
				return text(model);
			}
			catch (GeminiException ex) {
				throw new IllegalStateException("Failed to summarise", new CompletionException(ex));
			}
		}

		@GetMapping(path = "/json-flux/{model}", produces = MediaType.APPLICATION_JSON_VALUE)
		Flux<String> jsonFlux(@PathVariable String model) {
			return this.gemini.prompt("Hi").model(model).streamText();
		}

		@GetMapping(path = "/text-flux/{model}", produces = MediaType.TEXT_PLAIN_VALUE)
		Flux<String> textFlux(@PathVariable String model) {
			return this.gemini.prompt("Hi").model(model).streamText();
		}

		@GetMapping(path = "/event-flux/{model}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> eventFlux(@PathVariable String model) {
			return this.gemini.prompt("Hi").model(model).streamText();
		}

		@GetMapping("/events/{model}")
		Flux<ServerSentEvent<String>> events(@PathVariable String model) {
			return eventFlux(model).map((text) -> ServerSentEvent.builder(text).build());
		}

		@GetMapping("/sse/{model}")
		ResponseEntity<Flux<ServerSentEvent<String>>> sse(@PathVariable String model) {
			return this.events.response(this.gemini.prompt("Hi").model(model).stream());
		}

		@GetMapping("/own-status/{model}")
		String ownStatus(@PathVariable String model) {
			try {
				return text(model);
			}
			catch (GeminiException ex) {
				throw new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT, "Teapot", ex);
			}
		}

		@GetMapping("/own-annotation/{model}")
		String ownAnnotation(@PathVariable String model) {
			try {
				return text(model);
			}
			catch (GeminiException ex) {
				throw new TeapotException(ex);
			}
		}

	}

	@RestController
	@RequestMapping("/handled")
	static class HandlingController {

		private final GeminiOperations gemini;

		HandlingController(GeminiOperations gemini) {
			this.gemini = gemini;
		}

		@GetMapping("/{model}")
		String text(@PathVariable String model) {
			return this.gemini.prompt("Hi").model(model).text();
		}

		@ExceptionHandler
		String handle(GeminiException ex) {
			return "Handled by the controller";
		}

	}

	@ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
	static class TeapotException extends RuntimeException {

		TeapotException(Throwable cause) {
			super(cause);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TestApplication {

		@Bean
		TestController testController(GeminiOperations gemini, GeminiServerSentEvents events) {
			return new TestController(gemini, events);
		}

		@Bean
		HandlingController handlingController(GeminiOperations gemini) {
			return new HandlingController(gemini);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CatchAllApplication extends TestApplication {

		@Bean
		CatchAllAdvice catchAllAdvice() {
			return new CatchAllAdvice();
		}

	}

	@RestControllerAdvice
	static class CatchAllAdvice {

		@ExceptionHandler
		String handle(Exception ex) {
			return "Handled by an advice";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ErrorMessagesApplication extends TestApplication {

		@Bean
		GeminiErrorEventMapper errorMessages() {
			return (failure) -> new GeminiErrorEvent("zu-viel", "Zu viele Fragen", false);
		}

	}

}
