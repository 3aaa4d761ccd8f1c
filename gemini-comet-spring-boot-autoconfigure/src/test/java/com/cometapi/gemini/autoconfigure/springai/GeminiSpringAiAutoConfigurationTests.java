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

package com.cometapi.gemini.autoconfigure.springai;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.GeminiChatAutoConfiguration;
import com.cometapi.gemini.springai.GeminiCometChatMemoryRepository;
import com.cometapi.gemini.springai.GeminiCometChatModel;
import com.cometapi.gemini.springai.GeminiCometChatOptions;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiSpringAiAutoConfiguration} and
 * {@link GeminiSpringAiChatMemoryAutoConfiguration}.
 */
class GeminiSpringAiAutoConfigurationTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GeminiAutoConfiguration.class, GeminiChatAutoConfiguration.class,
				GeminiSpringAiAutoConfiguration.class, GeminiSpringAiChatMemoryAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url());

	@Test
	void chatModelSendsPromptsWithTheConfiguredTemplate() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.model=gemini-3.1-pro-preview",
					"cometapi.gemini.generation.temperature=0.3")
			.run((context) -> {
				GeminiCometChatModel model = context.getBean(GeminiCometChatModel.class);
				assertThat(model.getOptions().getModel()).isEqualTo("gemini-3.1-pro-preview");
				assertThat(model.call("Hi")).isEqualTo("re: Hi");
				assertThat(this.server.lastRequest().generationConfig().temperature()).isEqualTo(0.3);
			});
	}

	@Test
	void chatModelIsConfiguredIfItIsSelected() {
		this.contextRunner.withPropertyValues("spring.ai.model.chat=gemini-comet")
			.run((context) -> assertThat(context).hasSingleBean(ChatModel.class));
		this.contextRunner.withPropertyValues("spring.ai.model.chat=openai")
			.run((context) -> assertThat(context).doesNotHaveBean(ChatModel.class)
				.doesNotHaveBean(ChatMemoryRepository.class)
				.hasSingleBean(GeminiOperations.class));
	}

	@Test
	void chatModelIsConfiguredBesideAnother() {
		this.contextRunner.withBean("other", ChatModel.class, () -> (prompt) -> null)
			.run((context) -> assertThat(context).hasSingleBean(GeminiCometChatModel.class)
				.getBeanNames(ChatModel.class)
				.hasSize(2));
	}

	@Test
	void chatModelOfTheApplicationIsUsed() {
		this.contextRunner
			.withBean("own", GeminiCometChatModel.class, () -> GeminiCometChatModel.create(this.server.template()))
			.run((context) -> assertThat(context).hasSingleBean(GeminiCometChatModel.class).hasBean("own"));
	}

	@Test
	void optionsOfTheApplicationAreTheDefaults() {
		this.contextRunner
			.withBean(GeminiCometChatOptions.class, () -> GeminiCometChatOptions.builder().seed(5).build())
			.run((context) -> {
				context.getBean(ChatModel.class).call("Hi");
				assertThat(this.server.lastRequest().generationConfig().seed()).isEqualTo(5);
				assertThat(this.server.lastRequest().model()).isNull();
			});
	}

	@Test
	void whenApplicationHasSeveralTemplatesThenItMakesItsOwnChatModels() {
		this.contextRunner.withBean("fast", GeminiTemplate.class, this.server::template)
			.withBean("smart", GeminiTemplate.class, this.server::template)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
	}

	@Test
	void whenApplicationHasSeveralOptionsThenNoneIsTheDefault() {
		this.contextRunner
			.withBean("exact", GeminiCometChatOptions.class, () -> GeminiCometChatOptions.builder().seed(5).build())
			.withBean("creative", GeminiCometChatOptions.class, () -> GeminiCometChatOptions.builder().seed(6).build())
			.run((context) -> {
				context.getBean(ChatModel.class).call("Hi");
				assertThat(this.server.lastRequest().generationConfig()).isNull();
			});
	}

	@Test
	void callsAreObserved() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.contextRunner.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			context.getBean(ChatModel.class).call("Hi");
			TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation", 1);
		});
	}

	@Test
	void nothingIsConfiguredWithoutSpringAi() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.ai"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GeminiOperations.class)
				.doesNotHaveBean("geminiCometChatModel")
				.doesNotHaveBean("geminiCometChatMemoryRepository"));
		this.contextRunner.withClassLoader(new FilteredClassLoader("com.cometapi.gemini.springai"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
	}

	@Test
	void nothingIsConfiguredWithoutATemplate() {
		this.contextRunner.withPropertyValues("cometapi.gemini.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class));
	}

	@Test
	void messagesAreStoredWithTheRepositoryOfConversations() {
		this.contextRunner.run((context) -> assertThat(context).getBean(ChatMemoryRepository.class)
			.isInstanceOf(GeminiCometChatMemoryRepository.class));
		this.contextRunner.withBean(InMemoryChatMemoryRepository.class)
			.run((context) -> assertThat(context).doesNotHaveBean(GeminiCometChatMemoryRepository.class));
	}

}
