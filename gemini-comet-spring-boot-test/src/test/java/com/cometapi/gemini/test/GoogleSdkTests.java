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

package com.cometapi.gemini.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.GoogleSearch;
import com.google.genai.types.GroundingMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Segment;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.ThinkingLevel;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GeminiSimulator} with Google's Java SDK as its client.
 */
class GoogleSdkTests {

	private static final String FLASH = "gemini-3.5-flash";

	private final GeminiSimulator simulator = GeminiSimulator.builder().pace(Duration.ZERO).start();

	private final Client client = client(this.simulator, GeminiSimulator.API_KEY);

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void readsText() {
		GenerateContentResponse response = this.client.models.generateContent(FLASH, "Why is the sky blue?",
				GenerateContentConfig.builder()
					.systemInstruction(Content.fromParts(Part.fromText("Be brief.")))
					.temperature(0.5f)
					.maxOutputTokens(1000)
					.build());

		assertThat(response.text()).contains("simulated", "Why is the sky blue?", "Be brief.");
		assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
		assertThat(response.modelVersion()).hasValue(FLASH);
		assertThatCountsAddUp(response.usageMetadata().orElseThrow());
	}

	@Test
	void readsAStream() {
		List<GenerateContentResponse> events = new ArrayList<>();
		try (ResponseStream<GenerateContentResponse> stream = this.client.models.generateContentStream(FLASH,
				"Why is the sky blue?", null)) {
			stream.forEach(events::add);
		}

		String text = String.join("", events.stream().map(GenerateContentResponse::text).toList());
		assertThat(events).hasSizeGreaterThan(20);
		assertThat(text).startsWith("## A simulated answer").contains("Why is the sky blue?").endsWith("```\n");
		GenerateContentResponse last = events.get(events.size() - 1);
		assertThat(last.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
		assertThatCountsAddUp(last.usageMetadata().orElseThrow());
	}

	@Test
	void readsJsonThatFitsTheSchema() {
		Schema schema = Schema.builder()
			.type(Type.Known.ARRAY)
			.minItems(3L)
			.items(Schema.builder()
				.type(Type.Known.OBJECT)
				.properties(Map.of("name", Schema.builder().type(Type.Known.STRING).build(), "distance",
						Schema.builder().type(Type.Known.NUMBER).minimum(10.0).build()))
				.required("name", "distance")
				.build())
			.build();

		GenerateContentResponse response = this.client.models.generateContent(FLASH, "List planets",
				GenerateContentConfig.builder().responseMimeType("application/json").responseSchema(schema).build());

		JsonNode planets = Json.MAPPER.readTree(response.text());
		assertThat(planets.size()).isEqualTo(3);
		planets.forEach((planet) -> {
			assertThat(planet.path("name").asString()).isNotEmpty();
			assertThat(planet.path("distance").asDouble()).isGreaterThanOrEqualTo(10);
		});
	}

	@Test
	void callsFunctionsInTwoTurns() {
		FunctionDeclaration weather = FunctionDeclaration.builder()
			.name("get_weather")
			.description("Get the weather")
			.parameters(Schema.builder()
				.type(Type.Known.OBJECT)
				.properties(Map.of("city", Schema.builder().type(Type.Known.STRING).build()))
				.required("city")
				.build())
			.build();
		GenerateContentConfig config = GenerateContentConfig.builder()
			.tools(Tool.builder().functionDeclarations(weather).build())
			.build();
		Content question = Content.builder()
			.role("user")
			.parts(Part.fromText("What is the weather like in Paris?"))
			.build();

		GenerateContentResponse first = this.client.models.generateContent(FLASH, question, config);
		FunctionCall call = first.functionCalls().get(0);
		Content model = first.candidates().orElseThrow().get(0).content().orElseThrow();
		Content result = Content.builder()
			.role("user")
			.parts(Part.builder()
				.functionResponse(FunctionResponse.builder()
					.id(call.id().orElseThrow())
					.name("get_weather")
					.response(Map.of("temperature", 21))
					.build())
				.build())
			.build();
		GenerateContentResponse second = this.client.models.generateContent(FLASH, List.of(question, model, result),
				config);

		assertThat(call.name()).hasValue("get_weather");
		assertThat(call.args().orElseThrow()).containsEntry("city", "Paris");
		assertThat(first.parts().get(1).thoughtSignature()).isPresent();
		assertThat(second.text()).contains("`get_weather` returned temperature = 21");
	}

	@Test
	void readsThoughts() {
		GenerateContentResponse response = this.client.models
			.generateContent(FLASH, "Why?", GenerateContentConfig.builder()
				.thinkingConfig(
						ThinkingConfig.builder().includeThoughts(true).thinkingLevel(ThinkingLevel.Known.HIGH).build())
				.build());

		assertThat(response.parts().get(0).thought()).hasValue(true);
		assertThat(response.parts().get(0).text().orElseThrow()).contains("simulator");
		assertThat(response.text()).startsWith("## A simulated answer");
		assertThat(response.usageMetadata().orElseThrow().thoughtsTokenCount()).hasValue(96);
	}

	@Test
	void readsSearchGrounding() {
		GenerateContentResponse response = this.client.models.generateContent(FLASH, "Wer gewann, wirklich?",
				GenerateContentConfig.builder()
					.tools(Tool.builder().googleSearch(GoogleSearch.builder().build()).build())
					.build());

		Candidate candidate = response.candidates().orElseThrow().get(0);
		GroundingMetadata metadata = candidate.groundingMetadata().orElseThrow();
		assertThat(metadata.webSearchQueries().orElseThrow()).containsExactly("Wer gewann, wirklich?");
		assertThat(metadata.groundingChunks().orElseThrow().get(0).web().orElseThrow().title()).hasValue("example.com");
		byte[] text = response.text().getBytes(StandardCharsets.UTF_8);
		Segment segment = metadata.groundingSupports().orElseThrow().get(1).segment().orElseThrow();
		assertThat(new String(
				Arrays.copyOfRange(text, segment.startIndex().orElseThrow(), segment.endIndex().orElseThrow()),
				StandardCharsets.UTF_8))
			.isEqualTo(segment.text().orElseThrow());
	}

	@Test
	void readsAnImage() {
		GenerateContentResponse response = this.client.models.generateContent("gemini-3-pro-image", "A hill",
				GenerateContentConfig.builder()
					.responseModalities("TEXT", "IMAGE")
					.imageConfig(ImageConfig.builder().aspectRatio("4:3").build())
					.build());

		byte[] png = response.parts().get(1).inlineData().orElseThrow().data().orElseThrow();
		assertThat(ImageSize.read(png)).isEqualTo(new ImageSize(384, 288));
	}

	@Test
	void sendsAPicture() {
		byte[] png = SceneRenderer.png(Scene.of("x"), "1:1");

		GenerateContentResponse response = this.client.models.generateContent(FLASH,
				Content.fromParts(Part.fromText("What is this?"), Part.fromBytes(png, "image/png")), null);

		assertThat(response.text()).contains("384 × 384 pixels");
	}

	@Test
	void readsErrorsOfTheGateway() {
		assertThatExceptionOfType(ClientException.class)
			.isThrownBy(() -> this.client.models.generateContent("gemini-2.5-flash-lite", "Hi",
					GenerateContentConfig.builder()
						.thinkingConfig(ThinkingConfig.builder().thinkingLevel(ThinkingLevel.Known.LOW).build())
						.build()))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(400);
				assertThat(ex.message()).startsWith("thinking_level is not supported by this model (request id: ");
			});
		assertThatExceptionOfType(ServerException.class)
			.isThrownBy(() -> this.client.models.generateContent("gemini-9-ultra", "Hi", null))
			.satisfies((ex) -> assertThat(ex.message()).contains("no available channel"));
	}

	@Test
	void readsErrorsOfGoogle() {
		try (GeminiSimulator google = GeminiSimulator.builder().errorStyle(ErrorStyle.GOOGLE).start();
				Client wrongKey = client(google, "wrong");
				Client rightKey = client(google, GeminiSimulator.API_KEY)) {
			assertThatExceptionOfType(ClientException.class)
				.isThrownBy(() -> wrongKey.models.generateContent(FLASH, "Hi", null))
				.satisfies((ex) -> {
					assertThat(ex.code()).isEqualTo(400);
					assertThat(ex.status()).isEqualTo("INVALID_ARGUMENT");
					assertThat(ex.message()).startsWith("API key not valid. Please pass a valid API key.")
						.contains("API_KEY_INVALID");
				});
			assertThatExceptionOfType(ClientException.class)
				.isThrownBy(() -> rightKey.models.generateContentStream("gemini-9-ultra", "Hi", null))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo("NOT_FOUND"));
		}
	}

	private static void assertThatCountsAddUp(GenerateContentResponseUsageMetadata usage) {
		int sum = usage.promptTokenCount().orElse(0) + usage.candidatesTokenCount().orElse(0)
				+ usage.thoughtsTokenCount().orElse(0) + usage.toolUsePromptTokenCount().orElse(0);
		assertThat(usage.totalTokenCount()).hasValue(sum);
		assertThat(usage.thoughtsTokenCount().orElse(0)).isPositive();
	}

	private static Client client(GeminiSimulator simulator, String key) {
		return Client.builder()
			.apiKey(key)
			.httpOptions(HttpOptions.builder()
				.baseUrl(simulator.getBaseUrl().toString())
				.retryOptions(HttpRetryOptions.builder().attempts(1).build())
				.build())
			.build();
	}

}
