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

package com.cometapi.gemini.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the factory methods of messages.
 */
class MessageFactoriesTests {

	@ParameterizedTest
	@MethodSource("messages")
	void messageIsWrittenInTheFormatOfTheApi(Object message, String json) {
		assertThat(Wire.write(message)).isEqualTo(json.replace('\'', '"'));
		assertThat(Wire.read(json.replace('\'', '"'), message.getClass())).isEqualTo(message);
	}

	static Stream<Arguments> messages() {
		return Stream.of(Arguments.of(Content.user("Hi"), "{'role':'user','parts':[{'text':'Hi'}]}"), Arguments.of(
				Content.user(Part.text("Hi"), Part.fileData("video/mp4", "https://v")),
				"{'role':'user','parts':[{'text':'Hi'},{'fileData':{'fileUri':'https://v','mimeType':'video/mp4'}}]}"),
				Arguments.of(Content.model("Hi"), "{'role':'model','parts':[{'text':'Hi'}]}"),
				Arguments.of(Content.system("Be brief"), "{'parts':[{'text':'Be brief'}]}"),
				Arguments.of(Part.inlineData("image/png", new byte[] { 1, 2, 3 }),
						"{'inlineData':{'mimeType':'image/png','data':'AQID'}}"),
				Arguments.of(Part.functionCall(FunctionCall.of("f", Map.of())),
						"{'functionCall':{'name':'f','args':{}}}"),
				Arguments.of(Part.functionResponse("f", Map.of("output", 1)),
						"{'functionResponse':{'name':'f','response':{'output':1}}}"),
				Arguments.of(Part.functionResponse("7", "f", Collections.singletonMap("output", null)),
						"{'functionResponse':{'id':'7','name':'f','response':{'output':null}}}"),
				Arguments.of(FunctionResponse.of(FunctionCall.builder().id("7").name("f").build(), Map.of()),
						"{'id':'7','name':'f','response':{}}"),
				Arguments.of(
						Part.fileData("video/mp4", "https://v")
							.withVideoMetadata(VideoMetadata.of(Duration.ofMillis(1500), Duration.ofMinutes(2), 0.5)),
						"{'fileData':{'fileUri':'https://v','mimeType':'video/mp4'},"
								+ "'videoMetadata':{'startOffset':'1.5s','endOffset':'120s','fps':0.5}}"),
				Arguments.of(
						FunctionResponse.builder()
							.name("f")
							.parts(FunctionResponsePart
								.inlineData(Blob.of("image/png", new byte[] { 1, 2, 3 }).withDisplayName("p")))
							.build(),
						"{'name':'f','parts':[{'inlineData':{'mimeType':'image/png','data':'AQID','displayName':'p'}}]}"),
				Arguments.of(VideoMetadata.of(Duration.ZERO, null, null), "{'startOffset':'0s'}"),
				Arguments.of(VideoMetadata.of(Duration.ofNanos(1), null, null), "{'startOffset':'0.000000001s'}"),
				Arguments.of(Part.text("").withMediaResolution(MediaResolution.MEDIA_RESOLUTION_HIGH),
						"{'text':'','mediaResolution':{'level':'MEDIA_RESOLUTION_HIGH'}}"),
				Arguments.of(Tool.ofGoogleSearch(), "{'googleSearch':{}}"),
				Arguments.of(Tool.ofGoogleMaps(), "{'googleMaps':{}}"),
				Arguments.of(Tool.ofUrlContext(), "{'urlContext':{}}"),
				Arguments.of(Tool.ofCodeExecution(), "{'codeExecution':{}}"),
				Arguments.of(Tool.ofFileSearch("fileSearchStores/a"),
						"{'fileSearch':{'fileSearchStoreNames':['fileSearchStores/a']}}"),
				Arguments.of(Tool.ofFunctions(FunctionDeclaration.of("f", "Does f")),
						"{'functionDeclarations':[{'name':'f','description':'Does f'}]}"),
				Arguments.of(Tool.ofMcpServers(McpServer.of("m", "https://m")),
						"{'mcpServers':[{'name':'m','streamableHttpTransport':{'url':'https://m'}}]}"),
				Arguments.of(FileSearch.of("a", "b").withTopK(3).withMetadataFilter("x = 1"),
						"{'fileSearchStoreNames':['a','b'],'topK':3,'metadataFilter':'x = 1'}"),
				Arguments.of(GoogleMaps.create().withWidget(), "{'enableWidget':true}"),
				Arguments.of(
						GoogleSearch.builder()
							.searchTypes(SearchTypes.webAndImages())
							.timeRangeFilter(Interval.of(Instant.parse("2026-01-01T00:00:00Z"), null))
							.build(),
						"{'searchTypes':{'webSearch':{},'imageSearch':{}},'timeRangeFilter':{'startTime':'2026-01-01T00:00:00Z'}}"),
				Arguments.of(SearchTypes.web(), "{'webSearch':{}}"),
				Arguments.of(SearchTypes.images(), "{'imageSearch':{}}"),
				Arguments.of(ThinkingConfig.level(ThinkingLevel.LOW), "{'thinkingLevel':'LOW'}"),
				Arguments.of(ThinkingConfig.budget(0).withThoughts(), "{'includeThoughts':true,'thinkingBudget':0}"),
				Arguments.of(ThinkingConfig.thoughts(), "{'includeThoughts':true}"),
				Arguments.of(SafetySetting.of(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmBlockThreshold.BLOCK_NONE),
						"{'category':'HARM_CATEGORY_HARASSMENT','threshold':'BLOCK_NONE'}"),
				Arguments.of(SpeechConfig.voice("Kore").withLanguageCode("de-DE"),
						"{'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'Kore'}},'languageCode':'de-DE'}"),
				Arguments.of(SpeechConfig.speakers(SpeakerVoiceConfig.of("A", "Kore")),
						"{'multiSpeakerVoiceConfig':{'speakerVoiceConfigs':[{'speaker':'A',"
								+ "'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'Kore'}}}]}}"),
				Arguments.of(ImageConfig.builder().aspectRatio("16:9").imageSize("2K").build(),
						"{'aspectRatio':'16:9','imageSize':'2K'}"),
				Arguments.of(
						ToolConfig.create()
							.withFunctionCalling(FunctionCallingConfig.of(FunctionCallingMode.ANY, "f"))
							.withRetrieval(RetrievalConfig.of(48.2, 16.37))
							.withServerSideToolInvocations(),
						"{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']},"
								+ "'retrievalConfig':{'latLng':{'latitude':48.2,'longitude':16.37}},"
								+ "'includeServerSideToolInvocations':true}"),
				Arguments.of(FunctionCallingConfig.of(FunctionCallingMode.AUTO), "{'mode':'AUTO'}"),
				Arguments.of(RetrievalConfig.of(null, "en"), "{'languageCode':'en'}"),
				Arguments.of(ModelArmorConfig.of("p", null), "{'promptTemplateName':'p'}"),
				Arguments.of(ImageOutputOptions.of("image/jpeg", 80),
						"{'mimeType':'image/jpeg','compressionQuality':80}"),
				Arguments.of(TranslationConfig.of("de"), "{'targetLanguageCode':'de'}"),
				Arguments.of(SafetyRating.of(HarmCategory.HARM_CATEGORY_HARASSMENT, HarmProbability.LOW),
						"{'category':'HARM_CATEGORY_HARASSMENT','probability':'LOW'}"),
				Arguments.of(Schema.builder().type(SchemaType.ARRAY).minItems(1L).enumValues("a").build(),
						"{'type':'ARRAY','enum':['a'],'minItems':'1'}"));
	}

	@Test
	void modelOfARequestIsReadButNeverWritten() {
		GenerateContentRequest request = GenerateContentRequest.builder()
			.model("gemini-3.5-flash")
			.contents(Content.user("Hi"))
			.build();

		assertThat(Wire.write(request)).isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
		assertThat(Wire.read("{\"model\":\"m\"}", GenerateContentRequest.class).model()).isEqualTo("m");
	}

	@Test
	void messageDoesNotChangeWithItsArguments() {
		Map<String, Object> args = new LinkedHashMap<>(Map.of("a", 1));
		FunctionCall call = FunctionCall.of("f", args);
		Part[] parts = { Part.text("a") };
		Content content = Content.user(parts);
		args.put("b", 2);
		parts[0] = Part.text("b");

		assertThat(call.args()).isEqualTo(Map.of("a", 1));
		assertThat(content.text()).isEqualTo("a");
	}

	@Test
	void copyDoesNotChangeTheOriginal() {
		Part part = Part.text("a");
		Part copy = part.toBuilder().thoughtSignature("s").additional(Map.of("new", 1)).build();

		assertThat(part).isEqualTo(Part.text("a"));
		assertThat(Wire.write(copy)).isEqualTo("{\"text\":\"a\",\"thoughtSignature\":\"s\",\"new\":1}");
	}

	@Test
	void missingArgumentIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Part.text(null)).withMessage("'text' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> Part.fileData("", "https://v"))
			.withMessage("'mimeType' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> FunctionCall.of(" ", Map.of()))
			.withMessage("'name' must not be empty");
		assertThatIllegalArgumentException().isThrownBy(Tool::ofFunctions)
			.withMessage("'declarations' must not be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FunctionResponse.of(FunctionCall.builder().build(), Map.of()))
			.withMessage("'name' must not be empty");
	}

	@Test
	void toStringDoesNotShowCredentials() {
		StreamableHttpTransport transport = StreamableHttpTransport.builder()
			.url("https://m.example/mcp?token=secret1")
			.headers(Map.of("Authorization", "Bearer secret2"))
			.additional(Map.of("password", "secret3"))
			.build();
		Tool tool = Tool.ofMcpServers(McpServer.of("m", transport))
			.toBuilder()
			.googleMaps(new GoogleMaps(null, Map.of("apiKey", "secret4"), null, Map.of()))
			.exaAiSearch(Map.of("apiKey", "secret5"))
			.parallelAiSearch(Map.of("apiKey", "secret6"))
			.retrieval(Map.of("apiKey", "secret7"))
			.build();

		assertThat(List.of(tool).toString()).contains("https://m.example/mcp", "Authorization")
			.doesNotContain("secret");
		assertThat(Wire.write(tool)).contains("secret1", "secret2", "secret3", "secret4", "secret5", "secret6",
				"secret7");
	}

}
