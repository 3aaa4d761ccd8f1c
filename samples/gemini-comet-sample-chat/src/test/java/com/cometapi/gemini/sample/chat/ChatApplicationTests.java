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

package com.cometapi.gemini.sample.chat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ThinkingLevel;
import com.cometapi.gemini.chat.GeminiConversation;
import com.cometapi.gemini.sample.chat.InfoController.ChatModel;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonContent;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatApplication} in demo mode, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "COMETAPI_KEY=", "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
class ChatApplicationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private GeminiSimulator simulator;

	@Autowired
	private JsonMapper jsonMapper;

	@BeforeEach
	void resetSimulator() {
		this.simulator.reset();
	}

	@Test
	void pageAndItsLibrariesAreServed() {
		RestTestClient client = client();
		client.get()
			.uri("/")
			.exchangeSuccessfully()
			.expectHeader()
			.valueMatches("Content-Security-Policy", "default-src 'self';.*")
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("Gemini Comet Chat"));
		Stream
			.of("/webjars/marked/lib/marked.esm.js", "/webjars/dompurify/dist/purify.es.mjs",
					"/webjars/highlightjs/highlight.min.js", "/webjars/katex/dist/katex.mjs", "/js/app.js")
			.forEach((script) -> client.get()
				.uri(script)
				.exchangeSuccessfully()
				.expectHeader()
				.contentTypeCompatibleWith("text/javascript"));
	}

	@Test
	void pageLearnsThatAnswersAreSimulated() {
		client().get()
			.uri("/api/info")
			.exchangeSuccessfully()
			.expectBody()
			.json("{'demo':true,'host':'127.0.0.1','defaultModel':{'id':'gemini-3.5-flash'}}");
	}

	@Test
	void pageLearnsTheModels() {
		client().get().uri("/api/models").exchangeSuccessfully().expectBody(ChatModel[].class).value((models) -> {
			assertThat(models).extracting(ChatModel::id)
				.contains("gemini-2.5-flash-lite", "gemini-3.1-pro-preview")
				.allMatch((id) -> id.startsWith("gemini-"))
				.isSorted();
			assertThat(models).filteredOn((model) -> model.id().equals("gemini-3.1-pro-preview"))
				.extracting((model) -> model.thinking().levels())
				.containsExactly(List.of(ThinkingLevel.LOW, ThinkingLevel.MEDIUM, ThinkingLevel.HIGH));
		});
	}

	@Test
	void answerArrivesAsNamedEventsOverTime() throws Exception {
		this.simulator.next().text("One word after another. ".repeat(3)).pace(Duration.ofMillis(150));
		List<String> names = new ArrayList<>();
		List<Long> times = new ArrayList<>();
		HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
			.send(question("Hello"), BodyHandlers.ofLines());
		response.body().filter((line) -> line.startsWith("event:")).forEach((line) -> {
			names.add(line.substring("event:".length()).strip());
			times.add(System.nanoTime());
		});

		assertThat(response.headers().firstValue("Content-Type")).get()
			.asString()
			.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
		assertThat(names).startsWith("text").endsWith("usage", "done");
		assertThat(Duration.ofNanos(times.get(times.size() - 1) - times.get(0))).isGreaterThan(Duration.ofMillis(300));
	}

	@Test
	void whenBrowserLeavesThenCallUpstreamIsCancelled() throws Exception {
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		try (Socket browser = new Socket("localhost", this.port)) {
			browser.getOutputStream().write("GET /api/chat?q=Hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
			readUntil(browser.getInputStream(), "event:text");
			assertThat(this.simulator.openStreams()).isEqualTo(1);
		}

		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.simulator.cancelledStreams() == 1);
		assertThat(this.simulator.openStreams()).isZero();
	}

	@Test
	void questionAndOptionsReachTheModelBehindWhatWasSaid() {
		UUID chat = UUID.randomUUID();
		this.simulator.next().text("Hello to you");
		ask(chat, "{'text':'Hello'}");

		ask(chat, """
				{
					'text': 'What is this?',
					'media': [{ 'mimeType': 'image/png', 'data': 'iVBORw==' }],
					'model': 'gemini-3.5-flash',
					'thinkingLevel': 'LOW',
					'features': ['search', 'thoughts', 'json']
				}""");

		RecordedRequest request = lastRequest();
		assertThat(request.model()).isEqualTo("gemini-3.5-flash");
		assertThat(new JsonContent(request.body())).isStrictlyEqualTo("""
				{
					"contents": [
						{ "role": "user", "parts": [{ "text": "Hello" }] },
						{ "role": "model", "parts": [{ "text": "Hello to you" }] },
						{
							"role": "user",
							"parts": [
								{ "inlineData": { "mimeType": "image/png", "data": "iVBORw==" } },
								{ "text": "What is this?" }
							]
						}
					],
					"tools": [{ "googleSearch": {} }],
					"generationConfig": {
						"responseMimeType": "application/json",
						"thinkingConfig": { "includeThoughts": true, "thinkingLevel": "LOW" }
					}
				}""");
	}

	@Test
	void conversationsAreKeptApartAndForgottenWhenAsked() {
		UUID chat = UUID.randomUUID();
		this.simulator.next().text("Hello to you");
		ask(chat, "{'text':'Hello'}");

		assertThat(texts(chat)).containsExactly("Hello", "Hello to you");
		assertThat(texts(UUID.randomUUID())).isEmpty();
		client().delete().uri("/api/chats/" + chat).exchange().expectStatus().isNoContent();
		assertThat(texts(chat)).isEmpty();
	}

	@Test
	void functionsOfTheApplicationAreCalledAndTheirResultsUsed() {
		UUID chat = UUID.randomUUID();

		String events = ask(chat, "{'text':'Compare the weather in Paris and in Tokyo.','features':['functions']}");

		assertThat(events).contains("event:text")
			.containsSubsequence("event:function-call", "\"args\":{\"city\":\"Paris\"}", "event:function-call",
					"\"args\":{\"city\":\"Tokyo\"}", "event:function-result", "\"sky\":\"CLOUDY\"",
					"event:function-result", "\"sky\":\"SUNNY\"", "event:text", "event:done");
		assertThat(lastRequest().request().contents()).hasSize(3)
			.last()
			.satisfies((results) -> assertThat(results.parts()).extracting(Part::functionResponse)
				.doesNotContainNull()
				.hasSize(2));
		assertThat(conversation(chat).contents()).hasSize(4);
	}

	@Test
	void typedAnswerGrowsUntilItIsWhole() {
		UUID chat = UUID.randomUUID();

		String events = ask(chat, "/table", "{'text':'List 3 rivers with their lengths.'}");

		List<Table> tables = events.lines()
			.filter((line) -> line.startsWith("data:{\"title"))
			.map((line) -> this.jsonMapper.readValue(line.substring("data:".length()), Table.class))
			.toList();
		assertThat(tables).hasSizeGreaterThan(5).last().satisfies((table) -> {
			assertThat(table.title()).isEqualTo("Simulated title");
			assertThat(table.rows()).hasSize(3)
				.allSatisfy((row) -> assertThat(row.remark()).startsWith("Simulated remark"));
		});
		assertThat(tables.get(0).rows()).isEmpty();
		assertThat(lastRequest().json().at("/generationConfig").toString()).contains("The number that was asked for");
		assertThat(conversation(chat).contents()).hasSize(2);
	}

	@Test
	void whenTypedAnswerDoesNotFitThenLastEventSaysSo() {
		this.simulator.next().text("No table today.");

		String events = ask(UUID.randomUUID(), "/table", "{'text':'List 3 planets.'}");

		assertThat(events).contains("event:error", "\"message\":").doesNotContain("event:done");
	}

	@Test
	void pictureIsChangedOverTwoTurns() {
		UUID chat = UUID.randomUUID();
		String question = "{'text':'%s','model':'gemini-3-pro-image','features':['image']}";
		ask(chat, question.formatted("Draw a red sun over green hills."));

		String events = ask(chat, question.formatted("Make the sky purple."));

		assertThat(events).contains("event:inline-data", "purple").doesNotContain("event:error");
		List<Part> picture = lastRequest().request().contents().get(1).parts();
		assertThat(picture).filteredOn((part) -> part.inlineData() != null)
			.singleElement()
			.extracting(Part::thoughtSignature)
			.isNotNull();
		assertThat(texts(chat)).contains("Draw a red sun over green hills.", "Make the sky purple.");
	}

	@Test
	void whenCallFailsThenLastEventSaysWhy() {
		this.simulator.next().error(429, "Slow down").times(10);
		client().get()
			.uri("/api/chat?q=Hello")
			.exchangeSuccessfully()
			.expectBody(String.class)
			.value((events) -> assertThat(events).contains("event:error", "\"code\":\"rate-limit\"", "Slow down"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                            | Invalid request content.
			{"text":" "}                                  | Invalid request content.
			{"text":"Hi","model":"../secret"}             | Invalid request content.
			{"text":"Hi","thinkingBudget":-2}             | Invalid request content.
			{"text":"Hi","temperature":3}                 | Invalid request content.
			{"text":"Hi","media":[{"mimeType":"text/html","data":"AA=="}]} | Invalid request content.
			{"text":"Hi","features":["magic"]}            | Failed to read request
			{"text":                                      | Failed to read request
			""")
	void whenQuestionIsWrongThenItIsRefusedWithProblemDetails(String body, String detail) {
		client().post()
			.uri("/api/chats/" + UUID.randomUUID())
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (value) -> assertThat(value).startsWith(detail));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void whenIdOfConversationIsInvalidThenProblemDetailsSaySo() {
		client().get()
			.uri("/api/chats/1234")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Failed to convert 'id' with value: '1234'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/chat    | Required parameter 'q' is not present.
			/api/chat?q= | Validation failure
			""")
	void whenQuestionIsMissingThenProblemDetailsSaySo(String uri, String detail) {
		client().get()
			.uri(uri)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo(detail);
	}

	@Test
	void settingsReachTheModel() {
		ask(UUID.randomUUID(),
				"""
						{'text':'Hello','system':'Be brief.','temperature':0.5,'maxOutputTokens':100,'safety':'BLOCK_ONLY_HIGH'}""");

		assertThat(lastRequest().json().at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be brief.");
		assertThat(lastRequest().json().at("/generationConfig/temperature").asDouble()).isEqualTo(0.5);
		assertThat(lastRequest().json().at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(100);
		assertThat(lastRequest().json().at("/safetySettings")).hasSize(4);
	}

	@Test
	void conversationGoesOnFromAnInterruptedTurnAndBranches() {
		UUID chat = UUID.randomUUID();
		String turn = "{'id':'%s','question':{'text':'Tell a story'},'text':'Once upon'}".formatted(UUID.randomUUID());
		post(chat, "/turns", turn);
		post(chat, "/turns", turn);
		ask(chat, "{'text':'Continue'}");
		UUID other = UUID.randomUUID();
		post(chat, "/branches", "{'id':'" + other + "','turns':1}");

		assertThat(lastRequest().request().contents()).extracting(Content::text)
			.containsExactly("Tell a story", "Once upon", "Continue");
		assertThat(texts(other)).containsExactly("Tell a story", "Once upon");
		assertThat(texts(chat)).hasSizeGreaterThan(2);
	}

	@Test
	void answerGoesOnWithoutItsReaderUntilItIsStopped() throws Exception {
		URI chat = URI.create("http://localhost:" + this.port + "/api/chats/" + UUID.randomUUID());
		HttpRequest resumption = HttpRequest.newBuilder(URI.create(chat + "/stream")).build();
		HttpClient browser = HttpClient.newHttpClient();
		assertThat(browser.send(resumption, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
		this.simulator.next().text("One word after another. ".repeat(500)).pace(Duration.ofMillis(40));
		try (InputStream events = browser
			.send(HttpRequest.newBuilder(chat)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"text\":\"Hello\"}"))
				.build(), BodyHandlers.ofInputStream())
			.body()) {
			readUntil(events, "event:text");
		}

		try (InputStream events = browser.send(resumption, BodyHandlers.ofInputStream()).body()) {
			readUntil(events, "One");
			assertThat(this.simulator.cancelledStreams()).isZero();
			client().delete().uri(chat + "/stream").exchange().expectStatus().isNoContent();
			readUntil(events, "event:error");
			readUntil(events, "\"code\":\"cancelled\"");
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.simulator.cancelledStreams() == 1);
	}

	@Test
	void whenNoCallWaitsThenDecisionIsGone() {
		client().post()
			.uri("/api/chats/" + UUID.randomUUID() + "/calls/1?approved=true")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.GONE);
	}

	@Test
	void healthShowsGemini() {
		client().get()
			.uri("/actuator/health")
			.exchangeSuccessfully()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP")
			.jsonPath("$.components.gemini.status")
			.isEqualTo("UP");
	}

	private String ask(UUID chat, String question) {
		String events = ask(chat, "", question);
		assertThat(events).contains("event:done");
		return events;
	}

	private String ask(UUID chat, String path, String question) {
		return client().post()
			.uri("/api/chats/" + chat + path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(question.replace('\'', '"'))
			.exchangeSuccessfully()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private void post(UUID chat, String path, String body) {
		client().post()
			.uri("/api/chats/" + chat + path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body.replace('\'', '"'))
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private GeminiConversation conversation(UUID chat) {
		String json = client().get()
			.uri("/api/chats/" + chat)
			.exchangeSuccessfully()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return GeminiConversation.fromJson(json);
	}

	private List<String> texts(UUID chat) {
		return conversation(chat).contents()
			.stream()
			.flatMap((content) -> content.parts().stream())
			.map(Part::text)
			.filter(StringUtils::hasText)
			.toList();
	}

	private RecordedRequest lastRequest() {
		List<RecordedRequest> requests = this.simulator.requests();
		return requests.get(requests.size() - 1);
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	private HttpRequest question(String text) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/chat?q=" + text)).build();
	}

	private static void readUntil(InputStream body, String expected) throws IOException {
		StringBuilder read = new StringBuilder();
		while (read.indexOf(expected) < 0) {
			int next = body.read();
			assertThat(next).isNotNegative();
			read.append((char) next);
		}
	}

}
