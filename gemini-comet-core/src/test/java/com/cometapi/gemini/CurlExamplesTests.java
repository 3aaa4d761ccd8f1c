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

package com.cometapi.gemini;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionCallingConfig;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GoogleMaps;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.api.StreamableHttpTransport;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.api.VideoMetadata;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.test.json.JsonContent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the fluent code of each call in the documentation of the API sends the body
 * of its curl command.
 */
class CurlExamplesTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	@AutoClose
	private final GeminiServer server = new GeminiServer();

	private GeminiTemplate gemini;

	@BeforeEach
	void createTemplate() {
		GeminiClientSettings settings = GeminiClientSettings.builder("sk-curl-examples")
			.baseUrl(this.server.url())
			.build();
		GeminiClient client = GeminiClient.create(WebClient.builder(), mapper, settings);
		this.gemini = new GeminiTemplate(client, GeminiDefaults.of("gemini-2.5-flash"));
	}

	@Test
	void quickstart() {
		assertCalls(this.gemini.prompt("Explain how AI works in a few words"), "quickstart");
	}

	@Test
	void streamText() {
		assertStreams(this.gemini.prompt("Write a short poem about the stars"), "stream-text");
	}

	@Test
	void systemInstruction() {
		assertCalls(this.gemini.prompt("What is 2+2?").system("You are a math tutor. Always show your work."),
				"system-instruction");
	}

	@Test
	void thinkingLevel() {
		assertCalls(this.gemini.prompt("Explain quantum physics simply.")
			.model("gemini-3.1-pro-preview")
			.thinkingLevel(ThinkingLevel.LOW), "thinking-level", "gemini-3.1-pro-preview");
	}

	@Test
	void thinkingBudget() {
		assertCalls(this.gemini.prompt("Solve this logic puzzle step by step.").thinkingBudget(2048),
				"thinking-budget");
	}

	@Test
	void jsonMode() {
		assertCalls(this.gemini.prompt("List 3 planets with their distances from the sun").json(), "json-mode");
	}

	@Test
	void googleSearch() {
		assertCalls(this.gemini.prompt("Who won the euro 2024?").googleSearch(), "google-search");
	}

	@Test
	void googleMaps() {
		assertCalls(this.gemini.prompt("What are the best Italian restaurants within a 15-minute walk from here?")
			.googleMaps(new GoogleMaps(false, null, null, Map.of()))
			.location(34.09, -117.88)
			.languageCode("en"), "google-maps");
	}

	@Test
	void functionCalling() {
		Schema city = Schema.builder().type(SchemaType.STRING).description("City name").build();
		assertCalls(this.gemini.prompt("Weather in Paris and in Tokyo? Call the function for both cities at once.")
			.functions(FunctionDeclaration.of("get_weather", "Current weather for a city", object(city)))
			.functionCalling(FunctionCallingMode.ANY, "get_weather"), "function-calling");
	}

	private static Schema object(Schema city) {
		return Schema.builder().type(SchemaType.OBJECT).properties(Map.of("city", city)).required("city").build();
	}

	@Test
	void functionResponseOfGemini3() {
		String signature = "AY89a19eCdKurFEZ2PceOgYiyMwbMm8TLwl8DZzdn3Ie0nS/ZbkvknSZpfyQAGrkATnFm+UEFu0E3u1mq2ibcTRDR"
				+ "+OeTI1lJHgtGpX6GDlhcIixdZ20";
		FunctionCall paris = new FunctionCall("call_463646", "get_weather", Map.of("city", "Paris"), null, null,
				Map.of());
		FunctionCall tokyo = new FunctionCall("call_463649", "get_weather", Map.of("city", "Tokyo"), null, null,
				Map.of());
		assertCalls(
				this.gemini.prompt()
					.history(Content.user("Weather in Paris and in Tokyo?"),
							Content.model(Part.builder().functionCall(paris).thoughtSignature(signature).build(),
									Part.functionCall(tokyo)))
					.user(Part.functionResponse("call_463646", "get_weather", Map.of("output", "18C, clear")),
							Part.functionResponse("call_463649", "get_weather", Map.of("output", "21C, rain"))),
				"function-response-gemini3");
	}

	@Test
	void functionResponseTurn() {
		String signature = "CrkCAVSoXO4IxPbe07cSWnruH678BViamh2LXYQVis23MVa8O61Z6zZ/nZ6BJ97C";
		Map<String, ?> color = Map.of("pattern", "red|blue|green|white", "type", "string");
		assertCalls(this.gemini.prompt()
			.history(Content.user("Use the printer to print a simple word: hello in blue, and beep with the beeper"),
					Content.model(Part.builder()
						.functionCall(FunctionCall.of("print", Map.of("color", "blue", "text", "hello")))
						.thoughtSignature(signature)
						.build(), Part.functionCall(FunctionCall.of("beep", Map.of()))))
			.user(Part.functionResponse("print", mcpText("\u001b[34mhello\u001b[0m")),
					Part.functionResponse("beep", mcpText("beep")))
			.functions(
					FunctionDeclaration.builder()
						.name("print")
						.parametersJsonSchema(jsonSchema(Map.of("color", color, "text", Map.of("type", "string")),
								List.of("text", "color")))
						.build(),
					FunctionDeclaration.builder()
						.name("beep")
						.parametersJsonSchema(Map.of("properties", Map.of(), "type", "object"))
						.build())
			.functionCalling(FunctionCallingMode.AUTO)
			.generationConfig((config) -> {
			}), "function-response-turn");
	}

	private static Map<String, ?> mcpText(String text) {
		return Map.of("content", List.of(Map.of("type", "text", "text", text)));
	}

	@Test
	void functionDeclarationsWithJsonSchema() {
		assertCalls(
				this.gemini.prompt("put word: hello and word: world into a string")
					.functions(FunctionDeclaration.builder()
						.name("concatStringFunction")
						.description("this is a concat string function")
						.parametersJsonSchema(jsonSchema(Map.of("firstString", Map.of("type", "string"), "secondString",
								Map.of("type", "string")), List.of("firstString", "secondString")))
						.build())
					.functionCalling(FunctionCallingMode.ANY, "concatStringFunction")
					.generationConfig((config) -> {
					}),
				"function-declarations-json-schema");
	}

	private static Map<String, ?> jsonSchema(Map<String, ?> properties, List<String> required) {
		return Map.of("$schema", "http://json-schema.org/draft-07/schema#", "additionalProperties", false, "properties",
				properties, "required", required, "type", "object");
	}

	@Test
	void streamedFunctionCallArguments() {
		Map<String, ?> parameters = mapper.convertValue(example("vertex-stream-function-call-arguments")
			.at("/tools/0/functionDeclarations/0/parametersJsonSchema"), Map.class);
		assertStreams(this.gemini
			.prompt("get the current weather in NewYorkCity in celsius, the country should be USA, the purpose is to "
					+ "know what to wear today.")
			.functions(FunctionDeclaration.builder()
				.name("getCurrentWeather")
				.description("Get the current weather in a city")
				.parametersJsonSchema(parameters)
				.build())
			.toolConfig(ToolConfig.create().withFunctionCalling(new FunctionCallingConfig(null, null, true, Map.of())))
			.generationConfig((config) -> {
			}), "vertex-stream-function-call-arguments");
	}

	@Test
	void imageGeneration() {
		assertCalls(this.gemini.prompt("A Monarch butterfly anatomical sketch on textured parchment")
			.responseModalities(Modality.TEXT, Modality.IMAGE)
			.aspectRatio("1:1")
			.imageSize("4K"), "image-generation");
	}

	@Test
	void imageOutput() {
		assertCalls(this.gemini.prompt("Generate an image of the Eiffel tower with fireworks in  the background.")
			.responseModalities(Modality.IMAGE, Modality.TEXT), "image-output");
	}

	@Test
	void multimodal() {
		byte[] png = Base64.getDecoder()
			.decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQImWNwav0CAALIAbzDqqRyAAAAAElFTkSuQmCC");
		VideoMetadata clip = VideoMetadata.of(Duration.ofMillis(1500), Duration.ofSeconds(10), 1.0);
		assertCalls(
				this.gemini.prompt("Describe the picture and the video.")
					.media(new ByteArrayResource(png))
					.user(Part.fileData("video/mp4", "https://example.com/clip.mp4").withVideoMetadata(clip)),
				"multimodal");
	}

	@Test
	void responseSchema() {
		Schema planet = Schema.builder()
			.type(SchemaType.OBJECT)
			.properties(Map.of("name", Schema.builder().type(SchemaType.STRING).minLength(1L).build(), "kind",
					Schema.builder()
						.type(SchemaType.STRING)
						.format("enum")
						.enumValues("TERRESTRIAL", "GAS_GIANT", "ICE_GIANT")
						.build(),
					"distanceKm", Schema.builder().type(SchemaType.NUMBER).minimum(0.0).build(), "moons",
					Schema.builder().type(SchemaType.INTEGER).nullable(true).build()))
			.required("name", "distanceKm")
			.propertyOrdering("name", "kind", "distanceKm", "moons")
			.build();
		assertCalls(this.gemini.prompt("List 3 planets with their distances from the sun")
			.responseSchema(Schema.builder().type(SchemaType.ARRAY).minItems(3L).maxItems(3L).items(planet).build()),
				"response-schema");
	}

	@Test
	void responseJsonSchema() {
		String schema = example("response-json-schema").at("/generationConfig/responseJsonSchema").toString();
		assertCalls(this.gemini.prompt("populate the following object").responseJsonSchema(schema),
				"response-json-schema");
	}

	@Test
	void textToSpeech() {
		assertCalls(this.gemini.prompt("Say cheerfully: Have a wonderful day!")
			.responseModalities(Modality.AUDIO)
			.voice("Kore"), "tts");
	}

	@Test
	void mcpServers() {
		StreamableHttpTransport transport = StreamableHttpTransport.builder()
			.url("https://mcp.example.com/mcp")
			.headers(Map.of("AUTHORIZATION", "Bearer EXAMPLE"))
			.timeout("10s")
			.build();
		assertCalls(this.gemini.prompt("What is the weather like in New York ON 02/02/2026?")
			.mcpServer(McpServer.of("weather_server", transport))
			.generationConfig((config) -> {
			}), "mcp-servers");
	}

	private void assertCalls(PromptSpec prompt, String example) {
		assertCalls(prompt, example, "gemini-2.5-flash");
	}

	private void assertCalls(PromptSpec prompt, String example, String model) {
		assertThat(new JsonContent(mapper.writeValueAsString(prompt.request()))).isStrictlyEqualTo(expected(example));
		this.server.answer(new MockResponse.Builder().setHeader("Content-Type", "application/json")
			.body("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"4\"}]},\"finishReason\":\"STOP\"}]}")
			.build());
		prompt.call();
		assertSent("/v1beta/models/" + model + ":generateContent", example);
	}

	private void assertStreams(PromptSpec prompt, String example) {
		this.server.answer(new MockResponse.Builder().setHeader("Content-Type", "text/event-stream")
			.body("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"4\"}]},\"finishReason\":\"STOP\"}]}\r\n\r\n")
			.build());
		prompt.stream().blockLast();
		assertSent("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", example);
	}

	private void assertSent(String target, String example) {
		RecordedRequest request = this.server.takeRequest();
		assertThat(request.getMethod()).isEqualTo("POST");
		assertThat(request.getTarget()).isEqualTo(target);
		assertThat(request.getHeaders().values("x-goog-api-key")).containsExactly("sk-curl-examples");
		assertThat(request.getHeaders().get("Authorization")).isNull();
		assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
		assertThat(new JsonContent(request.getBody().utf8())).isStrictlyEqualTo(expected(example));
	}

	/**
	 * Return the body of the curl command with the two intended differences: each content
	 * has a role, and {@code google_search} is in camel case like the other members.
	 */
	private static String expected(String example) {
		JsonNode body = example(example);
		for (JsonNode content : body.path("contents")) {
			if (!content.has("role")) {
				((ObjectNode) content).put("role", "user");
			}
		}
		for (JsonNode tool : body.path("tools")) {
			if (tool.has("google_search")) {
				((ObjectNode) tool).set("googleSearch", ((ObjectNode) tool).remove("google_search"));
			}
		}
		return body.toString();
	}

	private static JsonNode example(String name) {
		return mapper.readTree(GeminiServer.recording(name + ".request.json"));
	}

}
