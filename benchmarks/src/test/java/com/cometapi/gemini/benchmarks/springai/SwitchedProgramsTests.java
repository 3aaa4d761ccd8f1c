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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.test.GeminiSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the same programs for Spring AI work with Spring AI's starters for Google
 * and OpenAI and with that of this library, where only properties differ.
 */
@Tag("slow")
class SwitchedProgramsTests {

	private static final GeminiSimulator SIMULATOR = AllStarters.SIMULATOR;

	private static final OpenAiEndpoint OPENAI = OpenAiEndpoint.start();

	@BeforeEach
	void reset() {
		SIMULATOR.reset();
		OPENAI.reset();
	}

	@AfterAll
	static void stop() {
		OPENAI.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "google-genai", "openai", "gemini-comet" })
	void instructionsTextAndStreamWorkWithEachStarter(String starter) {
		try (ConfigurableApplicationContext context = run(starter, Pirate.class)) {
			nextText("Arr, hello!");
			nextText("Arr, what now?");
			Pirate pirate = context.getBean(Pirate.class);

			assertThat(pirate.answer("Greet me", "pirate")).isEqualTo("Arr, hello!");
			assertThat(String.join("", pirate.stream("And then?", "pirate").collectList().block()))
				.isEqualTo("Arr, what now?");
			assertThat(requests(starter)).hasSize(2)
				.allSatisfy((request) -> assertThat(request).contains("You talk like a pirate.",
						starter.equals("openai") ? "\"system\"" : "systemInstruction"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "google-genai", "openai", "gemini-comet" })
	void objectsAndListsAreReadWithEachStarter(String starter) {
		try (ConfigurableApplicationContext context = run(starter, Films.class)) {
			nextText("{\"actor\": \"A\", \"films\": [\"One\", \"Two\"]}");
			nextText("[{\"actor\": \"A\", \"films\": []}, {\"actor\": \"B\", \"films\": [\"Three\"]}]");
			Films films = context.getBean(Films.class);

			assertThat(films.ofAnyActor()).isEqualTo(new Filmography("A", List.of("One", "Two")));
			assertThat(films.ofTwoActors()).extracting(Filmography::actor).containsExactly("A", "B");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "google-genai", "openai", "gemini-comet" })
	void toolsMemoryAndMediaWorkWithEachStarter(String starter) {
		try (ConfigurableApplicationContext context = run(starter, Assistant.class)) {
			nextCall("now", "{}");
			nextCall("setAlarm", "{\"time\":\"10:10\"}");
			nextText("It rings at 10:10.");
			nextText("A clock.");
			Assistant assistant = context.getBean(Assistant.class);

			assertThat(assistant.answer("Wake me in ten minutes")).isEqualTo("It rings at 10:10.");
			assertThat(assistant.answerAbout("What is it?", new byte[] { 1, 2, 3 })).isEqualTo("A clock.");
			assertThat(assistant.clock.alarms).containsExactly("10:10");
			assertThat(requests(starter).get(3)).contains("Wake me in ten minutes", "It rings at 10:10.", "AQID");
		}
	}

	private static ConfigurableApplicationContext run(String starter, Class<?> program) {
		return new SpringApplicationBuilder(AllStarters.class, program).web(WebApplicationType.NONE)
			.run("--spring.ai.model.chat=" + starter, "--spring.ai.google.genai.chat.model=gemini-3.5-flash",
					"--cometapi.gemini.model=gemini-3.5-flash", "--spring.ai.openai.base-url=" + OPENAI.url(),
					"--spring.ai.openai.api-key=sk-test", "--spring.ai.openai.chat.model=gemini-3.5-flash");
	}

	// Both endpoints are prepared: the program asks one of them.
	private static void nextText(String text) {
		SIMULATOR.next().text(text);
		OPENAI.nextText(text);
	}

	private static void nextCall(String name, String args) {
		SIMULATOR.next().response(call(name, args));
		OPENAI.nextCall(name, args);
	}

	private static List<String> requests(String starter) {
		return starter.equals("openai") ? OPENAI.requests()
				: SIMULATOR.requests().stream().map((request) -> request.body()).toList();
	}

	private static GenerateContentResponse call(String name, String args) {
		return GeminiJsonMapper.builder()
			.build()
			.readValue("""
					{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"id":"1","name":"%s","args":%s},
					"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}],"modelVersion":"gemini-3.5-flash"}"""
				.formatted(name, args), GenerateContentResponse.class);
	}

	static class Pirate {

		private final ChatClient chatClient;

		Pirate(ChatClient.Builder builder) {
			this.chatClient = builder.defaultSystem("You talk like a {voice}.").build();
		}

		String answer(String question, String voice) {
			return this.chatClient.prompt()
				.system((system) -> system.param("voice", voice))
				.user(question)
				.call()
				.content();
		}

		Flux<String> stream(String question, String voice) {
			return this.chatClient.prompt()
				.system((system) -> system.params(Map.of("voice", voice)))
				.user(question)
				.stream()
				.content();
		}

	}

	static class Films {

		private final ChatClient chatClient;

		Films(ChatClient.Builder builder) {
			this.chatClient = builder.build();
		}

		Filmography ofAnyActor() {
			return this.chatClient.prompt("The films of any actor").call().entity(Filmography.class);
		}

		List<Filmography> ofTwoActors() {
			return this.chatClient.prompt()
				.user((user) -> user.text("The films of {count} actors").param("count", 2))
				.call()
				.entity(new ParameterizedTypeReference<List<Filmography>>() {
				});
		}

	}

	record Filmography(String actor, List<String> films) {

	}

	static class Assistant {

		private final Clock clock = new Clock();

		private final ChatClient chatClient;

		Assistant(ChatClient.Builder builder, ChatMemory memory) {
			this.chatClient = builder.defaultTools(this.clock)
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.build();
		}

		String answer(String question) {
			return this.chatClient.prompt(question)
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "a"))
				.call()
				.content();
		}

		String answerAbout(String question, byte[] picture) {
			return this.chatClient.prompt()
				.user((user) -> user.text(question).media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(picture)))
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "a"))
				.call()
				.content();
		}

	}

	static class Clock {

		private final List<String> alarms = new ArrayList<>();

		@Tool(description = "Current time")
		String now() {
			return "10:00";
		}

		@Tool(description = "Set an alarm")
		void setAlarm(@ToolParam(description = "Time as HH:mm") String time) {
			this.alarms.add(time);
		}

	}

}
