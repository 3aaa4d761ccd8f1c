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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.api.Source;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.function.GeminiFunctionSettings.OnError;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ClassPathResource;

/**
 * The code blocks of the README, each in a method of its own.
 */
final class Recipes {

	private Recipes() {
	}

	static String ask(GeminiOperations gemini) {
		String answer = gemini.prompt("Explain how AI works in a few words").text();
		return answer;
	}

	static Flux<String> stream(GeminiOperations gemini) {
		Flux<String> pieces = gemini.prompt()
			.system("You are a math tutor. Always show your work.")
			.user("What is 2+2?")
			.streamText();
		return pieces;
	}

	static List<String> think(GeminiOperations gemini) {
		GenerateContentResponse deep = gemini.prompt("Explain quantum physics simply.")
			.model("gemini-3.1-pro-preview")
			.thinkingLevel(ThinkingLevel.LOW)
			.includeThoughts()
			.call();
		String thoughts = deep.thoughts();

		String quick = gemini.prompt("Solve this logic puzzle step by step.")
			.model("gemini-2.5-flash-lite")
			.thinkingBudget(2048)
			.text();
		return List.of(thoughts, quick);
	}

	static String tune(GeminiOperations gemini) {
		String answer = gemini.prompt("Summarize the plot of Hamlet")
			.temperature(0.2)
			.maxOutputTokens(500)
			.safety(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_ONLY_HIGH)
			.text();
		return answer;
	}

	static String look(GeminiOperations gemini) {
		String description = gemini.prompt("What is on this picture?").media(new ClassPathResource("cat.png")).text();
		return description;
	}

	static List<Source> search(GeminiOperations gemini) {
		GenerateContentResponse grounded = gemini.prompt("Who won the euro 2024?").googleSearch().call();
		List<Source> sources = grounded.sources();
		return sources;
	}

	static List<?> entity(GeminiOperations gemini) {
		record Planet(String name, @JsonPropertyDescription("Mean distance from the sun") @Positive long distanceKm,
				Optional<String> namedAfter) {
		}

		List<Planet> planets = gemini.prompt("List 3 planets with their distances from the sun")
			.repairs(1)
			.entity(new ParameterizedTypeReference<List<Planet>>() {
			});
		return planets;
	}

	static Flux<Recipe> streamEntity(GeminiOperations gemini) {
		Flux<Recipe> growing = gemini.prompt("A recipe for pancakes").streamEntity(Recipe.class);
		return growing;
	}

	static String json(GeminiOperations gemini) {
		String planets = gemini.prompt("List 3 planets with their distances from the sun")
			.responseSchema(Schema.builder()
				.type(SchemaType.ARRAY)
				.items(Schema.builder()
					.type(SchemaType.OBJECT)
					.properties(Map.of("name", Schema.builder().type(SchemaType.STRING).build(), "distanceKm",
							Schema.builder().type(SchemaType.NUMBER).build()))
					.required("name", "distanceKm")
					.build())
				.build())
			.text();
		return planets;
	}

	static String callAutomatically(GeminiOperations gemini, WeatherFunctions weatherFunctions) {
		String answer = gemini.prompt("What is the weather in Paris?")
			.functionsOf(weatherFunctions)
			.functionContext("user", "jo")
			.text();
		return answer;
	}

	static Flux<GenerateContentResponse> watch(GeminiOperations gemini) {
		GeminiFunctionCallback time = GeminiFunctionCallback.of("time", "Time in a place", Place.class,
				(place) -> LocalTime.now(ZoneId.of(place.zone())));
		Flux<GenerateContentResponse> events = gemini.prompt("What time is it in Tokyo?").functions(time).stream();
		return events;
	}

	static String approveLater(GeminiOperations gemini) {
		GeminiChat chat = GeminiChat.create(gemini);
		FunctionCall call = chat.prompt("Delete the oldest invoice")
			.functionNames("deleteInvoice")
			.functionApproval((suspended) -> GeminiFunctionDecision.suspend())
			.call()
			.functionCalls()
			.get(0);
		Part open = Part.functionResponse(FunctionResponse.builder().id(call.id()).name(call.name()).build());
		String done = chat.prompt()
			.user(open)
			.functionNames("deleteInvoice")
			.functionApproval((resumed) -> GeminiFunctionDecision.allow())
			.text();
		return done;
	}

	static String approve(GeminiOperations gemini) {
		String done = gemini.prompt("Delete the oldest invoice")
			.functionNames("deleteInvoice")
			.functionApprovalAsync((call) -> ask("May I call %s with %s?".formatted(call.name(), call.args()))
				.map((yes) -> yes ? GeminiFunctionDecision.allow() : GeminiFunctionDecision.refuse("The user said no")))
			.functionSettings((settings) -> settings.maxRounds(3).onError(OnError.FAIL))
			.text();
		return done;
	}

	private static Mono<Boolean> ask(String question) {
		return Mono.just(question.startsWith("May I call deleteInvoice"));
	}

	static String call(GeminiOperations gemini) {
		FunctionDeclaration weather = FunctionDeclaration.builder()
			.name("get_weather")
			.description("Current weather for a city")
			.parameters(Schema.builder()
				.type(SchemaType.OBJECT)
				.properties(Map.of("city", Schema.builder().type(SchemaType.STRING).build()))
				.required("city")
				.build())
			.build();
		Content question = Content.user("What is the weather in Paris?");

		GenerateContentResponse first = gemini.prompt().history(question).functions(weather).call();
		Part[] results = first.functionCalls()
			.stream()
			.map((call) -> Part.functionResponse(call.id(), call.name(), Map.of("output", lookUp(call))))
			.toArray(Part[]::new);
		String answer = gemini.prompt()
			.history(question, first.content(), Content.user(results))
			.functions(weather)
			.text();
		return answer;
	}

	private static String lookUp(FunctionCall call) {
		return "18 degrees and clear in " + call.args().get("city");
	}

	static Path draw(GeminiOperations gemini, Path directory) {
		Path file = directory.resolve("butterfly.png");
		Blob image = gemini.prompt("A Monarch butterfly anatomical sketch on textured parchment")
			.model("gemini-3.1-flash-image")
			.responseModalities(Modality.TEXT, Modality.IMAGE)
			.aspectRatio("1:1")
			.imageTo(file);
		return file;
	}

	static GenerateContentResponse downloadAPicture(GeminiOperations gemini, Path directory) {
		GenerateContentResponse answer = gemini.prompt("A detailed map of the world")
			.model("gemini-3-pro-image")
			.mediaSink((mimeType) -> Files.newOutputStream(Files.createTempFile(directory, "map", ".png")))
			.call();
		return answer;
	}

	static String tenant(GeminiOperations gemini, String tenantKey) {
		String answer = gemini.prompt("Hello!")
			.apiKey(tenantKey)
			.header("X-Request-Source", "batch")
			.totalTimeout(Duration.ofSeconds(30))
			.text();
		return answer;
	}

	static String fail(GeminiOperations gemini, String question) {
		try {
			return gemini.prompt(question).text();
		}
		catch (GeminiRateLimitException ex) {
			return (ex.getRetryAfter() != null) ? "Too many requests, try again in " + ex.getRetryAfter()
					: "Too many requests, try again later";
		}
		catch (GeminiBlockedException ex) {
			return "Blocked: " + ex.getMessage();
		}
		catch (GeminiException ex) {
			return ex.isTransient() ? "Try again later" : "Sorry: " + ex.getMessage();
		}
	}

	record Place(String zone) {

	}

	record Recipe(String title, List<String> ingredients, int minutes) {

	}

}
