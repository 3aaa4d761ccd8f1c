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

package com.cometapi.gemini.test.readme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the recipes of the README and of the pages in docs.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "cometapi.gemini.retry.max-attempts=1")
@AutoConfigureGeminiSimulator
class ReadmeTests {

	@Autowired
	private GeminiTemplate gemini;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private WeatherFunctions weatherFunctions;

	@LocalServerPort
	private int port;

	@Test
	void asks() {
		this.simulator.next().text("It learns from data.");
		assertThat(Recipes.ask(this.gemini)).isEqualTo("It learns from data.");
	}

	@Test
	void streams() {
		assertThat(Recipes.stream(this.gemini).collectList().block()).hasSizeGreaterThan(1);
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(5)).path()).endsWith(":streamGenerateContent");
	}

	@Test
	void streamsToTheBrowser() throws Exception {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/chat?q=Hello")).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(response.body()).contains("event:text\n", "event:usage\n", "event:done\n");
	}

	@Test
	void streamsToTheBrowserFromAFlux() throws Exception {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/reactive-chat?q=Hello"))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.body()).contains("event:text\n", "event:usage\n", "event:done\n");
	}

	@Test
	void thinks() {
		assertThat(Recipes.think(this.gemini)).allSatisfy((text) -> assertThat(text).isNotEmpty());
	}

	@Test
	void setsTemperatureLengthAndSafety() {
		assertThat(Recipes.tune(this.gemini)).isNotEmpty();
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(5)).body()).contains("\"temperature\":0.2",
				"\"maxOutputTokens\":500", "\"HARM_CATEGORY_HARASSMENT\"", "\"BLOCK_ONLY_HIGH\"");
	}

	@Test
	void looks() {
		assertThat(Recipes.look(this.gemini)).containsIgnoringCase("png");
	}

	@Test
	void searches() {
		assertThat(Recipes.search(this.gemini)).isNotEmpty();
	}

	@Test
	void answersWithObjects() {
		assertThat(Recipes.entity(this.gemini)).isNotEmpty();
	}

	@Test
	void answersWithAnObjectThatGrows() {
		List<Recipes.Recipe> growing = Recipes.streamEntity(this.gemini).collectList().block();
		assertThat(growing).hasSizeGreaterThan(1)
			.last()
			.satisfies((recipe) -> assertThat(recipe.ingredients()).isNotEmpty());
	}

	@Test
	void answersInJson() {
		assertThat(Recipes.json(this.gemini)).startsWith("[").contains("\"distanceKm\"");
	}

	@Test
	void callsFunctionsByItself() {
		this.simulator.next().response(call("weather", Map.of("city", "Paris")));
		Recipes.callAutomatically(this.gemini, this.weatherFunctions);
		this.simulator.takeRequest(Duration.ofSeconds(5));
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(5)).body())
			.contains("{\"city\":\"Paris\",\"degrees\":18,\"sky\":\"clear, jo\"}");
	}

	@Test
	void showsCallsAndResultsInTheStream() {
		this.simulator.next().response(call("time", Map.of("zone", "Asia/Tokyo")));
		List<GenerateContentResponse> events = Recipes.watch(this.gemini).collectList().block();
		assertThat(events).anySatisfy((event) -> assertThat(event.functionCalls()).isNotEmpty())
			.anySatisfy((event) -> assertThat(event.text()).isNotEmpty());
		assertThat(events.stream()
			.flatMap((event) -> event.parts().stream())
			.map(Part::functionResponse)
			.filter(Objects::nonNull)).singleElement()
			.satisfies((result) -> assertThat(result.response()).containsKey("output"));
	}

	@Test
	void asksBeforeAFunctionRuns() {
		this.simulator.next().response(call("deleteInvoice", Map.of("number", 7)));
		Recipes.approve(this.gemini);
		assertThat(Application.deleted).contains(7);
	}

	@Test
	void asksLater() {
		Application.deleted.clear();
		this.simulator.next().response(call("deleteInvoice", Map.of("number", 8)));
		this.simulator.next().text("Done");
		assertThat(Recipes.approveLater(this.gemini)).isEqualTo("Done");
		assertThat(Application.deleted).containsExactly(8);
	}

	@Test
	void callsAFunction() {
		assertThat(Recipes.call(this.gemini)).contains("18 degrees and clear in ");
	}

	@Test
	void draws(@TempDir Path directory) throws IOException {
		assertThat(Recipes.draw(this.gemini, directory)).isNotEmptyFile();
	}

	@Test
	void usesAnotherKey() {
		Recipes.tenant(this.gemini, this.simulator.getApiKey());
		assertThat(this.simulator.takeRequest(Duration.ofSeconds(5)).headers().getFirst("X-Request-Source"))
			.isEqualTo("batch");
	}

	@Test
	void fails() {
		this.simulator.next().error(429).retryAfter(Duration.ofSeconds(7));
		assertThat(Recipes.fail(this.gemini, "Hello")).isEqualTo("Too many requests, try again in PT7S");
		this.simulator.next().error(429);
		assertThat(Recipes.fail(this.gemini, "Hello")).isEqualTo("Too many requests, try again later");
		this.simulator.next().block(BlockReason.SAFETY);
		assertThat(Recipes.fail(this.gemini, "Hello")).startsWith("Blocked: ").contains("SAFETY");
		this.simulator.next().error(503);
		assertThat(Recipes.fail(this.gemini, "Hello")).isEqualTo("Try again later");
	}

	private static GenerateContentResponse call(String name, Map<String, Object> args) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder()
				// Gemini 3 signs its calls, and wants the signature back.
				.content(Content
					.model(Part.functionCall(FunctionCall.of(name, args)).toBuilder().thoughtSignature("c2ln").build()))
				.finishReason(FinishReason.STOP)
				.build())
			.build();
	}

}
