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

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rules of the API that {@link GeminiSimulator} enforces.
 */
class SimulatorRulesTests {

	private static final String FLASH = "gemini-2.5-flash-lite";

	private static final String GEMINI_3 = "gemini-3.5-flash";

	private static final String HI = "'contents':[{'role':'user','parts':[{'text':'Hi'}]}]";

	private static final String CALL = "{'role':'user','parts':[{'text':'Hi'}]},{'role':'model','parts':"
			+ "[{'functionCall':{'name':'f','id':'1'},'thoughtSignature':'c2ln'},{'functionCall':{'name':'g'}}]}";

	private static GeminiSimulator google;

	private static GeminiSimulator comet;

	@BeforeAll
	static void start() {
		google = GeminiSimulator.builder().errorStyle(ErrorStyle.GOOGLE).start();
		comet = GeminiSimulator.start();
	}

	@AfterAll
	static void stop() {
		google.close();
		comet.close();
	}

	@ParameterizedTest
	@MethodSource("brokenRules")
	void whenRuleIsBrokenThenRequestIsRefusedWithTheMessageOfTheApi(String model, String body, String message)
			throws Exception {
		String json = body.replace('\'', '"');

		HttpResponse<String> googleResponse = new HttpCalls(google).generate(model, json);
		HttpResponse<String> cometResponse = new HttpCalls(comet).generate(model, json);

		JsonNode googleError = HttpCalls.json(googleResponse).path("error");
		assertThat(googleError.path("message").asString("")).contains(message);
		assertThat(googleResponse.statusCode()).isEqualTo(googleError.path("code").asInt()).isEqualTo(400);
		assertThat(googleError.path("status").asString()).isEqualTo("INVALID_ARGUMENT");
		JsonNode cometError = HttpCalls.json(cometResponse).path("error");
		assertThat(cometError.path("message").asString("")).contains(message).contains("(request id: ");
		assertThat(cometError.path("type").asString()).isEqualTo("upstream_error");
		assertThat(cometError.path("code").asInt()).isEqualTo(400);
		assertThat(cometResponse.headers().firstValue("X-Oneapi-Request-Id")).isPresent();
	}

	static Stream<Arguments> brokenRules() {
		return Stream.of(
				Arguments.of(FLASH, "{'contents':[]}", "* GenerateContentRequest.contents: contents is not specified"),
				Arguments.of(FLASH, "{'contents':[{'role':'user','parts':[]}]}",
						"* GenerateContentRequest.contents[0].parts: contents.parts must not be empty."),
				Arguments.of(FLASH, "{'contents':[{'role':'user','parts':[{'thought':true}]}]}",
						"contents[0].parts[0].data: required oneof field 'data' must have one initialized field"),
				Arguments.of(FLASH, "{'contents':[{'role':'assistant','parts':[{'text':'Hi'}]}]}",
						"Please use a valid role: user, model."),
				Arguments.of(FLASH, "{" + HI + ",'nonsense':1}",
						"Invalid JSON payload received. Unknown name \"nonsense\": Cannot find field."),
				Arguments.of(FLASH, "{" + HI + ",'generationConfig':{'includeThoughts':true}}",
						"Unknown name \"includeThoughts\" at 'generation_config': Cannot find field."),
				Arguments.of(FLASH,
						config("'responseMimeType':'application/json','responseSchema':"
								+ "{'type':'OBJECT','properties':{'a':{'type':'STRING','$ref':'#'}}}"),
						"Unknown name \"$ref\" at 'generation_config.response_schema.properties[0].value'"),
				Arguments.of(FLASH,
						config("'responseMimeType':'application/json','responseSchema':"
								+ "{'type':['STRING','NULL']}"),
						"Proto field is not repeating, cannot start list."),
				Arguments.of(FLASH, "{" + HI + ",'safetySettings':[{'category':'NONE'}]}",
						"Invalid value at 'safety_settings[0].category' (type.googleapis.com/google.ai."
								+ "generativelanguage.v1beta.HarmCategory), \"NONE\""),
				Arguments.of(FLASH, config("'temperature':'hot'"), "Invalid value at 'generation_config.temperature'"),
				Arguments.of(FLASH, config("'temperature':2.5"), "it has a temperature value of 2.5"),
				Arguments.of(FLASH, config("'maxOutputTokens':0"), "it has a maxOutputTokens value of 0"),
				Arguments.of(FLASH, config("'stopSequences':['1','2','3','4','5','6']"), "too many stop sequences"),
				Arguments.of("gemini-2.5-pro", config("'presencePenalty':1"),
						"Penalty is not enabled for models/gemini-2.5-pro"),
				Arguments.of(FLASH, config("'responseSchema':{'type':'STRING'}"), "response_mime_type"),
				Arguments.of(FLASH, config("'responseModalities':['IMAGE']"), "response modalities"),
				Arguments.of(GEMINI_3, thinking("'thinkingLevel':'LOW','thinkingBudget':1"),
						"You can only set only one of thinking budget and thinking level."),
				Arguments.of(FLASH, thinking("'thinkingLevel':'LOW'"), "thinking_level is not supported by this model"),
				Arguments.of("gemini-3.1-pro-preview", thinking("'thinkingLevel':'MINIMAL'"),
						"Thinking level MINIMAL is not supported for this model. Please retry with other thinking"
								+ " level."),
				Arguments.of("gemini-2.5-pro", thinking("'thinkingBudget':52428"),
						"The thinking budget (52428) is invalid."),
				Arguments.of("gemini-2.5-pro", thinking("'thinkingBudget':0"), "The thinking budget (0) is invalid."),
				Arguments.of(FLASH,
						tools("{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT',"
								+ "'properties':{}}}]}"),
						"should be non-empty for OBJECT type"),
				Arguments.of(FLASH, tools("{'functionDeclarations':[{'name':'f'}]},{'googleSearch':{}}"),
						"Tool use with function calling is unsupported"),
				Arguments.of(GEMINI_3, tools("{'functionDeclarations':[{'name':'f'}]},{'googleSearch':{}}"),
						"Please enable tool_config.include_server_side_tool_invocations"),
				Arguments.of(FLASH, tools("{'functionDeclarations':[{'name':'1 f'}]}"), "Invalid function name"),
				Arguments.of(FLASH, "{'contents':[" + CALL + "]}", "the number of function response parts is equal"),
				Arguments.of(FLASH, "{'contents':[" + CALL + "," + results("f") + "]}",
						"the number of function response parts is equal"),
				Arguments.of(FLASH, "{'contents':[" + results("f") + "]}",
						"function response turn comes immediately after a function call turn"),
				Arguments.of(GEMINI_3,
						"{'contents':[" + CALL.replace(",'thoughtSignature':'c2ln'", "") + "," + results("f", "g")
								+ "]}",
						"Function call is missing a thought_signature in functionCall parts."),
				Arguments.of(GEMINI_3, "{'contents':[" + CALL.replace("c2ln", "?") + "," + results("f", "g") + "]}",
						"Invalid thought signature."),
				Arguments.of("gemini-3-pro-image",
						"{'contents':[{'role':'user','parts':[{'text':'Hi'}]},{'role':'model','parts':[{'inlineData':"
								+ "{'mimeType':'image/png','data':'AAAA'}}]},{'role':'user','parts':[{'text':'Hi'}]}]}",
						"Image part is missing a thought_signature in content position 2, part position 1."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{" + HI + "}", "{'contents':[{'parts':[{'text':'Hi'}]}]}",
			"{'contents':{'parts':{'text':'Hi'}}}",
			"{" + HI + ",'generation_config':{'max_output_tokens':'500','thinking_config':{'thinking_level':'low'}}}",
			"{" + HI + ",'system_instruction':{'parts':[{'text':'Be brief'}]},'tools':[{'google_search':{}}]}",
			"{" + HI + ",'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
					+ "{'$defs':{'a':{'type':['string','null']}},'$ref':'#/$defs/a'}},'cachedContent':null}",
			"{'contents':[" + CALL + ",{'role':'user','parts':[{'functionResponse':{'name':'f','id':'1',"
					+ "'response':{}}},{'functionResponse':{'name':'g','response':{'a':[null]}}}]}]}" })
	void whenRulesAreKeptThenRequestIsAccepted(String body) throws Exception {
		HttpResponse<String> response = new HttpCalls(comet).generate(GEMINI_3, body.replace('\'', '"'));

		assertThat(response.body()).contains("\"finishReason\":\"STOP\"");
		assertThat(response.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource("examples")
	void everyExampleOfTheWireIsAccepted(Path example) throws Exception {
		String name = example.getFileName().toString();
		String model = FLASH;
		if (name.startsWith("image-")) {
			model = "gemini-3-pro-image";
		}
		else if (name.startsWith("tts.")) {
			model = "gemini-2.5-flash-preview-tts";
		}
		else if (name.startsWith("thinking-level.") || name.contains("gemini3")) {
			model = GEMINI_3;
		}

		HttpResponse<String> response = new HttpCalls(google).generate(model, Files.readString(example));

		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

	static List<Path> examples() throws Exception {
		Path directory = Path.of(SimulatorRulesTests.class.getResource("/wire").toURI());
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

	@Test
	void whenSignatureBypassIsSentThenForeignCallsAreAccepted() throws Exception {
		String body = "{'contents':[" + CALL.replace("c2ln", "skip_thought_signature_validator") + ","
				+ results("f", "g") + "]}";

		assertThat(new HttpCalls(comet).generate(GEMINI_3, body.replace('\'', '"')).statusCode()).isEqualTo(200);
	}

	@Test
	void whenKeyIsMissingThenGatewayAnswers401AndGoogle403() throws Exception {
		String path = "/v1beta/models/" + FLASH + ":generateContent";

		HttpResponse<String> cometResponse = new HttpCalls(comet)
			.send(new HttpCalls(comet).request(path).POST(BodyPublishers.ofString("{}")));
		HttpResponse<String> googleResponse = new HttpCalls(google)
			.send(new HttpCalls(google).request(path).POST(BodyPublishers.ofString("{}")));

		assertThat(cometResponse.statusCode()).isEqualTo(401);
		assertThat(cometResponse.body()).contains("invalid token (request id: ", "comet_api_error");
		assertThat(googleResponse.statusCode()).isEqualTo(403);
		assertThat(googleResponse.body()).contains("PERMISSION_DENIED");
	}

	@Test
	void whenKeyIsWrongThenGatewayAnswers401AndGoogle400() throws Exception {
		String path = "/v1beta/models/" + FLASH + ":generateContent";

		HttpResponse<String> cometResponse = new HttpCalls(comet).send(new HttpCalls(comet).request(path)
			.header("Authorization", "Bearer sk-wrong")
			.POST(BodyPublishers.ofString("{}")));
		HttpResponse<String> googleResponse = new HttpCalls(google).send(new HttpCalls(google).request(path)
			.header("x-goog-api-key", "wrong")
			.POST(BodyPublishers.ofString("{}")));

		assertThat(cometResponse.statusCode()).isEqualTo(401);
		assertThat(googleResponse.statusCode()).isEqualTo(400);
		assertThat(googleResponse.body()).contains("API_KEY_INVALID");
	}

	@Test
	void whenKeyIsABearerTokenThenItIsAccepted() throws Exception {
		HttpCalls calls = new HttpCalls(comet);

		HttpResponse<String> response = calls.send(calls.request("/v1beta/models/" + FLASH + ":generateContent")
			.header("Authorization", "Bearer " + GeminiSimulator.API_KEY)
			.POST(BodyPublishers.ofString(HttpCalls.prompt("Hi"))));

		assertThat(response.statusCode()).isEqualTo(200);
	}

	@Test
	void whenModelIsUnknownThenGatewayAnswers503AndGoogle404() throws Exception {
		HttpResponse<String> cometResponse = new HttpCalls(comet).generate("gemini-9", HttpCalls.prompt("Hi"));
		HttpResponse<String> googleResponse = new HttpCalls(google).generate("gemini-9", HttpCalls.prompt("Hi"));

		assertThat(cometResponse.statusCode()).isEqualTo(503);
		assertThat(cometResponse.body()).contains("model_not_found", "no available channel");
		assertThat(googleResponse.statusCode()).isEqualTo(404);
		assertThat(googleResponse.body()).contains("models/gemini-9 is not found for API version v1beta");
	}

	@Test
	void whenBodyIsMalformedThenGatewayAnswers500InvalidRequest() throws Exception {
		HttpResponse<String> cometResponse = new HttpCalls(comet).generate(FLASH, "{");
		HttpResponse<String> googleResponse = new HttpCalls(google).generate(FLASH, "[]");

		assertThat(cometResponse.statusCode()).isEqualTo(500);
		assertThat(cometResponse.body()).contains("\"code\":\"invalid_request\"");
		assertThat(googleResponse.statusCode()).isEqualTo(400);
	}

	@Test
	void whenCachedContentIsNamedThenItIsNotFound() throws Exception {
		String body = "{" + HI.replace('\'', '"') + ",\"cachedContent\":\"cachedContents/875\"}";

		HttpResponse<String> response = new HttpCalls(google).generate(FLASH, body);

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("Not found: cache content metadata 875.");
	}

	@Test
	void whenRouteIsUnknownThenErrorHasTheFormOfTheGateway() throws Exception {
		HttpResponse<String> response = new HttpCalls(google).post("/v1beta/models/" + FLASH + ":countTokens", "{}");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("Invalid URL (POST /v1beta/models/" + FLASH + ":countTokens)",
				"invalid_request_error");
	}

	private static String config(String members) {
		return "{" + HI + ",'generationConfig':{" + members + "}}";
	}

	private static String thinking(String members) {
		return config("'thinkingConfig':{" + members + "}");
	}

	private static String tools(String tools) {
		return "{" + HI + ",'tools':[" + tools + "]}";
	}

	private static String results(String... names) {
		return "{'role':'user','parts':[" + String.join(",",
				Stream.of(names)
					.map((name) -> "{'functionResponse':{'name':'" + name + "','response':{'ok':true}}}")
					.toList())
				+ "]}";
	}

}
