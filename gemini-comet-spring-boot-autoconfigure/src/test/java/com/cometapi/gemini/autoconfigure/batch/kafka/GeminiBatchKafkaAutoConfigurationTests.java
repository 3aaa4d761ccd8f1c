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

package com.cometapi.gemini.autoconfigure.batch.kafka;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.autoconfigure.batch.GeminiBatchAutoConfiguration;
import com.cometapi.gemini.batch.GeminiPartitionHandlerFactory;
import com.cometapi.gemini.batch.kafka.KafkaPartitionHandlerFactory;
import com.cometapi.gemini.batch.kafka.KafkaPartitionWorker;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.prompt.GeminiDefaults;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiBatchKafkaAutoConfiguration}.
 */
class GeminiBatchKafkaAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, GeminiBatchKafkaAutoConfiguration.class,
				GeminiBatchAutoConfiguration.class))
		.withUserConfiguration(JobRepositoryConfiguration.class)
		// There is no broker, so that nothing may need one at startup
		.withPropertyValues("spring.kafka.admin.auto-create=false", "spring.kafka.bootstrap-servers=127.0.0.1:1");

	@Test
	void nothingIsConfiguredByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(KafkaPartitionHandlerFactory.class)
			.doesNotHaveBean(KafkaPartitionWorker.class)
			.doesNotHaveBean(NewTopic.class));
	}

	@Test
	void managerSendsPartitionsToWorkers() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.batch.kafka.manager=true",
					"cometapi.gemini.batch.kafka.topic-partitions=3")
			.run((context) -> {
				assertThat(context).hasSingleBean(GeminiPartitionHandlerFactory.class)
					.hasSingleBean(KafkaPartitionHandlerFactory.class)
					.doesNotHaveBean(KafkaPartitionWorker.class);
				assertThat(context.getBean(NewTopic.class)).extracting(NewTopic::name, NewTopic::numPartitions)
					.containsExactly("gemini-batch", 3);
			});
	}

	@Test
	void workerWaitsForPartitions() {
		this.contextRunner.withPropertyValues("cometapi.gemini.batch.kafka.worker=true").run((context) -> {
			assertThat(context).doesNotHaveBean(KafkaPartitionHandlerFactory.class);
			assertThat(context.getBean(KafkaPartitionWorker.class).isRunning()).isTrue();
		});
	}

	@Test
	void applicationCanBeManagerAndWorker() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.batch.kafka.manager=true", "cometapi.gemini.batch.kafka.worker=true")
			.run((context) -> assertThat(context).hasSingleBean(KafkaPartitionHandlerFactory.class)
				.hasSingleBean(KafkaPartitionWorker.class)
				.hasSingleBean(NewTopic.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "manager", "worker" })
	void topicOfTheApplicationIsUsed(String side) {
		NewTopic topic = new NewTopic("gemini-batch", 7, (short) 1);
		this.contextRunner.withPropertyValues("cometapi.gemini.batch.kafka.%s=true".formatted(side))
			.withBean("geminiBatchTopic", NewTopic.class, () -> topic)
			.run((context) -> assertThat(context).getBean(NewTopic.class).isSameAs(topic));
	}

	@Test
	void nothingIsConfiguredWithoutKafka() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(KafkaTemplate.class))
			.withPropertyValues("cometapi.gemini.batch.kafka.manager=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(KafkaPartitionHandlerFactory.class));
	}

	@Test
	void invalidValueIsNamed() {
		this.contextRunner
			.withPropertyValues("cometapi.gemini.batch.kafka.manager=true", "cometapi.gemini.batch.kafka.timeout=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("cometapi.gemini.batch.kafka.timeout"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	static class JobRepositoryConfiguration {

		@Bean
		GeminiTemplate gemini() {
			return new GeminiTemplate(GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
					GeminiClientSettings.builder("sk-test").build()), GeminiDefaults.of("gemini-3.5-flash"));
		}

	}

}
