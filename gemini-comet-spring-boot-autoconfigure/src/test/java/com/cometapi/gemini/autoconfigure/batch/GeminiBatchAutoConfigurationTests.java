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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.cometapi.gemini.autoconfigure.GeminiAutoConfiguration;
import com.cometapi.gemini.autoconfigure.observation.GeminiMetricsAutoConfiguration;
import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiItemListener;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.batch.GeminiJobProgress;
import com.cometapi.gemini.batch.GeminiJobProgressListener;
import com.cometapi.gemini.batch.GeminiPartitionHandlerFactory;
import com.cometapi.gemini.batch.ItemRange;
import com.cometapi.gemini.batch.ItemRangePartitioner;
import com.cometapi.gemini.batch.JsonLines;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.testsupport.GeminiServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiBatchAutoConfiguration} and
 * {@link GeminiBatchEndpointAutoConfiguration}.
 */
class GeminiBatchAutoConfigurationTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	private final CompletableFuture<Void> held = new CompletableFuture<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, BatchJdbcAutoConfiguration.class,
				BatchAutoConfiguration.class, GeminiAutoConfiguration.class, GeminiMetricsAutoConfiguration.class,
				GeminiBatchAutoConfiguration.class, GeminiBatchEndpointAutoConfiguration.class,
				LifecycleAutoConfiguration.class))
		.withPropertyValues("cometapi.gemini.api-key=sk-test", "cometapi.gemini.base-url=" + this.server.url(),
				"spring.datasource.generate-unique-name=true", "management.endpoints.web.exposure.include=geminibatch");

	@Test
	void nothingIsConfiguredWithoutSpringBatch() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.batch"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JsonLines.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(GeminiBatch.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(JsonLines.class));
	}

	@Test
	void jobRunsAndIsCounted() {
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				JobExecution execution = context.getBean(JobOperator.class)
					.start(context.getBean(Job.class), new JobParameters());
				assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
				assertThat(context.getBean(MeterRegistry.class)
					.get(GeminiMeters.BATCH_ITEMS)
					.tags(GeminiMeters.BATCH_JOB, "numbers", GeminiMeters.BATCH_OUTCOME, "success")
					.counter()
					.count()).isEqualTo(100);
				assertThat(context.getBean(GeminiBatchEndpoint.class).jobs()).containsOnlyKeys("numbers");
				GeminiJobProgress progress = context.getBean(GeminiBatchEndpoint.class).jobs().get("numbers").get(0);
				assertThat(progress.status()).isEqualTo("COMPLETED");
				assertThat(progress.items()).isEqualTo(100);
				assertThat(progress.totals().succeeded()).isEqualTo(100);
			});
	}

	@Test
	void callWithATransientFailureIsRetried() {
		this.server.answerStatus(503);
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withPropertyValues("cometapi.gemini.retry.initial-delay=1ms")
			.run((context) -> {
				assertThat(start(context.getBean(JobOperator.class), context.getBean(Job.class)).getStatus())
					.isEqualTo(BatchStatus.COMPLETED);
				GeminiJobProgress progress = context.getBean(GeminiBatchEndpoint.class).jobs().get("numbers").get(0);
				assertThat(progress.totals().succeeded()).isEqualTo(100);
				assertThat(progress.totals().failed()).isZero();
				assertThat(this.server.requestCount()).isEqualTo(101);
			});
	}

	@Test
	void closingTheContextStopsTheJobSoThatItCanBeContinued() {
		respondAndHoldTheRest(20);
		ApplicationContextRunner runner = this.contextRunner.withUserConfiguration(Jobs.class)
			.withPropertyValues("cometapi.gemini.batch.concurrency=2", "cometapi.gemini.batch.chunk-size=2",
					"spring.lifecycle.timeout-per-shutdown-phase=3s", "spring.datasource.generate-unique-name=false",
					"spring.datasource.name=stopped", "spring.datasource.url=jdbc:h2:mem:stopped;DB_CLOSE_DELAY=-1");
		runner.run((context) -> {
			Job job = context.getBean(Job.class);
			JobOperator operator = context.getBean(JobOperator.class);
			CompletableFuture.runAsync(() -> start(operator, job));
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.requestCount() > 20);
		});
		assertThat(this.server.requestCount()).isLessThanOrEqualTo(20 + 2 * 2);
		this.held.complete(null);
		runner.withPropertyValues("spring.batch.jdbc.initialize-schema=never").run((context) -> {
			JobRepository repository = context.getBean(JobRepository.class);
			assertThat(repository.findRunningJobExecutions("numbers")).isEmpty();
			assertThat(start(context.getBean(JobOperator.class), context.getBean(Job.class)).getStatus())
				.isEqualTo(BatchStatus.COMPLETED);
			assertThat(context.getBean(GeminiBatchEndpoint.class).jobs().get("numbers").get(0).totals().succeeded())
				.isEqualTo(100);
			assertThat(this.server.requestCount()).isLessThanOrEqualTo(100 + 2 * (2 + 2));
		});
	}

	@Test
	void shutdownWaitsNoLongerThanTheTimeoutOfItsPhase() {
		respondAndHoldTheRest(0);
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=1ms")
			.run((context) -> {
				CompletableFuture<JobExecution> job = CompletableFuture
					.supplyAsync(() -> start(context.getBean(JobOperator.class), context.getBean(Job.class)));
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.requestCount() > 0);
				context.getBean(GeminiBatchShutdownLifecycle.class).stop();
				assertThat(job).isNotDone();
				this.held.complete(null);
				assertThat(job.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.STOPPED);
			});
	}

	@Test
	void restartedContextRunsJobs() {
		this.contextRunner.withUserConfiguration(Jobs.class).run((context) -> {
			context.stop();
			context.start();
			assertThat(start(context.getBean(JobOperator.class), context.getBean(Job.class)).getStatus())
				.isEqualTo(BatchStatus.COMPLETED);
			assertThat(context.getBean(GeminiBatchShutdownLifecycle.class).isPauseable()).isFalse();
		});
	}

	private void respondAndHoldTheRest(int count) {
		AtomicInteger requests = new AtomicInteger();
		this.server.reply((text) -> {
			if (requests.incrementAndGet() > count) {
				this.held.orTimeout(60, TimeUnit.SECONDS).join();
			}
			return "re: " + text;
		});
	}

	private static JobExecution start(JobOperator operator, Job job) {
		try {
			return operator.start(job, new JobParameters());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void jobOfAProcessThatWasKilledIsRecovered() {
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withPropertyValues("cometapi.gemini.batch.recover-jobs=true")
			.run((context) -> {
				JobRepository repository = context.getBean(JobRepository.class);
				createRunningExecution(repository);
				context.getBean(ApplicationRunner.class).run(null);
				assertThat(repository.findRunningJobExecutions("numbers")).isEmpty();
				assertThat(start(context.getBean(JobOperator.class), context.getBean(Job.class)).getStatus())
					.isEqualTo(BatchStatus.COMPLETED);
			});
	}

	@Test
	void killedJobIsRecoveredBeforeItIsStarted() {
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withConfiguration(AutoConfigurations.of(BatchJobLauncherAutoConfiguration.class))
			.withPropertyValues("cometapi.gemini.batch.recover-jobs=true")
			.run((context) -> {
				JobRepository repository = context.getBean(JobRepository.class);
				createRunningExecution(repository);
				for (ApplicationRunner runner : context.getBeanProvider(ApplicationRunner.class)
					.orderedStream()
					.toList()) {
					runner.run(new DefaultApplicationArguments());
				}
				assertThat(repository.getLastJobExecution(repository.getLastJobInstance("numbers")).getStatus())
					.isEqualTo(BatchStatus.COMPLETED);
				assertThat(this.server.requestCount()).isEqualTo(100);
			});
	}

	private static void createRunningExecution(JobRepository repository) {
		JobExecution killed = repository.createJobExecution(
				repository.createJobInstance("numbers", new JobParameters()), new JobParameters(),
				new ExecutionContext());
		killed.setStatus(BatchStatus.STARTED);
		killed.setStartTime(killed.getCreateTime());
		repository.update(killed);
	}

	@Test
	void resultsHaveHints() {
		RuntimeHints hints = new RuntimeHints();
		new GeminiBatchRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.reflection().onType(GeminiItemResult.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(GeminiItemResult.Failure.class)).accepts(hints);
	}

	@Test
	void progressCanBeSwitchedOff() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(GeminiJobProgressListener.class)
			.doesNotHaveBean(ApplicationRunner.class));
		this.contextRunner.withPropertyValues("cometapi.gemini.batch.progress=false")
			.run((context) -> assertThat(context).hasSingleBean(GeminiBatch.class)
				.doesNotHaveBean(GeminiJobProgressListener.class));
	}

	@Test
	void beansOfTheApplicationAreUsed() {
		GeminiPartitionHandlerFactory partitionHandlers = (worker, gridSize) -> (splitter, execution) -> {
			throw new IllegalStateException("Not here");
		};
		JsonLines jsonLines = new JsonLines(GeminiServer.MAPPER);
		this.contextRunner.withUserConfiguration(Jobs.class)
			.withBean(GeminiPartitionHandlerFactory.class, () -> partitionHandlers)
			.withBean(JsonLines.class, () -> jsonLines)
			.run((context) -> {
				assertThat(context).getBean(JsonLines.class).isSameAs(jsonLines);
				assertThat(
						start(context.getBean(JobOperator.class), context.getBean(Job.class)).getAllFailureExceptions())
					.singleElement()
					.satisfies((ex) -> assertThat(ex).hasMessage("Not here"));
			});
	}

	@Test
	void runnerAndMeterOfTheApplicationAreUsed() {
		ApplicationRunner runner = (args) -> {
		};
		GeminiItemListener meter = (job, result) -> {
		};
		this.contextRunner.withPropertyValues("cometapi.gemini.batch.recover-jobs=true")
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("geminiJobRecoveryRunner", ApplicationRunner.class, () -> runner)
			.withBean("geminiItemMeter", GeminiItemListener.class, () -> meter)
			.run((context) -> {
				assertThat(context).getBean(ApplicationRunner.class).isSameAs(runner);
				assertThat(context).getBean(GeminiItemListener.class).isSameAs(meter);
			});
	}

	@Test
	void severalTransactionManagersWithoutAPrimaryOneFailTheStartup() {
		this.contextRunner.withUserConfiguration(JobRepositoryConfiguration.class)
			.withBean("first", PlatformTransactionManager.class, ResourcelessTransactionManager::new)
			.withBean("second", PlatformTransactionManager.class, ResourcelessTransactionManager::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("first,second"));
		this.contextRunner.withUserConfiguration(JobRepositoryConfiguration.class)
			.withBean("first", PlatformTransactionManager.class, ResourcelessTransactionManager::new)
			.withBean("second", PlatformTransactionManager.class, ResourcelessTransactionManager::new,
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(context).hasSingleBean(GeminiBatch.class));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenJobRepositoryKeepsNothingThenAWarningIsLogged(CapturedOutput output) {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(GeminiBatch.class));
		assertThat(output).doesNotContain("The job repository stores nothing");
		this.contextRunner.withBean("first", DataSource.class, GeminiBatchAutoConfigurationTests::dataSource)
			.withBean("second", DataSource.class, GeminiBatchAutoConfigurationTests::dataSource)
			.run((context) -> assertThat(context).hasSingleBean(GeminiBatch.class));
		assertThat(output).contains("The job repository stores nothing (ResourcelessJobRepository)");
	}

	private static DataSource dataSource() {
		return new DriverManagerDataSource("jdbc:h2:mem:none");
	}

	@ParameterizedTest
	@CsvSource({ "concurrency, 0", "chunk-size, 0", "max-consecutive-failures, 0", "threads, 0", "window, 10",
			"max-wait, -1s" })
	void invalidPropertyIsNamed(String name, String value) {
		this.contextRunner.withPropertyValues("cometapi.gemini.batch.%s=%s".formatted(name, value))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("cometapi.gemini.batch." + name));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	static class JobRepositoryConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	static class Jobs {

		@Bean
		Step worker(GeminiBatch batch) {
			return batch.<Integer, String>step("worker")
				.reader(Numbers::new)
				.prompt((prompt, number) -> prompt.user("Number " + number).textAsync())
				.writer((range) -> (results) -> assertThat(results).isNotEmpty())
				.build();
		}

		@Bean
		Job numbers(GeminiBatch batch, Step worker) {
			return batch.partitionedJob("numbers", worker, new ItemRangePartitioner(() -> 100), 2);
		}

	}

	static class Numbers implements ItemStreamReader<Integer> {

		private final ItemRange range;

		private int next;

		Numbers(ItemRange range) {
			this.range = range;
		}

		@Override
		public void open(ExecutionContext context) {
			this.next = context.getInt("next", this.range.first());
		}

		@Override
		public Integer read() {
			return (this.next < this.range.end()) ? this.next++ : null;
		}

		@Override
		public void update(ExecutionContext context) {
			context.putInt("next", this.next);
		}

	}

}
