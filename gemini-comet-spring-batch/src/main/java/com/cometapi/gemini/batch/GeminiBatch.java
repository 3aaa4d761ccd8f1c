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

package com.cometapi.gemini.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.cometapi.gemini.GeminiOperations;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.Assert;

/**
 * Builds steps and jobs that send prompts. Auto-configured by Spring Boot.
 */
public final class GeminiBatch {

	private static final Duration JOB_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration JOB_INTERVAL = Duration.ofMillis(50);

	private final GeminiOperations operations;

	private final JobRepository jobRepository;

	private final PlatformTransactionManager transactionManager;

	private final GeminiBatchSettings settings;

	private final GeminiPartitionHandlerFactory partitionHandlers;

	private final List<JobExecutionListener> jobListeners;

	private final List<GeminiItemListener> itemListeners;

	private final RunningSteps runningSteps = new RunningSteps();

	private GeminiBatch(Builder builder) {
		this.operations = builder.operations;
		this.jobRepository = builder.jobRepository;
		this.transactionManager = builder.transactionManager;
		this.settings = builder.settings;
		this.partitionHandlers = builder.partitionHandlers;
		this.jobListeners = List.copyOf(builder.jobListeners);
		this.itemListeners = List.copyOf(builder.itemListeners);
	}

	GeminiBatchSettings getSettings() {
		return this.settings;
	}

	JobRepository getJobRepository() {
		return this.jobRepository;
	}

	PlatformTransactionManager getTransactionManager() {
		return this.transactionManager;
	}

	/**
	 * Create a builder for a step that sends a prompt for each item.
	 * @param name the name of the step
	 * @param <I> the type of the items
	 * @param <O> the type of the outputs
	 * @return a new builder
	 */
	public <I, O> GeminiStepBuilder<I, O> step(String name) {
		return new GeminiStepBuilder<>(this, name);
	}

	/**
	 * Create a reader that sends a prompt for each item, for a step of your own.
	 * @param reader reads the items; opened and closed by the new reader
	 * @param prompt builds the prompt of an item
	 * @param <I> the type of the items
	 * @param <O> the type of the outputs
	 * @return a new reader
	 */
	public <I, O> GeminiItemReader<I, O> reader(ItemStreamReader<? extends I> reader,
			GeminiItemPrompt<? super I, ? extends O> prompt) {
		return reader(reader, prompt, this.settings);
	}

	/**
	 * Create a reader with its own settings, for a step of your own.
	 * @param reader reads the items; opened and closed by the new reader
	 * @param prompt builds the prompt of an item
	 * @param settings the settings
	 * @param <I> the type of the items
	 * @param <O> the type of the outputs
	 * @return a new reader
	 */
	public <I, O> GeminiItemReader<I, O> reader(ItemStreamReader<? extends I> reader,
			GeminiItemPrompt<? super I, ? extends O> prompt, GeminiBatchSettings settings) {
		return new GeminiItemReader<>(reader, this.operations, prompt, settings, this.itemListeners, this.runningSteps);
	}

	/**
	 * Create a job with one step whose items are split into partitions.
	 * @param name the name of the job
	 * @param worker the step to run for each partition
	 * @param partitioner splits the items
	 * @param partitions the number of partitions
	 * @return the job
	 */
	public Job partitionedJob(String name, Step worker, Partitioner partitioner, int partitions) {
		Step manager = new StepBuilder(name + "-partitions", this.jobRepository)
			.partitioner(worker.getName(),
					(partitioner instanceof ItemRangePartitioner) ? (gridSize) -> partition(partitioner, gridSize)
							: partitioner)
			.partitionHandler(this.partitionHandlers.create(worker, partitions))
			.build();
		JobBuilder job = new JobBuilder(name, this.jobRepository);
		this.jobListeners.forEach(job::listener);
		return job.start(manager).build();
	}

	// Stores the number of items at once, so that a job that is killed does not count
	// them again.
	private Map<String, ExecutionContext> partition(Partitioner partitioner, int gridSize) {
		Map<String, ExecutionContext> partitions = partitioner.partition(gridSize);
		StepContext step = StepSynchronizationManager.getContext();
		if (step != null) {
			this.jobRepository.updateExecutionContext(step.getStepExecution());
		}
		return partitions;
	}

	/**
	 * Create a processor that sends a prompt for each item of a chunk, for a step of your
	 * own.
	 * @param prompt builds the prompt of an item
	 * @param <I> the type of the items
	 * @param <O> the type of the outputs
	 * @return a new processor
	 */
	public <I, O> GeminiItemProcessor<I, O> processor(GeminiItemPrompt<? super I, ? extends O> prompt) {
		return new GeminiItemProcessor<>(this.operations, prompt, this.settings, this.itemListeners, this.runningSteps);
	}

	/**
	 * Allow steps to run again after they were {@linkplain #stop stopped}.
	 */
	public void start() {
		this.runningSteps.start();
	}

	/**
	 * Stop the steps that run in this process, and those that start later, until
	 * {@link #start}. Their jobs can be restarted. Blocks until the steps have ended and
	 * their jobs are saved, at most for the given time.
	 * @param timeout the maximum time to wait
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void stop(Duration timeout) throws InterruptedException {
		long start = System.nanoTime();
		Set<Long> jobs = this.runningSteps.stop(timeout)
			.stream()
			.map(StepExecution::getJobExecutionId)
			.collect(Collectors.toSet());
		// A job may continue with its steps in other processes.
		Duration left = RunningSteps.min(timeout.minusNanos(System.nanoTime() - start), JOB_TIMEOUT);
		long deadline = System.nanoTime() + left.toNanos();
		for (long job : jobs) {
			while (isRunning(job) && System.nanoTime() < deadline) {
				Thread.sleep(JOB_INTERVAL.toMillis());
			}
			// A job is saved once more after its listeners.
			Thread.sleep(2 * JOB_INTERVAL.toMillis());
		}
	}

	private boolean isRunning(long job) {
		JobExecution execution = this.jobRepository.getJobExecution(job);
		return execution != null && execution.isRunning();
	}

	/**
	 * Create a builder.
	 * @param operations sends the prompts
	 * @param jobRepository the job repository
	 * @param transactionManager the transaction manager of the job repository, so that
	 * the results of a step and its position are committed together
	 * @return a new builder
	 */
	public static Builder builder(GeminiOperations operations, JobRepository jobRepository,
			PlatformTransactionManager transactionManager) {
		return new Builder(operations, jobRepository, transactionManager);
	}

	/**
	 * Builder for {@link GeminiBatch}, not thread-safe.
	 */
	public static final class Builder {

		private final GeminiOperations operations;

		private final JobRepository jobRepository;

		private final PlatformTransactionManager transactionManager;

		private final List<JobExecutionListener> jobListeners = new ArrayList<>();

		private final List<GeminiItemListener> itemListeners = new ArrayList<>();

		private GeminiBatchSettings settings = GeminiBatchSettings.DEFAULTS;

		private GeminiPartitionHandlerFactory partitionHandlers = new LocalPartitionHandlerFactory(
				new SimpleAsyncTaskExecutor("gemini-batch-"));

		private Builder(GeminiOperations operations, JobRepository jobRepository,
				PlatformTransactionManager transactionManager) {
			Assert.notNull(operations, "'operations' must not be null");
			Assert.notNull(jobRepository, "'jobRepository' must not be null");
			Assert.notNull(transactionManager, "'transactionManager' must not be null");
			this.operations = operations;
			this.jobRepository = jobRepository;
			this.transactionManager = transactionManager;
		}

		/**
		 * Set the settings of steps that do not have their own.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(GeminiBatchSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set the factory of the partition handlers. By default, each partition runs on a
		 * thread of its own.
		 * @param partitionHandlers creates the partition handlers
		 * @return this builder
		 */
		public Builder partitionHandlers(GeminiPartitionHandlerFactory partitionHandlers) {
			this.partitionHandlers = partitionHandlers;
			return this;
		}

		/**
		 * Add a listener for all partitioned jobs.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder jobListener(JobExecutionListener listener) {
			this.jobListeners.add(listener);
			return this;
		}

		/**
		 * Add a listener for all results.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder itemListener(GeminiItemListener listener) {
			this.itemListeners.add(listener);
			return this;
		}

		/**
		 * Build the instance.
		 * @return the instance
		 */
		public GeminiBatch build() {
			return new GeminiBatch(this);
		}

	}

}
