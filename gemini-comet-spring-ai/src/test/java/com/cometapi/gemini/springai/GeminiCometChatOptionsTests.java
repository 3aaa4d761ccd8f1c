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

package com.cometapi.gemini.springai;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.ServiceTier;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiCometChatOptions}.
 */
class GeminiCometChatOptionsTests {

	private final GeminiServer server = new GeminiServer();

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void everySettingIsSent() {
		JsonNode request = send((options) -> options.model("gemini-3.1-pro-preview")
			.temperature(0.5)
			.topK(3)
			.maxOutputTokens(100)
			.stopSequences("END")
			.seed(7)
			.thinkingLevel(ThinkingLevel.LOW)
			.includeThoughts()
			.responseModalities(Modality.TEXT, Modality.IMAGE)
			.safety(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_NONE)
			.googleSearch()
			.googleMaps()
			.urlContext()
			.codeExecution()
			.location(48.8, 2.3)
			.languageCode("fr")
			.functionCalling(FunctionCallingMode.NONE)
			.cachedContent("cachedContents/1")
			.request((whole) -> whole.labels(Map.of("team", "a")).serviceTier(ServiceTier.of("flex"))));

		assertThat(request).isEqualTo(GeminiServer.tree("""
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
				"tools": [{"googleSearch": {}}, {"googleMaps": {}}, {"urlContext": {}}, {"codeExecution": {}}],
				"toolConfig": {"functionCallingConfig": {"mode": "NONE"},
					"retrievalConfig": {"latLng": {"latitude": 48.8, "longitude": 2.3}, "languageCode": "fr"}},
				"safetySettings": [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}],
				"generationConfig": {"temperature": 0.5, "topK": 3, "maxOutputTokens": 100, "stopSequences": ["END"],
					"seed": 7, "responseModalities": ["TEXT", "IMAGE"],
					"thinkingConfig": {"includeThoughts": true, "thinkingLevel": "LOW"}},
				"cachedContent": "cachedContents/1", "serviceTier": "flex", "labels": {"team": "a"}}"""));
	}

	@Test
	void perCallOptionsAreUsed() {
		this.server.answerText("Fine");
		GeminiCometChatOptions options = GeminiCometChatOptions.builder()
			.callOptions((call) -> call.apiKey("sk-tenant").header("x-tenant", "a").totalTimeout(Duration.ofMinutes(1)))
			.build();
		GeminiCometChatModel.create(this.server.template()).call(new Prompt("Hi", options));

		RecordedRequest request = this.server.takeRequest();
		assertThat(request.getHeaders().get("x-goog-api-key")).isEqualTo("sk-tenant");
		assertThat(request.getHeaders().get("x-tenant")).isEqualTo("a");
		assertThat(options.getCallOptions().totalTimeout()).isEqualTo(Duration.ofMinutes(1));
		assertThat(options.toString()).doesNotContain("sk-tenant");
	}

	@Test
	void changedCopyOfTheOptionsOfTheModelAddsNothingTwice() {
		this.server.answerText("Fine");
		GeminiCometChatOptions options = GeminiCometChatOptions.builder()
			.functions(FunctionDeclaration.builder().name("delete").description("Deletes").build())
			.googleSearch()
			.build();
		GeminiCometChatModel model = GeminiCometChatModel.builder(this.server.template()).options(options).build();
		// As ChatClient combines them
		model.call(new Prompt("Hi",
				model.getOptions().mutate().combineWith(model.getOptions().mutate().temperature(0.1)).build()));

		JsonNode request = this.server.takeJson();
		assertThat(request.get("tools")).isEqualTo(GeminiServer.tree("""
				[{"googleSearch": {}}, {"functionDeclarations": [{"name": "delete", "description": "Deletes"}]}]"""));
		assertThat(request.at("/generationConfig/temperature").asDouble()).isEqualTo(0.1);
	}

	@Test
	void laterSettingTakesPrecedenceWhateverItsForm() {
		assertThat(GeminiCometChatOptions.builder()
			.temperature(0.7)
			.generationConfig((config) -> config.temperature(0.5).seed(1))
			.build()
			.getTemperature()).isEqualTo(0.5);
		assertThat(GeminiCometChatOptions.builder()
			.generationConfig((config) -> config.temperature(0.5))
			.temperature(Double.valueOf(0.7))
			.build()
			.getGenerationConfig()
			.temperature()).isEqualTo(0.7);
	}

	@Test
	void optionsOfACallAreAddedToTheDefaults() {
		this.server.answerText("Fine").answerText("Fine");
		GeminiCometChatModel model = GeminiCometChatModel.builder(this.server.template())
			.options(GeminiCometChatOptions.builder()
				.temperature(0.2)
				.googleSearch()
				.seed(1)
				.thinkingLevel(ThinkingLevel.LOW)
				.build())
			.build();
		ChatClient client = ChatClient.create(model);
		client.prompt("Hi").options(GeminiCometChatOptions.builder().seed(2).urlContext()).call().content();
		client.prompt("Hi").options(ChatOptions.builder().temperature(0.9)).call().content();

		JsonNode request = this.server.takeJson();
		assertThat(request.get("tools")).isEqualTo(GeminiServer.tree("[{\"googleSearch\": {}}, {\"urlContext\": {}}]"));
		assertThat(request.get("generationConfig")).isEqualTo(GeminiServer
			.tree("{\"temperature\": 0.2, \"seed\": 2, \"thinkingConfig\": {\"thinkingLevel\": \"LOW\"}}"));
		assertThat(this.server.takeJson().at("/generationConfig/temperature").asDouble()).isEqualTo(0.9);
	}

	@Test
	void schemaIsSentWithoutItsDialect() {
		String schema = "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"type\": \"object\","
				+ " \"properties\": {\"name\": {\"type\": \"string\"}}}";
		JsonNode config = send((options) -> options.outputSchema(schema)).get("generationConfig");

		assertThat(config).isEqualTo(GeminiServer.tree("""
				{"responseMimeType": "application/json",
				"responseJsonSchema": {"type": "object", "properties": {"name": {"type": "string"}}}}"""));
	}

	@Test
	void settingsOfOtherBuildersAreCombined() {
		GeminiCometChatOptions options = GeminiCometChatOptions.builder()
			.combineWith(ToolCallingChatOptions.builder().topP(0.4).toolContext("a", "b"))
			.combineWith(StructuredOutputChatOptions.builder().outputSchema("{}"))
			.build();

		assertThat(options.getTopP()).isEqualTo(0.4);
		assertThat(options.getToolContext()).containsEntry("a", "b");
		assertThat(options.getOutputSchema()).isEqualTo("{}");
	}

	@Test
	void optionsAreComparedByTheirValues() {
		GeminiCometChatOptions options = options();
		assertThat(options).isEqualTo(options()).hasSameHashCodeAs(options()).isEqualTo(options.mutate().build());
		assertThat(options).isNotEqualTo(options.mutate().seed(4).build())
			.isNotEqualTo(options.mutate().cachedContent("c").build())
			.isNotEqualTo(options.mutate().callOptions((call) -> call.apiKey("sk-b")).build());
		assertThat(options.getTools()).hasSize(1);
		assertThat(options.getSafetySettings()).hasSize(1);
		assertThat(options.getThinkingConfig().thinkingBudget()).isEqualTo(10);
	}

	@Test
	void copyOfABuilderIsIndependent() {
		GeminiCometChatOptions.Builder builder = GeminiCometChatOptions.builder().seed(1);
		GeminiCometChatOptions before = builder.build();
		GeminiCometChatOptions.Builder copy = builder.clone();
		builder.googleSearch().seed(2).stopSequences(List.of("a"));

		assertThat(before.getTools()).isEmpty();
		assertThat(copy.build()).isEqualTo(before).isNotEqualTo(builder.build());
	}

	private static GeminiCometChatOptions options() {
		return GeminiCometChatOptions.builder()
			.model("gemini-2.5-flash")
			.thinkingBudget(10)
			.seed(3)
			.googleSearch()
			.safety(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_NONE)
			.callOptions((call) -> call.apiKey("sk-a"))
			.build();
	}

	private JsonNode send(Consumer<GeminiCometChatOptions.Builder> change) {
		this.server.answerText("Fine");
		GeminiCometChatOptions.Builder options = GeminiCometChatOptions.builder();
		change.accept(options);
		GeminiCometChatModel.create(this.server.template()).call(new Prompt("Hi", options.build()));
		return this.server.takeJson();
	}

}
