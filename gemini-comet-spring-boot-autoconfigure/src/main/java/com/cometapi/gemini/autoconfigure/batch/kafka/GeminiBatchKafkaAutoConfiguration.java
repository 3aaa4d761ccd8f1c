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

import java.time.Duration;

import com.cometapi.gemini.autoconfigure.PropertyChecks;
import com.cometapi.gemini.autoconfigure.batch.GeminiBatchAutoConfiguration;
import com.cometapi.gemini.batch.GeminiPartitionHandlerFactory;
import com.cometapi.gemini.batch.kafka.KafkaPartitionHandlerFactory;
import com.cometapi.gemini.batch.kafka.KafkaPartitionSettings;
import com.cometapi.gemini.batch.kafka.KafkaPartitionWorker;
import org.apache.kafka.clients.admin.NewTopic;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.integration.partition.MessageChannelPartitionHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of jobs whose partitions run on
 * several machines, over Kafka.
 */
@AutoConfiguration(before = GeminiBatchAutoConfiguration.class,
		afterName = { "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration",
				"org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
				"org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration" })
@ConditionalOnClass({ KafkaPartitionWorker.class, KafkaTemplate.class, MessageChannelPartitionHandler.class })
@EnableConfigurationProperties(GeminiBatchKafkaProperties.class)
public final class GeminiBatchKafkaAutoConfiguration {

	private static final String TOPIC_BEAN = "geminiBatchTopic";

	private static final String PREFIX = "cometapi.gemini.batch.kafka.";

	GeminiBatchKafkaAutoConfiguration() {
	}

	private static KafkaPartitionSettings settings(GeminiBatchKafkaProperties properties) {
		PropertyChecks.positive(PREFIX + "concurrency", properties.concurrency());
		checkPositive("max-partition-time", properties.maxPartitionTime());
		checkPositive("poll-interval", properties.pollInterval());
		checkPositive("timeout", properties.timeout());
		return new KafkaPartitionSettings(properties.topic(), properties.group(), properties.concurrency(),
				properties.maxPartitionTime(), properties.pollInterval(), properties.timeout());
	}

	private static NewTopic topic(GeminiBatchKafkaProperties properties) {
		PropertyChecks.positive(PREFIX + "topic-partitions", properties.topicPartitions());
		return TopicBuilder.name(properties.topic()).partitions(properties.topicPartitions()).build();
	}

	private static void checkPositive(String name, Duration value) {
		if (value.toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, value, "It must be 1ms or more.");
		}
	}

	/**
	 * The side that splits the jobs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(PREFIX + "manager")
	static class ManagerConfiguration {

		@Bean
		@ConditionalOnMissingBean(GeminiPartitionHandlerFactory.class)
		KafkaPartitionHandlerFactory geminiKafkaPartitionHandlerFactory(ProducerFactory<?, ?> producerFactory,
				JobRepository jobRepository, GeminiBatchKafkaProperties properties) {
			return new KafkaPartitionHandlerFactory(producerFactory, jobRepository, settings(properties));
		}

		@Bean
		@ConditionalOnMissingBean(name = TOPIC_BEAN)
		NewTopic geminiBatchTopic(GeminiBatchKafkaProperties properties) {
			return topic(properties);
		}

	}

	/**
	 * The side that runs partitions.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(PREFIX + "worker")
	static class WorkerConfiguration {

		@Bean
		@ConditionalOnMissingBean
		KafkaPartitionWorker geminiKafkaPartitionWorker(ConsumerFactory<?, ?> consumerFactory,
				JobRepository jobRepository, ObjectProvider<Step> steps, GeminiBatchKafkaProperties properties) {
			return new KafkaPartitionWorker(consumerFactory, jobRepository,
					(name) -> steps.stream().filter((step) -> name.equals(step.getName())).findFirst().orElse(null),
					settings(properties));
		}

		@Bean
		@ConditionalOnMissingBean(name = TOPIC_BEAN)
		NewTopic geminiBatchTopic(GeminiBatchKafkaProperties properties) {
			return topic(properties);
		}

	}

}
