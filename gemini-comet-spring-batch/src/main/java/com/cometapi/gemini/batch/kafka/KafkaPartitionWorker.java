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

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.cometapi.gemini.batch.GeminiItemReader;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.core.JacksonException;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepLocator;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.Assert;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Runs partitions of jobs that a {@link KafkaPartitionHandlerFactory manager} has sent to
 * Kafka. Manager and workers share the job repository, and have the same steps.
 *
 * <p>
 * A request is acknowledged once its partition has ended according to the job repository.
 * If the worker dies earlier, Kafka gives the request to another worker once the session
 * of the consumer has expired ({@code session.timeout.ms}), and that worker continues
 * after the last committed chunk. A worker that only seemed dead cannot commit another
 * chunk, because the version of the step execution has changed. A worker that is stopped
 * commits its current chunk, and another one continues after it.
 *
 * <p>
 * Requests whose partition has ended are skipped. Partitions whose job has ended, for
 * example because it was stopped, are stored as stopped and not run.
 */
public final class KafkaPartitionWorker implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(KafkaPartitionWorker.class);

	private static final long RETRY_INTERVAL_MILLIS = 5000;

	// Longer than a step takes to end when it is stopped
	private static final Duration SHUTDOWN_TIMEOUT = GeminiItemReader.STOP_TIMEOUT.plusSeconds(5);

	private static final int FENCE_ATTEMPTS = 10;

	private final JobRepository jobRepository;

	private final StepLocator stepLocator;

	private final ConcurrentMessageListenerContainer<String, String> container;

	private final Set<PartitionExecution> running = ConcurrentHashMap.newKeySet();

	private volatile boolean stopping;

	/**
	 * Create a worker, which still has to be started.
	 * @param consumerFactory connects to Kafka; its settings for polling, its
	 * deserializers and the initial offset of a new group are replaced
	 * @param jobRepository the job repository, which the manager uses as well
	 * @param stepLocator finds the step of a request by its name, or returns {@code null}
	 * @param settings the settings
	 */
	@SuppressWarnings("unchecked")
	public KafkaPartitionWorker(ConsumerFactory<?, ?> consumerFactory, JobRepository jobRepository,
			StepLocator stepLocator, KafkaPartitionSettings settings) {
		Assert.notNull(consumerFactory, "'consumerFactory' must not be null");
		Assert.notNull(jobRepository, "'jobRepository' must not be null");
		Assert.notNull(stepLocator, "'stepLocator' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		this.jobRepository = jobRepository;
		this.stepLocator = stepLocator;
		this.container = new ConcurrentMessageListenerContainer<>((ConsumerFactory<String, String>) consumerFactory,
				containerProperties(settings));
		this.container.setBeanName("gemini-batch-worker");
		this.container.setConcurrency(settings.concurrency());
		DefaultErrorHandler errorHandler = new DefaultErrorHandler(
				new FixedBackOff(RETRY_INTERVAL_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
		errorHandler.addNotRetryableExceptions(JacksonException.class);
		this.container.setCommonErrorHandler(errorHandler);
	}

	private ContainerProperties containerProperties(KafkaPartitionSettings settings) {
		ContainerProperties properties = new ContainerProperties(settings.topic());
		properties.setGroupId(settings.group());
		properties.setAckMode(AckMode.RECORD);
		properties.setShutdownTimeout(SHUTDOWN_TIMEOUT.toMillis());
		properties.setMessageListener((MessageListener<String, String>) this::handle);
		properties.getKafkaConsumerProperties()
			.putAll(Map.of(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName(),
					ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName(),
					ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
					// A new group also gets the requests that were sent before
					ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
					// A waiting request can go to another worker
					ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1", ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
					Long.toString(Math.min(settings.maxPartitionTime().toMillis(), Integer.MAX_VALUE))));
		return properties;
	}

	private void handle(ConsumerRecord<String, String> message) {
		StepExecutionRequest request = PartitionRequests.read(message.value());
		StepExecution execution = this.jobRepository.getStepExecution(request.getStepExecutionId());
		if (execution == null || hasEnded(execution)) {
			logger.info("Skipped %s, whose partition or job has ended".formatted(request));
			return;
		}
		Step step = this.stepLocator.getStep(request.getStepName());
		if (step == null) {
			fail(execution, "The worker has no step '%s'".formatted(request.getStepName()));
		}
		else {
			run(step, new PartitionExecution(execution));
		}
	}

	private void run(Step step, PartitionExecution execution) {
		this.running.add(execution);
		try {
			Assert.state(!this.stopping, "The worker is stopping");
			step.execute(execution);
		}
		catch (JobInterruptedException ex) {
			logger.debug("Interrupted", ex);
		}
		finally {
			this.running.remove(execution);
		}
		StepExecution stored = this.jobRepository.getStepExecution(execution.getId());
		// The exception keeps Kafka from acknowledging the request
		Assert.state(stored == null || hasEnded(stored),
				() -> "Partition %s has not ended, and goes on elsewhere or later".formatted(execution.getStepName()));
	}

	// The manager waits for the partitions of a job that was stopped as well
	private boolean hasEnded(StepExecution execution) {
		if (execution.getStatus().isRunning() && !execution.getJobExecution().isRunning()) {
			end(execution, BatchStatus.STOPPED, ExitStatus.STOPPED);
		}
		return !execution.getStatus().isRunning();
	}

	private void fail(StepExecution execution, String reason) {
		logger.error(reason);
		end(execution, BatchStatus.FAILED, ExitStatus.FAILED.addExitDescription(reason));
	}

	private void end(StepExecution execution, BatchStatus status, ExitStatus exitStatus) {
		execution.setStatus(status);
		execution.setExitStatus(exitStatus);
		execution.setEndTime(LocalDateTime.now());
		this.jobRepository.update(execution);
	}

	@Override
	public void start() {
		this.stopping = false;
		this.container.start();
	}

	/**
	 * Stop, and hand the partitions that are running over to other workers. Blocks until
	 * their current chunks are committed, for 25 seconds at most.
	 */
	@Override
	public void stop() {
		this.stopping = true;
		this.running.forEach(PartitionExecution::handOver);
		this.container.stop();
		this.running.forEach((execution) -> fence(execution.getId()));
	}

	// Changes the version of the execution so that its current chunk can no longer be
	// committed: failures that the shutdown causes must not become results.
	private void fence(long stepExecutionId) {
		for (int i = 0; i < FENCE_ATTEMPTS; i++) {
			StepExecution execution = this.jobRepository.getStepExecution(stepExecutionId);
			if (execution == null || !execution.getStatus().isRunning()) {
				return;
			}
			try {
				this.jobRepository.update(execution);
				return;
			}
			catch (RuntimeException ex) {
				logger.debug("A chunk was committed meanwhile, or the repository is not available", ex);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.container.isRunning();
	}

	@Override
	public int getPhase() {
		return this.container.getPhase();
	}

}
