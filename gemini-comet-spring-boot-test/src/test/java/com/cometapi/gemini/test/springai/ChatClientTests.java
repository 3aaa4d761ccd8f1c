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

package com.cometapi.gemini.test.springai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.springai.GeminiCometChatMemoryRepository;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.AbstractEmbeddingModel;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatClient} with the auto-configured chat model.
 */
@SpringBootTest
@AutoConfigureGeminiSimulator
class ChatClientTests {

	private final ChatClient chatClient;

	private final GeminiSimulator simulator;

	private final ChatMemory memory;

	private final ChatMemoryRepository repository;

	ChatClientTests(@Autowired ChatClient.Builder builder, @Autowired GeminiSimulator simulator,
			@Autowired ChatMemory memory, @Autowired ChatMemoryRepository repository) {
		this.chatClient = builder.build();
		this.simulator = simulator;
		this.memory = memory;
		this.repository = repository;
	}

	@Test
	void promptIsAnsweredWithText() {
		this.simulator.next().text("Hello Jo!");
		String text = this.chatClient.prompt().system("Be polite.").user("Hello!").call().content();
		assertThat(text).isEqualTo("Hello Jo!");
		assertThat(body(0)).contains("Be polite.", "Hello!");
	}

	@Test
	void streamDeliversThePiecesOfTheText() {
		this.simulator.next().text("One two three");
		StepVerifier.create(this.chatClient.prompt("Count!").stream().content().collectList())
			.assertNext((pieces) -> assertThat(String.join("", pieces)).isEqualTo("One two three"))
			.verifyComplete();
	}

	@Test
	void responseIsAnObject() {
		Planet planet = this.chatClient.prompt("Name a planet")
			.call()
			.entity(Planet.class, (entity) -> entity.useProviderStructuredOutput());
		assertThat(planet.name()).isNotEmpty();
		assertThat(body(0)).contains("responseJsonSchema").doesNotContain("$schema", "Do not include any explanations");
	}

	@Test
	void responseIsAListOrAnObjectByInstruction() {
		this.simulator.next().text("[{\"name\": \"Mars\", \"moons\": [\"Phobos\"]}]");
		assertThat(this.chatClient.prompt("Name planets").call().entity(new ParameterizedTypeReference<List<Planet>>() {
		})).containsExactly(new Planet("Mars", List.of("Phobos")));
		this.simulator.next().text("```json\n{\"name\": \"Mars\", \"moons\": []}\n```");
		assertThat(this.chatClient.prompt("Name a planet").call().entity(Planet.class))
			.isEqualTo(new Planet("Mars", List.of()));
	}

	@Test
	void methodsAreToolsThatSeeTheContext() {
		Weather weather = new Weather();
		this.simulator.next().response(call("temperature", Map.of("city", "Paris")));
		this.simulator.next().response((request) -> text(request.body().contains("{\"degrees\":21}") ? "21" : "?"));
		String text = this.chatClient.prompt("How warm is it in Paris?")
			.tools(weather)
			.toolContext(Map.of("user", "jo"))
			.call()
			.content();

		assertThat(text).isEqualTo("21");
		assertThat(weather.asked).containsExactly("Paris for jo");
		assertThat(body(0)).contains("parametersJsonSchema");
		assertThat(body(1)).contains("\"thoughtSignature\":\"c2ln\"", "\"id\":\"call-1\"");
	}

	@Test
	void toolsAreCalledInAStream() {
		Weather weather = new Weather();
		this.simulator.next().response(call("temperature", Map.of("city", "Paris")));
		this.simulator.next().text("It is warm.");
		StepVerifier
			.create(this.chatClient.prompt("How warm is it?")
				.tools(weather)
				.toolContext(Map.of("user", "jo"))
				.stream()
				.content()
				.collectList())
			.assertNext((pieces) -> assertThat(String.join("", pieces)).isEqualTo("It is warm."))
			.verifyComplete();
		assertThat(weather.asked).hasSize(1);
		assertThat(body(1)).contains("\"thoughtSignature\":\"c2ln\"", "\"id\":\"call-1\"");
	}

	@Test
	void resultOfAToolIsReturnedDirectly() {
		this.simulator.next().response(call("alarm", Map.of()));
		String text = this.chatClient.prompt("Alarm!").tools(new Weather()).call().content();

		assertThat(text).contains("Storm");
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void simulatorCallsToolsByItself() {
		Weather weather = new Weather();
		assertThat(this.chatClient.prompt("How warm is it in Paris?")
			.tools(weather)
			.toolContext(Map.of("user", "jo"))
			.call()
			.content()).isNotEmpty();
		assertThat(weather.asked).isNotEmpty();
	}

	@Test
	void memoryKeepsTheConversation() {
		Consumer<ChatClient.AdvisorSpec> conversation = (advisors) -> advisors
			.advisors(MessageChatMemoryAdvisor.builder(this.memory).build())
			.param(ChatMemory.CONVERSATION_ID, "memory");
		this.chatClient.prompt("My name is Jo").advisors(conversation).call().content();
		this.chatClient.prompt("What is my name?").advisors(conversation).stream().content().blockLast();
		this.chatClient.prompt("Really?").advisors(conversation).call().content();

		assertThat(this.repository).isInstanceOf(GeminiCometChatMemoryRepository.class);
		assertThat(this.repository.findConversationIds()).contains("memory");
		assertThat(this.memory.get("memory")).hasSize(6);
		assertThat(body(2)).contains("My name is Jo", "What is my name?", "Really?");
	}

	@Test
	void retrievedDocumentsAreSentWithThePrompt() {
		SimpleVectorStore store = SimpleVectorStore.builder(new LetterEmbedding()).build();
		store.add(List.of(new Document("Comet Hale-Bopp was seen in 1997."), new Document("zzzz zzzz")));
		this.simulator.next().text("In 1997.");
		String text = this.chatClient.prompt("When was Comet Hale-Bopp seen?")
			.advisors(QuestionAnswerAdvisor.builder(store).build())
			.call()
			.content();

		assertThat(text).isEqualTo("In 1997.");
		assertThat(body(0)).contains("Comet Hale-Bopp was seen in 1997.");
	}

	private String body(int request) {
		return this.simulator.requests().get(request).body();
	}

	private static GenerateContentResponse call(String name, Map<String, Object> args) {
		Part call = Part.functionCall(FunctionCall.builder().id("call-1").name(name).args(new HashMap<>(args)).build());
		return response(call.toBuilder().thoughtSignature("c2ln").build());
	}

	private static GenerateContentResponse text(String text) {
		return response(Part.text(text));
	}

	private static GenerateContentResponse response(Part part) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(part)).finishReason(FinishReason.STOP).build())
			.build();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class TestApplication {

	}

	record Planet(String name, @Nullable List<String> moons) {

	}

	static final class Weather {

		private final List<String> asked = new ArrayList<>();

		@Tool(description = "Return the temperature in a city")
		Map<String, Integer> temperature(String city, ToolContext context) {
			this.asked.add(city + " for " + context.getContext().get("user"));
			return Map.of("degrees", 21);
		}

		@Tool(description = "Sound the alarm", returnDirect = true)
		String alarm() {
			return "Storm is coming";
		}

	}

	/**
	 * Embedding model that counts how often each letter occurs.
	 */
	private static final class LetterEmbedding extends AbstractEmbeddingModel {

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			List<Embedding> embeddings = new ArrayList<>();
			request.getInstructions().forEach((text) -> embeddings.add(new Embedding(count(text), embeddings.size())));
			return new EmbeddingResponse(embeddings);
		}

		@Override
		public float[] embed(Document document) {
			return count(document.getText());
		}

		private static float[] count(@Nullable String text) {
			float[] counts = new float[26];
			String letters = (text != null) ? text.toLowerCase(Locale.ROOT) : "";
			letters.chars()
				.filter((letter) -> letter >= 'a' && letter <= 'z')
				.forEach((letter) -> counts[letter - 'a']++);
			return counts;
		}

	}

}
