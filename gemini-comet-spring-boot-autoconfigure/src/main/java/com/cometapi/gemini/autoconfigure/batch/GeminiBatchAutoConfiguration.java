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

package com.cometapi.gemini.autoconfigure.batch;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.observation.GeminiMetricsAutoConfiguration;
import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiItemListener;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.batch.GeminiJobProgressListener;
import com.cometapi.gemini.batch.GeminiJobRecovery;
import com.cometapi.gemini.batch.GeminiPartitionHandlerFactory;
import com.cometapi.gemini.batch.JsonLines;
import com.cometapi.gemini.batch.LocalPartitionHandlerFactory;
import com.cometapi.gemini.observation.GeminiMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.support.AopUtils;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.batch.autoconfigure.BatchTransactionManager;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link GeminiBatch}.
 */
@AutoConfiguration(after = { GeminiAutoConfiguration.class, GeminiMetricsAutoConfiguration.class },
		afterName = { "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration",
				"org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration" })
@ConditionalOnClass({ GeminiBatch.class, JobRepository.class })
@ConditionalOnBean(JobRepository.class)
@ConditionalOnSingleCandidate(GeminiOperations.class)
@EnableConfigurationProperties(GeminiBatchProperties.class)
@ImportRuntimeHints(GeminiBatchRuntimeHints.class)
public final class GeminiBatchAutoConfiguration {

	private static final Log logger = LogFactory.getLog(GeminiBatchAutoConfiguration.class);

	GeminiBatchAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiBatch geminiBatch(GeminiOperations operations, JobRepository repository,
			ObjectProvider<PlatformTransactionManager> transactionManager,
			@BatchTransactionManager ObjectProvider<PlatformTransactionManager> batchTransactionManager,
			GeminiBatchProperties properties, GeminiPartitionHandlerFactory partitionHandlers,
			ObjectProvider<GeminiJobProgressListener> progress, ObjectProvider<GeminiItemListener> itemListeners) {
		if (AopUtils.getTargetClass(repository) == ResourcelessJobRepository.class) {
			logger.warn("The job repository stores nothing (%s): jobs cannot be restarted, and a restart of the "
				.formatted(ResourcelessJobRepository.class.getSimpleName())
					+ "application sends all items again. Add 'spring-boot-starter-batch-jdbc', and with several "
					+ "data sources mark the one of the job repository with '@BatchDataSource' and its transaction "
					+ "manager with '@BatchTransactionManager'.");
		}
		// Several without a primary one are an error: one that does not belong to the job
		// repository could commit the position before the results.
		GeminiBatch.Builder builder = GeminiBatch
			.builder(operations, repository,
					batchTransactionManager
						.getIfAvailable(() -> transactionManager.getIfAvailable(ResourcelessTransactionManager::new)))
			.settings(GeminiBatchSettingsFactory.create(properties))
			.partitionHandlers(partitionHandlers);
		progress.ifAvailable(builder::jobListener);
		itemListeners.orderedStream().forEach(builder::itemListener);
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	GeminiPartitionHandlerFactory geminiPartitionHandlerFactory(GeminiBatchProperties properties) {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("gemini-batch-");
		executor.setConcurrencyLimit(properties.threads());
		return new LocalPartitionHandlerFactory(executor);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "cometapi.gemini.batch.progress", matchIfMissing = true)
	GeminiJobProgressListener geminiJobProgressListener(JobRepository repository) {
		return GeminiJobProgressListener.create(repository);
	}

	@Bean
	@ConditionalOnMissingBean
	JsonLines geminiJsonLines(ObjectProvider<JsonMapper> mapper) {
		return new JsonLines(mapper.getIfUnique(() -> JsonMapper.builder().build()));
	}

	@Bean
	GeminiBatchShutdownLifecycle geminiBatchShutdown(GeminiBatch batch,
			ObjectProvider<LifecycleProperties> lifecycleProperties) {
		return new GeminiBatchShutdownLifecycle(batch,
				lifecycleProperties.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase());
	}

	// Before Boot starts the jobs
	@Bean
	@Order(-1)
	@ConditionalOnMissingBean(name = "geminiJobRecoveryRunner")
	@ConditionalOnBooleanProperty("cometapi.gemini.batch.recover-jobs")
	ApplicationRunner geminiJobRecoveryRunner(JobRepository repository, JobOperator operator,
			ObjectProvider<Job> jobs) {
		GeminiJobRecovery recovery = new GeminiJobRecovery(repository, operator);
		return (args) -> jobs.stream().map(Job::getName).forEach(recovery::recover);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	static class MetersConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "geminiItemMeter")
		GeminiItemListener geminiItemMeter(MeterRegistry registry) {
			MeterProvider<Counter> items = Counter.builder(GeminiMeters.BATCH_ITEMS)
				.description("Number of items that jobs have processed")
				.withRegistry(registry);
			return (job, result) -> items
				.withTags(GeminiMeters.BATCH_JOB, job, GeminiMeters.BATCH_OUTCOME, outcome(result))
				.increment();
		}

		private static String outcome(GeminiItemResult<?, ?> result) {
			return (result.failure() != null) ? result.failure().code() : "success";
		}

	}

}
