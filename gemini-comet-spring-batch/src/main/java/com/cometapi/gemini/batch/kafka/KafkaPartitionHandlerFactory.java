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

package com.cometapi.gemini.batch.kafka;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.cometapi.gemini.batch.GeminiPartitionHandlerFactory;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.integration.partition.MessageChannelPartitionHandler;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.util.Assert;

/**
 * Lets {@link KafkaPartitionWorker workers} run the partitions of a job: sends a request
 * for each partition to Kafka, and polls the job repository until they have ended.
 * Manager and workers share the job repository.
 *
 * @see MessageChannelPartitionHandler
 */
public final class KafkaPartitionHandlerFactory implements GeminiPartitionHandlerFactory, AutoCloseable {

	private static final long SEND_TIMEOUT_SECONDS = 60;

	private final KafkaTemplate<String, String> kafka;

	private final JobRepository jobRepository;

	private final KafkaPartitionSettings settings;

	/**
	 * Create a factory.
	 * @param producerFactory connects to Kafka; its serializers are replaced
	 * @param jobRepository the job repository, which the workers use as well
	 * @param settings the settings
	 */
	@SuppressWarnings("unchecked")
	public KafkaPartitionHandlerFactory(ProducerFactory<?, ?> producerFactory, JobRepository jobRepository,
			KafkaPartitionSettings settings) {
		Assert.notNull(producerFactory, "'producerFactory' must not be null");
		Assert.notNull(jobRepository, "'jobRepository' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		this.kafka = new KafkaTemplate<>((ProducerFactory<String, String>) producerFactory,
				Map.of(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
						ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class));
		this.jobRepository = jobRepository;
		this.settings = settings;
	}

	@Override
	public PartitionHandler create(Step worker, int gridSize) {
		return create(worker.getName(), gridSize);
	}

	/**
	 * Create a partition handler.
	 * @param worker the name of the step that the workers run for each partition
	 * @param gridSize the number of partitions
	 * @return the partition handler
	 */
	public PartitionHandler create(String worker, int gridSize) {
		MessageChannelPartitionHandler handler = new MessageChannelPartitionHandler();
		handler.setStepName(worker);
		handler.setGridSize(gridSize);
		handler.setJobRepository(this.jobRepository);
		handler.setPollInterval(this.settings.pollInterval().toMillis());
		handler.setTimeout(this.settings.timeout().toMillis());
		handler.setMessagingOperations(new MessagingTemplate((message, timeout) -> send(message)));
		try {
			handler.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException("Failed to create the partition handler of step '%s'".formatted(worker),
					ex);
		}
		return handler;
	}

	// Distributes the requests over the partitions of the topic. With the partitioner of
	// Kafka, they could all go to the same one, and so to one worker.
	private boolean send(Message<?> message) {
		StepExecutionRequest request = (StepExecutionRequest) message.getPayload();
		String topic = this.settings.topic();
		int sequenceNumber = new IntegrationMessageHeaderAccessor(message).getSequenceNumber();
		int partition = sequenceNumber % this.kafka.partitionsFor(topic).size();
		try {
			this.kafka.send(topic, partition, request.getStepName(), PartitionRequests.write(request))
				.get(SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new MessageDeliveryException(message, "Interrupted while sending a partition to Kafka", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new MessageDeliveryException(message,
					"Failed to send a partition to the Kafka topic '%s'".formatted(topic), ex);
		}
	}

	/**
	 * Close the connections to Kafka.
	 */
	@Override
	public void close() {
		this.kafka.destroy();
	}

}
