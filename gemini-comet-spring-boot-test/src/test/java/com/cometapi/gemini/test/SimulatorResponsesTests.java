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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the responses that {@link GeminiSimulator} generates by itself.
 */
class SimulatorResponsesTests {

	private static final String FLASH = "gemini-3.5-flash";

	private static final String WEATHER = "'tools':[{'functionDeclarations':[{'name':'get_weather','description':'x',"
			+ "'parameters':{'type':'OBJECT','properties':{'city':{'type':'STRING'},'days':{'type':'INTEGER'},"
			+ "'unit':{'type':'STRING','enum':['kelvin','celsius']}},'required':['city']}},"
			+ "{'name':'getTime','description':'y'},{'name':'order_pizza','description':'z'}]}]";

	private static GeminiSimulator simulator;

	@BeforeAll
	static void start() {
		simulator = GeminiSimulator.builder().pace(Duration.ZERO).model("my-own-model").start();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@Test
	void whenThoughtsAreRequestedThenTheyPrecedeTheText() throws Exception {
		JsonNode response = generate(FLASH, body("Why?",
				"'generationConfig':{'thinkingConfig':" + "{'includeThoughts':true,'thinkingLevel':'LOW'}}"));

		assertThat(response.at("/candidates/0/content/parts/0/thought").asBoolean()).isTrue();
		assertThat(response.at("/candidates/0/content/parts/2").has("thought")).isFalse();
		assertThat(response.at("/candidates/0/content/parts/2/text").asString()).contains("simulated");
		assertThat(response.at("/candidates/0/content/parts/2/thoughtSignature").asString()).isNotEmpty();
		assertThatCountsAddUp(response.path("usageMetadata"));
	}

	@Test
	void whenThinkingIsOffThenNoThoughtsAreCounted() throws Exception {
		JsonNode response = generate(FLASH,
				body("Why?", "'generationConfig':{'thinkingConfig':{'includeThoughts':true,'thinkingBudget':0}}"));

		assertThat(response.path("usageMetadata").has("thoughtsTokenCount")).isFalse();
		assertThat(response.at("/candidates/0/content/parts").size()).isEqualTo(1);
	}

	@Test
	void whenOutputIsLimitedThenItIsCut() throws Exception {
		JsonNode response = generate(FLASH, body("Why?", "'generationConfig':{'maxOutputTokens':58}"));

		assertThat(response.at("/candidates/0/finishReason").asString()).isEqualTo("MAX_TOKENS");
		assertThat(response.at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(10);
	}

	@Test
	void whenThinkingUsesTheLimitUpThenThereIsNoText() throws Exception {
		JsonNode response = generate(FLASH, body("Why?", "'generationConfig':{'maxOutputTokens':10}"));

		assertThat(response.at("/candidates/0/finishReason").asString()).isEqualTo("MAX_TOKENS");
		assertThat(response.at("/candidates/0/content").has("parts")).isFalse();
		assertThat(response.at("/usageMetadata/thoughtsTokenCount").asInt()).isEqualTo(10);
	}

	@Test
	void whenStopSequenceIsSetThenTextEndsBeforeIt() throws Exception {
		JsonNode response = generate(FLASH, body("Why?", "'generationConfig':{'stopSequences':['You asked']}"));

		assertThat(text(response)).endsWith("billed.\n\n");
		assertThat(response.at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
	}

	@Test
	void whenSchemaIsGivenThenResponseMatchesIt() throws Exception {
		JsonNode value = json(generate(FLASH, body("List 3 planets", "'generationConfig':{'responseMimeType':"
				+ "'application/json','responseSchema':{'type':'ARRAY','items':{'type':'OBJECT','properties':{"
				+ "'name':{'type':'STRING','minLength':'30'},'moons':{'type':'INTEGER','minimum':5},"
				+ "'kind':{'type':'STRING','enum':['ROCK','GAS']},'seen':{'type':'STRING','format':'date-time'},"
				+ "'tags':{'type':'ARRAY','minItems':'4','items':{'type':'STRING'}}},'required':['name']}}}")));

		assertThat(value.size()).isEqualTo(3);
		assertThat(value.at("/0/name").asString()).startsWith("Simulated name").hasSizeGreaterThanOrEqualTo(30);
		assertThat(value.at("/0/moons").asInt()).isGreaterThanOrEqualTo(5);
		assertThat(value.at("/1/name").asString()).startsWith("Simulated name 2");
		assertThat(value.at("/0/kind").asString()).isEqualTo("ROCK");
		assertThat(value.at("/1/kind").asString()).isEqualTo("GAS");
		assertThat(value.at("/2/seen").asString()).isEqualTo("2026-01-15T09:30:00Z");
		assertThat(value.at("/0/tags").size()).isEqualTo(4);
	}

	@Test
	void whenJsonSchemaHasReferencesAndAlternativesThenResponseMatchesIt() throws Exception {
		JsonNode value = json(generate(FLASH,
				body("Go", "'generationConfig':{'responseMimeType':'application/json',"
						+ "'responseJsonSchema':{'$ref':'#/$defs/node','$defs':{'node':{'type':'object','properties':{"
						+ "'id':{'anyOf':[{'type':'null'},{'type':'integer','exclusiveMinimum':7}]},"
						+ "'code':{'type':'string','pattern':'^[A-Z]{3}$'},'size':{'enum':[10,20]},"
						+ "'child':{'$ref':'#/$defs/node'}},'required':['id','code']}}}}")));

		assertThat(value.path("id").asInt()).isEqualTo(8);
		assertThat(value.path("code").asString()).isEqualTo("ABC");
		assertThat(value.path("size").asInt()).isEqualTo(10);
		assertThat(value.at("/child/child/id").asInt()).isEqualTo(8);
	}

	@Test
	void whenJsonIsRequestedWithoutSchemaThenResponseIsAnObject() throws Exception {
		JsonNode value = json(
				generate(FLASH, body("Hi", "'generationConfig':{'responseMimeType':'application/json'}")));

		assertThat(value.path("simulated").asBoolean()).isTrue();
		assertThat(value.path("prompt").asString()).isEqualTo("Hi");
	}

	@Test
	void whenFunctionsAreDeclaredThenThoseThePromptHintsAtAreCalled() throws Exception {
		JsonNode parts = generate(FLASH,
				body("What is the weather in New York, in celsius, for 5 days, and the time?", WEATHER))
			.at("/candidates/0/content/parts");

		assertThat(parts.size()).isEqualTo(3);
		assertThat(parts.get(0).path("text").asString()).contains("`get_weather` and `getTime`");
		JsonNode call = parts.get(1).path("functionCall");
		assertThat(call.path("name").asString()).isEqualTo("get_weather");
		assertThat(call.path("id").asString()).startsWith("call_");
		assertThat(call.at("/args/city").asString()).isEqualTo("New York");
		assertThat(call.at("/args/days").asInt()).isEqualTo(5);
		assertThat(call.at("/args/unit").asString()).isEqualTo("celsius");
		assertThat(parts.get(2).at("/functionCall/name").asString()).isEqualTo("getTime");
		assertThat(parts.get(0).has("thoughtSignature")).isFalse();
		assertThat(parts.get(1).has("thoughtSignature")).isTrue();
		assertThat(parts.get(2).has("thoughtSignature")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Compare the weather in Paris and in New York.         | Paris, New York
			Is the weather warmer in Rome, Oslo or Buenos Aires?  | Rome, Oslo, Buenos Aires
			The weather in Paris with Anna                        | Paris, Anna
			The weather in Paris and rain                         | Paris
			""")
	void whenPromptNamesSeveralCitiesThenFunctionIsCalledForEach(String prompt, String cities) throws Exception {
		JsonNode parts = generate(FLASH, body(prompt, WEATHER)).at("/candidates/0/content/parts");

		List<JsonNode> calls = SimulatedRequest.list(parts)
			.stream()
			.filter((part) -> part.has("functionCall"))
			.toList();
		assertThat(calls).extracting((call) -> call.at("/functionCall/args/city").asString())
			.containsExactly(cities.split(", "));
		assertThat(calls).extracting((call) -> call.has("thoughtSignature")).startsWith(true).containsOnlyOnce(true);
		assertThat(calls).extracting((call) -> call.at("/functionCall/id").asString()).doesNotHaveDuplicates();
	}

	@Test
	void whenFunctionHasToBeCalledThenNoTextPrecedesTheCall() throws Exception {
		JsonNode parts = generate(FLASH,
				body("What is the weather?", WEATHER + ",'toolConfig':{'functionCallingConfig':{'mode':'ANY'}}"))
			.at("/candidates/0/content/parts");

		assertThat(parts.get(0).has("functionCall")).isTrue();
	}

	@Test
	void argumentsOfTheSameTypeAreTakenFromThePromptInOrder() throws Exception {
		JsonNode parts = generate(FLASH, body("Calculate 17 multiplied by 23, three times",
				"'tools':[{'functionDeclarations':[{'name':'time'},{'name':'calculate','parameters':{'type':'OBJECT',"
						+ "'properties':{'left':{'type':'NUMBER'},'operator':{'type':'STRING',"
						+ "'enum':['PLUS','MULTIPLIED_BY']},'right':{'type':'NUMBER'}}}}]}]"))
			.at("/candidates/0/content/parts");

		assertThat(parts.size()).isEqualTo(2);
		assertThat(parts.at("/1/functionCall/args").toString())
			.isEqualTo("{\"left\":17.0,\"operator\":\"MULTIPLIED_BY\",\"right\":23.0}");
	}

	@Test
	void whenResultsAreSentThenResponseUsesThem() throws Exception {
		JsonNode model = generate(FLASH, body("What is the weather in Paris?", WEATHER)).at("/candidates/0/content");
		String id = model.at("/parts/1/functionCall/id").asString();
		String second = "{'contents':[{'role':'user','parts':[{'text':'What is the weather in Paris?'}]},"
				+ model.toString() + ",{'role':'user','parts':[{'functionResponse':{'name':'get_weather','id':'" + id
				+ "','response':{'temperature':21.5,'sky':'clear'}}}]}]," + WEATHER + "}";

		JsonNode response = generate(FLASH, second);

		assertThat(text(response)).contains("`get_weather` returned temperature = 21.5, sky = clear");
	}

	@Test
	void whenFunctionCallingIsOffThenResponseIsText() throws Exception {
		JsonNode response = generate(FLASH,
				body("What is the weather?", WEATHER + ",'toolConfig':{'functionCallingConfig':{'mode':'NONE'}}"));

		assertThat(text(response)).contains("simulated");
	}

	@Test
	void whenSearchIsOnThenSupportsPointAtTheBytesOfTheText() throws Exception {
		JsonNode response = generate(FLASH, body("Who won, ökologisch?", "'tools':[{'googleSearch':{}}]"));

		JsonNode metadata = response.at("/candidates/0/groundingMetadata");
		byte[] text = text(response).getBytes(StandardCharsets.UTF_8);
		assertThat(metadata.at("/webSearchQueries/0").asString()).isEqualTo("Who won, ökologisch?");
		assertThat(metadata.path("groundingChunks").size()).isEqualTo(2);
		assertThat(metadata.at("/searchEntryPoint/renderedContent").asString()).contains("ökologisch");
		for (JsonNode support : metadata.path("groundingSupports")) {
			JsonNode segment = support.path("segment");
			byte[] bytes = Arrays.copyOfRange(text, segment.path("startIndex").asInt(),
					segment.path("endIndex").asInt());
			assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(segment.path("text").asString());
		}
		assertThat(metadata.path("groundingSupports").size()).isEqualTo(2);
	}

	@Test
	void whenMapsUrlsAndCodeAreOnThenTheirPartsAndMetadataAppear() throws Exception {
		JsonNode response = generate(FLASH, body("Add 17 + 25 and read https://example.com/a.",
				"'tools':[{'googleMaps':{}},{'urlContext':{}},{'codeExecution':{}}]"));

		JsonNode candidate = response.at("/candidates/0");
		assertThat(candidate.at("/groundingMetadata/groundingChunks/0/maps/placeId").asString()).startsWith("places/");
		assertThat(candidate.at("/urlContextMetadata/urlMetadata/0/retrievedUrl").asString())
			.isEqualTo("https://example.com/a");
		assertThat(candidate.at("/content/parts/0/executableCode/code").asString()).contains("17 + 25");
		assertThat(candidate.at("/content/parts/1/codeExecutionResult/output").asString()).isEqualTo("42\n");
		assertThatCountsAddUp(response.path("usageMetadata"));
	}

	@Test
	void whenImageIsRequestedThenItIsAPngOfTheRequestedRatio() throws Exception {
		JsonNode response = generate("gemini-3.1-flash-image", body("A hill",
				"'generationConfig':{'responseModalities':['TEXT','IMAGE'],'imageConfig':{'aspectRatio':'16:9'}}"));

		JsonNode part = response.at("/candidates/0/content/parts/1");
		byte[] png = Base64.getDecoder().decode(part.at("/inlineData/data").asString());
		var image = ImageIO.read(new ByteArrayInputStream(png));
		assertThat(image.getWidth()).isEqualTo(384);
		assertThat(image.getHeight()).isEqualTo(216);
		assertThat(part.path("thoughtSignature").asString()).isNotEmpty();
		assertThat(response.at("/candidates/0/content/parts/0/thoughtSignature").asString()).isNotEmpty();
		assertThat(response.at("/usageMetadata/candidatesTokensDetails/1/modality").asString()).isEqualTo("IMAGE");
	}

	@Test
	void whenAudioIsRequestedThenItIsPcm() throws Exception {
		JsonNode response = generate("gemini-2.5-flash-preview-tts",
				body("Say hi", "'generationConfig':{'responseModalities':['AUDIO']}"));

		JsonNode data = response.at("/candidates/0/content/parts/0/inlineData");
		assertThat(data.path("mimeType").asString()).isEqualTo("audio/L16;codec=pcm;rate=24000");
		assertThat(Base64.getDecoder().decode(data.path("data").asString())).hasSize(24000);
	}

	@Test
	void whenPictureIsSentThenItsSizeIsDescribed() throws Exception {
		byte[] png = SceneRenderer.png(Scene.of("a"), "3:2");
		String data = Base64.getEncoder().encodeToString(png);

		JsonNode response = generate(FLASH, "{'contents':[{'role':'user','parts':[{'text':'What?'},{'inlineData':"
				+ "{'mimeType':'image/png','data':'" + data + "'}}]}]}");

		assertThat(text(response)).contains("`image/png`, " + png.length + " bytes, 384 × 256 pixels");
		assertThat(response.at("/usageMetadata/promptTokensDetails/1/modality").asString()).isEqualTo("IMAGE");
	}

	@Test
	void whenStreamedThenWordsMakeUpTheWholeTextAndCountsAreLast() throws Exception {
		String body = body("Tell me, größte Frage?", "'tools':[{'googleSearch':{}}]").replace('\'', '"');
		List<JsonNode> events = new ArrayList<>();
		for (String event : new HttpCalls(simulator).stream(FLASH, body).body().split("\n\n")) {
			events.add(Json.MAPPER.readTree(event.substring("data: ".length())));
		}

		String joined = String.join("", events.stream().map(SimulatorResponsesTests::text).toList());
		assertThat(joined).isEqualTo(text(generate(FLASH, body))).contains("größte Frage");
		JsonNode last = events.get(events.size() - 1);
		assertThat(last.at("/candidates/0/content/parts/0/text").asString()).isEmpty();
		assertThat(last.at("/candidates/0/content/parts/0/thoughtSignature").asString()).isNotEmpty();
		assertThat(last.at("/candidates/0").has("groundingMetadata")).isTrue();
		assertThat(events).extracting((event) -> event.path("responseId").asString())
			.containsOnly(last.path("responseId").asString());
		assertThatCountsAddUp(last.path("usageMetadata"));
	}

	@Test
	void whenEventsAreNotRequestedThenStreamIsAJsonArray() throws Exception {
		var response = new HttpCalls(simulator).post("/v1beta/models/" + FLASH + ":streamGenerateContent",
				HttpCalls.prompt("Hi"));

		JsonNode array = HttpCalls.json(response);
		assertThat(array.isArray()).isTrue();
		assertThat(array.size()).isGreaterThan(5);
	}

	@Test
	void whenSeveralCandidatesAreRequestedThenOnlyTheFirstHasNoIndex() throws Exception {
		JsonNode response = generate(FLASH, body("Hi", "'generationConfig':{'candidateCount':2}"));

		assertThat(response.at("/candidates/0").has("index")).isFalse();
		assertThat(response.at("/candidates/1/index").asInt()).isEqualTo(1);
	}

	@Test
	void whenLogprobsAreRequestedThenEveryWordHasOne() throws Exception {
		JsonNode response = generate(FLASH, body("Hi", "'generationConfig':{'responseLogprobs':true,'logprobs':2}"));

		JsonNode result = response.at("/candidates/0/logprobsResult");
		assertThat(result.path("chosenCandidates").size()).isGreaterThan(5);
		assertThat(result.at("/topCandidates/0/candidates").size()).isEqualTo(2);
	}

	@Test
	void whenModelWasAddedThenItResponds() throws Exception {
		assertThat(text(generate("my-own-model", body("Hi", "'labels':{}")))).contains("my-own-model");
	}

	private static void assertThatCountsAddUp(JsonNode usage) {
		int sum = usage.path("promptTokenCount").asInt(0) + usage.path("candidatesTokenCount").asInt(0)
				+ usage.path("thoughtsTokenCount").asInt(0) + usage.path("toolUsePromptTokenCount").asInt(0);
		assertThat(usage.path("totalTokenCount").asInt()).isEqualTo(sum).isPositive();
	}

	private static JsonNode json(JsonNode response) {
		return Json.MAPPER.readTree(text(response));
	}

	private static String text(JsonNode response) {
		return SimulatedRequest.text(response.at("/candidates/0/content"));
	}

	private static String body(String prompt, String more) {
		return "{'contents':[{'role':'user','parts':[{'text':'" + prompt + "'}]}]," + more + "}";
	}

	private static JsonNode generate(String model, String body) throws Exception {
		return HttpCalls.json(new HttpCalls(simulator).generate(model, body.replace('\'', '"')));
	}

}
