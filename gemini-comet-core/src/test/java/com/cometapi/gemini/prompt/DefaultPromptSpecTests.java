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

package com.cometapi.gemini.prompt;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.ComputerUse;
import com.cometapi.gemini.api.ComputerUseEnvironment;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCallingMode;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.HarmBlockThreshold;
import com.cometapi.gemini.api.HarmCategory;
import com.cometapi.gemini.api.LatLng;
import com.cometapi.gemini.api.McpServer;
import com.cometapi.gemini.api.MediaResolution;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.SafetySetting;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.api.ServiceTier;
import com.cometapi.gemini.api.SpeechConfig;
import com.cometapi.gemini.api.ThinkingConfig;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.api.ToolConfig;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.ThinkingDefaults.OnMismatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.json.JsonContent;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DefaultPromptSpecTests {

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final GeminiTemplate gemini = template(GeminiDefaults.of("gemini-2.5-flash-lite"));

	@Test
	void keyAndHeadersAreCheckedWhereTheyAreSet() {
		PromptSpec prompt = this.gemini.prompt("Hi");
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.apiKey("secret\n"))
			.withMessageContaining("a line break")
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.header("X-Tenant", "secret\r\n"))
			.withMessageContaining("'X-Tenant'")
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.header("X-\nTenant", "a"))
			.withMessageContaining("'X-…'");
	}

	@Test
	void whenNothingIsSetThenOnlyThePromptIsSent() {
		assertRequest(this.gemini.prompt("Hi"), """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}""");
		assertThat(this.gemini.prompt("Hi").request().model()).isEqualTo("gemini-2.5-flash-lite");
	}

	@Test
	void textsAndMediaBecomeOneTurnInTheOrderOfTheCalls() {
		assertRequest(this.gemini.prompt("First")
			.media(MimeTypeUtils.IMAGE_PNG, new byte[] { 1 })
			.user("Second")
			.media(URI.create("https://example.com/clip.mp4"))
			.user(Part.text("Third"), Part.text("Fourth"))
			.user(Part.text("Fifth")), """
					{"contents": [{"role": "user", "parts": [{"text": "First"},
					{"inlineData": {"mimeType": "image/png", "data": "AQ=="}}, {"text": "Second"},
					{"fileData": {"mimeType": "video/mp4", "fileUri": "https://example.com/clip.mp4"}},
					{"text": "Third"}, {"text": "Fourth"}, {"text": "Fifth"}]}]}""");
	}

	@Test
	void historyPrecedesTheTurnOfTheUserWhereverItIsSet() {
		assertRequest(this.gemini.prompt("And now?")
			.history(Content.user("Hi"), Content.model("Hello"))
			.history(List.of(Content.user("Bye"))), """
					{"contents": [{"role": "user", "parts": [{"text": "Hi"}]},
					{"role": "model", "parts": [{"text": "Hello"}]},
					{"role": "user", "parts": [{"text": "Bye"}]},
					{"role": "user", "parts": [{"text": "And now?"}]}]}""");
	}

	@Test
	void contentWithoutRoleIsOfTheUser() {
		Content withoutRole = new Content(null, List.of(Part.text("Hi")), Map.of("turn", 1));
		assertRequest(this.gemini.prompt().history(withoutRole).system(withoutRole), """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}], "turn": 1}],
				"systemInstruction": {"parts": [{"text": "Hi"}], "turn": 1}}""");
	}

	@ParameterizedTest
	@CsvSource({ "assistant,use 'model'", "MODEL,use 'model'", "User,use 'user'",
			"function,use 'user' for the results of functions", "tool,use 'user' for the results of functions",
			"system,set it as the system instruction of the prompt", "narrator,use 'user' or 'model'" })
	void roleThatTheApiDoesNotKnowIsRefused(String role, String advice) {
		Content content = new Content(role, List.of(Part.text("4")), Map.of());
		String message = "contents[1]: The API does not know the role '%s': %s".formatted(role, advice);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gemini.prompt("Hi").history(Content.user("2+2?"), content))
			.withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.generateContent(
				GenerateContentRequest.builder().contents(Content.user("2+2?"), content, Content.user("Hi")).build()))
			.withMessage(message);
	}

	@Test
	void promptWithoutContentIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt().system("Be brief").request())
			.withMessage("A prompt must have a text, a medium or a history");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n" })
	void emptyTextIsRefusedAtOnce(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt(text))
			.withMessage("'text' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt().system(text));
	}

	@Test
	void everySettingHasItsPlace() {
		assertRequest(
				this.gemini.prompt("Hi")
					.temperature(0.5)
					.topP(0.9)
					.topK(40)
					.candidateCount(2)
					.maxOutputTokens(100)
					.stopSequences("END", "STOP")
					.seed(7)
					.presencePenalty(0.1)
					.frequencyPenalty(-0.1)
					.responseMimeType(MimeTypeUtils.TEXT_PLAIN)
					.logprobs(3)
					.responseModalities(Modality.TEXT, Modality.AUDIO)
					.speechConfig(SpeechConfig.voice("Puck").withLanguageCode("de-DE"))
					.voice("Kore")
					.aspectRatio("16:9")
					.imageSize("2K")
					.mediaResolution(MediaResolution.MEDIA_RESOLUTION_LOW)
					.includeThoughts()
					.thinkingBudget(1024)
					.generationConfig((config) -> config.audioTimestamp(true).additional(Map.of("newMember", 1))),
				"""
						{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}], "generationConfig": {
						"temperature": 0.5, "topP": 0.9, "topK": 40, "candidateCount": 2, "maxOutputTokens": 100,
						"stopSequences": ["END", "STOP"], "seed": 7, "presencePenalty": 0.1, "frequencyPenalty": -0.1,
						"responseMimeType": "text/plain", "responseLogprobs": true, "logprobs": 3,
						"responseModalities": ["TEXT", "AUDIO"], "speechConfig": {"languageCode": "de-DE",
						"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": "Kore"}}},
						"imageConfig": {"aspectRatio": "16:9", "imageSize": "2K"},
						"mediaResolution": "MEDIA_RESOLUTION_LOW",
						"thinkingConfig": {"includeThoughts": true, "thinkingBudget": 1024},
						"audioTimestamp": true, "newMember": 1}}""");
	}

	@Test
	void laterSettingReplacesEarlierOne() {
		GenerationConfig config = this.gemini.prompt("Hi")
			.temperature(0.5)
			.temperature(0.7)
			.thinkingBudget(0)
			.thinkingConfig(ThinkingConfig.budget(512))
			.excludeThoughts()
			.request()
			.generationConfig();
		assertThat(config.temperature()).isEqualTo(0.7);
		assertThat(config.thinkingConfig()).isEqualTo(new ThinkingConfig(false, 512, null, Map.of()));
	}

	@Test
	void settingsOfThePromptOverrideDefaults() {
		GenerationConfig config = GenerationConfig.builder()
			.temperature(0.2)
			.topK(40)
			.maxOutputTokens(100)
			.stopSequences("END")
			.build();
		GeminiTemplate configured = template(
				new GeminiDefaults("models/gemini-3.1-pro-preview", config, List.of(), ThinkingDefaults.NONE));
		assertThat(configured.prompt("Hi").request().generationConfig()).isEqualTo(config);
		assertThat(configured.prompt("Hi").request().model()).isEqualTo("gemini-3.1-pro-preview");
		assertThat(configured.prompt("Hi")
			.temperature(1)
			.seed(7)
			.generationConfig((change) -> change.topK(null))
			.request()
			.generationConfig()).isEqualTo(config.toBuilder().temperature(1.0).seed(7).topK(null).build());
	}

	@Test
	void safetyDefaultsAreReplacedByCategory() {
		List<SafetySetting> settings = List.of(
				SafetySetting.of(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_NONE),
				SafetySetting.of(HarmCategory.HARM_CATEGORY_HATE_SPEECH, HarmBlockThreshold.BLOCK_NONE));
		GeminiTemplate configured = template(new GeminiDefaults("gemini-2.5-flash-lite",
				GenerationConfig.builder().build(), settings, ThinkingDefaults.NONE));
		assertThat(configured.prompt("Hi")
			.safety(HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT, HarmBlockThreshold.OFF)
			.safety(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_ONLY_HIGH)
			.request()
			.safetySettings()).containsExactly(
					SafetySetting.of(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_ONLY_HIGH),
					settings.get(1),
					SafetySetting.of(HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT, HarmBlockThreshold.OFF));
	}

	@Test
	void thinkingDefaultsFollowTheModelOfThePrompt() {
		GeminiTemplate configured = template(
				new GeminiDefaults("gemini-2.5-flash-lite", GenerationConfig.builder().build(), List.of(),
						new ThinkingDefaults(ThinkingLevel.LOW, 512, null, OnMismatch.FAIL, Map.of())));
		assertThat(configured.prompt("Hi").request().generationConfig().thinkingConfig())
			.isEqualTo(ThinkingConfig.budget(512));
		assertThat(
				configured.prompt("Hi").model("models/gemini-3.5-flash").request().generationConfig().thinkingConfig())
			.isEqualTo(ThinkingConfig.level(ThinkingLevel.LOW));
		assertThat(configured.prompt("Hi")
			.request((change) -> change.model("gemini-3.5-flash"))
			.request()
			.generationConfig()
			.thinkingConfig()).isEqualTo(ThinkingConfig.level(ThinkingLevel.LOW));
		assertThat(configured.prompt("Hi").model("other-model").request().generationConfig()).isNull();
	}

	@Test
	void thinkingLevelTogetherWithBudgetIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.gemini.prompt("Hi").thinkingLevel(ThinkingLevel.LOW).thinkingBudget(1).request())
			.withMessageContaining("must not both be set");
	}

	@Test
	void schemaAsksForJsonUnlessAnEnumIsAskedFor() {
		Schema schema = Schema.builder().type(SchemaType.STRING).enumValues("YES", "NO").build();
		assertThat(this.gemini.prompt("Hi").responseSchema(schema).request().generationConfig())
			.isEqualTo(GenerationConfig.builder().responseMimeType("application/json").responseSchema(schema).build());
		assertThat(this.gemini.prompt("Hi")
			.responseMimeType("text/x.enum")
			.responseSchema(schema)
			.request()
			.generationConfig()
			.responseMimeType()).isEqualTo("text/x.enum");
		assertThat(this.gemini.prompt("Hi")
			.responseSchema(schema)
			.responseMimeType("text/x.enum")
			.request()
			.generationConfig()
			.responseMimeType()).isEqualTo("text/x.enum");
	}

	@Test
	void lastSchemaOfEitherKindWins() {
		Schema schema = Schema.builder().type(SchemaType.STRING).build();
		Map<String, ?> jsonSchema = Map.of("type", "string");
		assertThat(this.gemini.prompt("Hi")
			.responseSchema(schema)
			.responseJsonSchema(jsonSchema)
			.request()
			.generationConfig())
			.isEqualTo(GenerationConfig.builder()
				.responseMimeType("application/json")
				.responseJsonSchema(jsonSchema)
				.build());
		assertThat(this.gemini.prompt("Hi")
			.responseJsonSchema(jsonSchema)
			.responseSchema(schema)
			.request()
			.generationConfig()
			.responseJsonSchema()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "\"string\"", "{\"type\"", "null" })
	void textThatIsNotAJsonSchemaIsRefusedAtOnce(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Hi").responseJsonSchema(schema))
			.withMessageStartingWith("'schema' must be a JSON object");
	}

	@Test
	void eachBuiltInToolIsAToolOfItsOwnAndFunctionsShareOne() {
		assertRequest(this.gemini.prompt("Hi")
			.functions(FunctionDeclaration.of("a", "A"))
			.googleSearch()
			.googleSearch()
			.googleMaps()
			.location(LatLng.of(1, 2))
			.urlContext()
			.codeExecution()
			.fileSearch("fileSearchStores/a", "fileSearchStores/b")
			.computerUse(ComputerUse.builder().environment(ComputerUseEnvironment.ENVIRONMENT_BROWSER).build())
			.mcpServer(McpServer.of("x", "https://example.com/x"))
			.mcpServer(McpServer.of("y", "https://example.com/y"))
			.functions(FunctionDeclaration.of("b", "B")), """
					{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}], "tools": [
					{"googleSearch": {}}, {"googleMaps": {}}, {"urlContext": {}}, {"codeExecution": {}},
					{"fileSearch": {"fileSearchStoreNames": ["fileSearchStores/a", "fileSearchStores/b"]}},
					{"computerUse": {"environment": "ENVIRONMENT_BROWSER"}},
					{"mcpServers": [{"name": "x", "streamableHttpTransport": {"url": "https://example.com/x"}},
					{"name": "y", "streamableHttpTransport": {"url": "https://example.com/y"}}]},
					{"functionDeclarations": [{"name": "a", "description": "A"},
					{"name": "b", "description": "B"}]}],
					"toolConfig": {"retrievalConfig": {"latLng": {"latitude": 1, "longitude": 2}}}}""");
	}

	@Test
	void toolSettingsAddUpUntilAWholeConfigurationReplacesThem() {
		PromptSpec prompt = this.gemini.prompt("Hi")
			.languageCode("en")
			.functionCalling(FunctionCallingMode.ANY, "a")
			.location(1, 2)
			.functionCalling(FunctionCallingMode.NONE);
		assertRequest(prompt, """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}], "toolConfig": {
				"functionCallingConfig": {"mode": "NONE"},
				"retrievalConfig": {"languageCode": "en", "latLng": {"latitude": 1, "longitude": 2}}}}""");
		ToolConfig toolConfig = ToolConfig.create().withServerSideToolInvocations();
		assertThat(prompt.toolConfig(toolConfig).request().toolConfig()).isEqualTo(toolConfig);
	}

	@ParameterizedTest
	@CsvSource({ "91, 0", "-91, 0", "0, 181", "0, -181", "NaN, 0" })
	void locationOutOfRangeIsRefused(double latitude, double longitude) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Hi").location(latitude, longitude));
	}

	@Test
	void requestChangesAreAppliedLast() {
		assertRequest(
				this.gemini.prompt("Hi")
					.request((request) -> request.labels(Map.of("team", "a")).serviceTier(ServiceTier.of("flex")))
					.cachedContent("cachedContents/a")
					.request((request) -> request.cachedContent("cachedContents/b")),
				"""
						{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}], "cachedContent": "cachedContents/b",
						"labels": {"team": "a"}, "serviceTier": "flex"}""");
	}

	@Test
	void emptyGenerationConfigIsSentIfThePromptAsksForIt() {
		assertRequest(this.gemini.prompt("Hi").generationConfig((config) -> {
		}), """
				{"contents": [{"role": "user", "parts": [{"text": "Hi"}]}], "generationConfig": {}}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "-PT1S" })
	void timeLimitThatIsNotPositiveIsRefusedAtOnce(Duration limit) {
		PromptSpec prompt = this.gemini.prompt("Hi");
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.firstEventTimeout(limit));
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.idleTimeout(limit));
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.totalTimeout(limit));
	}

	@Test
	void modelIdIsCheckedBeforeAnythingIsSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.gemini.prompt("Hi").model("a/b").request())
			.withMessageContaining("'a/b'");
	}

	private static void assertRequest(PromptSpec prompt, String expected) {
		assertThat(new JsonContent(mapper.writeValueAsString(prompt.request()))).isStrictlyEqualTo(expected);
	}

	private static GeminiTemplate template(GeminiDefaults defaults) {
		GeminiClientSettings settings = GeminiClientSettings.builder("sk-unused")
			.baseUrl(URI.create("http://localhost:1"))
			.build();
		return new GeminiTemplate(GeminiClient.create(WebClient.builder(), mapper, settings), defaults);
	}

}
