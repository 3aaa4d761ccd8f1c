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

package com.cometapi.gemini.benchmarks.springai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.springai.GeminiCometChatModel;
import com.cometapi.gemini.springai.GeminiCometMetadata;
import com.cometapi.gemini.test.GeminiSimulator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that compare Spring AI's starter for Google with that of this library, in one
 * application and with the same endpoint: the rows of the table in the guide. Spring AI's
 * starter has no property for a base URL, so that the application declares the client of
 * Google's SDK.
 */
@SpringBootTest(classes = AllStarters.class,
		properties = { "spring.ai.google.genai.chat.model=gemini-3.5-flash", "cometapi.gemini.retry.max-attempts=1",
				"spring.ai.retry.max-attempts=1", "spring.ai.openai.api-key=unused" })
@Tag("slow")
class StartersSideBySideTests {

	private static final GeminiSimulator SIMULATOR = AllStarters.SIMULATOR;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final JsonMapper JSON = GeminiJsonMapper.builder().build();

	private static final Prompt HI = new Prompt("Hi");

	private static final Consumer<ChatResponse> NOTHING = (response) -> {
	};

	private static final Consumer<Throwable> FAILURES = (failure) -> {
	};

	private static final String WITH_EVERYTHING = """
			{'candidates':[{'content':{'role':'model','parts':[{'text':'Thinking','thought':true},{'text':'Yes'},
			{'inlineData':{'mimeType':'image/png','data':'AQID'}}]},'finishReason':'STOP','other':'new member',
			'safetyRatings':[{'category':'HARM_CATEGORY_HARASSMENT','probability':'LOW'}],
			'citationMetadata':{'citations':[{'uri':'https://example.com/cited'}]},
			'groundingMetadata':{'groundingChunks':[{'web':{'uri':'https://example.com/found','title':'A'}}]}}],
			'usageMetadata':{'promptTokenCount':1,'candidatesTokenCount':2,'thoughtsTokenCount':3,'totalTokenCount':6},
			'modelVersion':'gemini-3.5-flash'}""";

	@Autowired
	private GoogleGenAiChatModel google;

	@Autowired
	private GeminiCometChatModel comet;

	@BeforeEach
	void reset() {
		SIMULATOR.reset();
	}

	@Test
	void googleBlocksTheSubscriber() {
		int before = SIMULATOR.openStreams();
		stall();
		CompletableFuture<Disposable> google = CompletableFuture
			.supplyAsync(() -> this.google.stream(HI).subscribe(NOTHING, FAILURES));
		Awaitility.await().atMost(PATIENCE).until(() -> SIMULATOR.openStreams() == before + 1);
		stall();

		// Returns at once
		this.comet.stream(HI).subscribe().dispose();

		assertThat(google).isNotDone();
	}

	@Test
	void googleDoesNotCancel() {
		int before = SIMULATOR.openStreams();
		stall();
		this.comet.stream(HI).take(1).blockLast(PATIENCE);
		Awaitility.await().atMost(PATIENCE).until(() -> SIMULATOR.cancelledStreams() == 1);
		stall();
		CompletableFuture.runAsync(() -> this.google.stream(HI).take(1).subscribe(NOTHING, FAILURES));
		Awaitility.await().atMost(PATIENCE).until(() -> SIMULATOR.openStreams() == before + 1);

		Awaitility.await()
			.during(Duration.ofSeconds(1))
			.atMost(PATIENCE)
			.until(() -> SIMULATOR.openStreams() == before + 1);
		assertThat(SIMULATOR.cancelledStreams()).isOne();
	}

	private static void stall() {
		SIMULATOR.next()
			.events(List.of(response("{'text':'One'}", null), response("{'text':'Two'}", "STOP")))
			.stallAfterEvents(1);
	}

	@Test
	void googleMovesSignaturesAndDropsIdsAndTexts() {
		assertThat(secondRequest(this.google).at("/contents/1")).isEqualTo(json("""
				{'parts':[{'functionCall':{'args':{'city':'Rome'},'name':'temperature'},'thoughtSignature':'dGV4dA=='}],
				'role':'model'}"""));
		assertThat(secondRequest(this.comet).at("/contents/1")).isEqualTo(json("""
				{'role':'model','parts':[{'text':'Let me see','thoughtSignature':'dGV4dA=='},
				{'functionCall':{'id':'call-1','name':'temperature','args':{'city':'Rome'}},
				'thoughtSignature':'Y2FsbA=='}]}"""));
	}

	@Test
	void googleSendsSettingsThatNobodyHasAskedFor() {
		assertThat(secondRequest(this.google).at("/generationConfig"))
			.isEqualTo(json("{'temperature':0.7,'topP':1.0}"));
		assertThat(secondRequest(this.comet).has("generationConfig")).isFalse();
	}

	private static JsonNode secondRequest(ChatModel model) {
		SIMULATOR.reset();
		SIMULATOR.next().response(response("""
				{'text':'Let me see','thoughtSignature':'dGV4dA=='},
				{'functionCall':{'id':'call-1','name':'temperature','args':{'city':'Rome'}},
				'thoughtSignature':'Y2FsbA=='}""", "STOP"));
		SIMULATOR.next().text("21");
		ChatClient.create(model).prompt("How warm?").tools(new Weather()).call().content();
		return JSON.readTree(SIMULATOR.requests().get(1).body());
	}

	@Test
	void googleDropsEverythingExceptText() {
		ChatResponse google = call(this.google, WITH_EVERYTHING);
		ChatResponse comet = call(this.comet, WITH_EVERYTHING);

		assertThat(google.toString()).doesNotContain("HARASSMENT", "example.com", "new member");
		assertThat(google.getResults()).extracting((result) -> result.getOutput().getText())
			.containsExactly("Thinking", "Yes", "");
		assertThat(google.getResults()).allMatch((result) -> result.getOutput().getMedia().isEmpty());
		assertThat(GeminiCometMetadata.response(comet).toString()).contains("HARASSMENT", "cited", "found",
				"new member");
		assertThat(GeminiCometMetadata.sources(comet)).hasSize(1);
		assertThat(comet.getResults()).singleElement().satisfies((result) -> {
			assertThat(result.getOutput().getText()).isEqualTo("Yes");
			assertThat(result.getOutput().getMetadata()).containsEntry(GeminiCometMetadata.THOUGHTS, "Thinking");
			assertThat(result.getOutput().getMedia()).hasSize(1);
		});
	}

	@Test
	void googleFailsIfThereIsNoModelVersion() {
		String response = "{'candidates':[{'content':{'parts':[{'text':'Yes'}]},'finishReason':'STOP'}]}";
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> call(this.google, response));
		assertThat(call(this.comet, response).getResult().getOutput().getText()).isEqualTo("Yes");
	}

	@Test
	void googleDoesNotTellWhyAPromptWasBlocked() {
		SIMULATOR.next().block(BlockReason.SAFETY).times(2);
		assertThat(this.google.call(HI).getResults()).isEmpty();
		assertThat(this.comet.call(HI).getResult().getMetadata().getFinishReason()).isEqualTo("SAFETY");
	}

	@Test
	void googleRunsCallsOfAResponseThatWasCutOff() {
		assertThat(citiesAskedAfterCut(this.google)).containsExactly("Rome");
		assertThat(citiesAskedAfterCut(this.comet)).isEmpty();
	}

	private static List<String> citiesAskedAfterCut(ChatModel model) {
		SIMULATOR.reset();
		SIMULATOR.next()
			.response(response("{'functionCall':{'name':'temperature','args':{'city':'Rome'}}}", "MAX_TOKENS"));
		Weather weather = new Weather();
		ChatClient.create(model).prompt("How warm?").tools(weather).call().content();
		return weather.asked;
	}

	@Test
	void googleHasUntypedFailuresAndRetriesByItself() {
		SIMULATOR.next().error(429).retryAfter(Duration.ofSeconds(7)).times(100);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.google.call(HI))
			.isExactlyInstanceOf(RuntimeException.class)
			.withMessage("Failed to generate content");
		assertThat(SIMULATOR.requests()).hasSizeGreaterThan(1);
		SIMULATOR.reset();
		SIMULATOR.next().error(429).retryAfter(Duration.ofSeconds(7)).times(100);

		assertThatExceptionOfType(TransientAiException.class).isThrownBy(() -> this.comet.call(HI))
			.havingCause()
			.isInstanceOfSatisfying(GeminiRateLimitException.class,
					(ex) -> assertThat(ex.getRetryAfter()).hasSeconds(7));
		assertThat(SIMULATOR.requests()).hasSize(1);
	}

	private static ChatResponse call(ChatModel model, String response) {
		SIMULATOR.next().raw(200, "application/json", json(response).toString());
		return model.call(HI);
	}

	private static GenerateContentResponse response(String parts, @Nullable String finishReason) {
		return JSON.treeToValue(
				json("""
						{'candidates':[{'content':{'role':'model','parts':[%s]}%s}],'usageMetadata':{'promptTokenCount':1,
						'candidatesTokenCount':1,'totalTokenCount':2},'modelVersion':'gemini-3.5-flash'}"""
					.formatted(parts, (finishReason != null) ? ",'finishReason':'" + finishReason + "'" : "")),
				GenerateContentResponse.class);
	}

	private static JsonNode json(String text) {
		return JSON.readTree(text.replace('\'', '"'));
	}

	static final class Weather {

		private final List<String> asked = new ArrayList<>();

		@Tool(description = "Temperature in a city")
		Map<String, Integer> temperature(String city) {
			this.asked.add(city);
			return Map.of("degrees", 21);
		}

	}

}
