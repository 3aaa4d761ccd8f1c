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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.batch.GeminiBatch;
import com.cometapi.gemini.batch.GeminiBatchSettings;
import com.cometapi.gemini.batch.GeminiItemReader;
import com.cometapi.gemini.batch.GeminiItemResult;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A job with a prompt for each number, whose partitions run on workers. Each partition
 * writes a file.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository
class NumbersJob {

	static final int PARTITIONS = 12;

	static final int NUMBERS = 40;

	static final int CONCURRENCY = 8;

	static final int CHUNK_SIZE = 10;

	private static final String STEP = "numbers";

	/**
	 * Create the context of a manager or of a worker.
	 */
	static AnnotationConfigApplicationContext context(Surroundings surroundings) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(Surroundings.class, () -> surroundings);
		context.register(NumbersJob.class);
		return context;
	}

	/**
	 * Create a worker.
	 */
	static KafkaPartitionWorker worker(Surroundings surroundings, JobRepository jobRepository, Step step) {
		// 6 s is the least that a broker accepts
		return new KafkaPartitionWorker(
				new DefaultKafkaConsumerFactory<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
						surroundings.brokers(), ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000")),
				jobRepository, (name) -> name.equals(step.getName()) ? step : null, settings(surroundings));
	}

	private static KafkaPartitionSettings settings(Surroundings surroundings) {
		return new KafkaPartitionSettings(surroundings.topic(), surroundings.topic(), 1, Duration.ofMinutes(1),
				Duration.ofMillis(200), surroundings.timeout());
	}

	@Bean
	DataSource dataSource(Surroundings surroundings) {
		return new DriverManagerDataSource(surroundings.database(), "sa", "");
	}

	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	GeminiTemplate gemini(Surroundings surroundings) {
		return new GeminiTemplate(GeminiClient.create(WebClient.builder(), GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-test")
					.baseUrl(surroundings.endpoint())
					.retry(GeminiRetrySettings.NONE)
					.build()),
				GeminiDefaults.of("gemini-3.5-flash"));
	}

	@Bean
	KafkaPartitionHandlerFactory partitionHandlers(Surroundings surroundings, JobRepository jobRepository) {
		return new KafkaPartitionHandlerFactory(
				new DefaultKafkaProducerFactory<>(
						Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, surroundings.brokers())),
				jobRepository, settings(surroundings));
	}

	@Bean
	Job job(JobRepository jobRepository, KafkaPartitionHandlerFactory partitionHandlers, Surroundings surroundings) {
		return new JobBuilder("job", jobRepository)
			.start(new StepBuilder("manager", jobRepository).partitioner(surroundings.step(), NumbersJob::partitions)
				.partitionHandler(partitionHandlers.create(surroundings.step(), PARTITIONS))
				.build())
			.build();
	}

	private static Map<String, ExecutionContext> partitions(int count) {
		Map<String, ExecutionContext> partitions = new HashMap<>();
		for (int i = 0; i < count; i++) {
			ExecutionContext context = new ExecutionContext();
			context.putInt("first", i * NUMBERS);
			partitions.put("partition" + i, context);
		}
		return partitions;
	}

	@Bean
	Step numbers(JobRepository jobRepository, PlatformTransactionManager transactionManager,
			GeminiItemReader<Integer, String> reader, FlatFileItemWriter<GeminiItemResult<Integer, String>> writer) {
		return new StepBuilder(STEP, jobRepository)
			.<GeminiItemResult<Integer, String>, GeminiItemResult<Integer, String>>chunk(CHUNK_SIZE)
			.transactionManager(transactionManager)
			.reader(reader)
			.writer(writer)
			.build();
	}

	@Bean
	@StepScope
	GeminiItemReader<Integer, String> reader(GeminiTemplate gemini, JobRepository jobRepository,
			PlatformTransactionManager transactionManager, @Value("#{stepExecutionContext['first']}") int first) {
		return GeminiBatch.builder(gemini, jobRepository, transactionManager)
			.settings(GeminiBatchSettings.DEFAULTS.withConcurrency(CONCURRENCY))
			.build()
			.reader(new Numbers(first), (prompt, number) -> prompt.user("Number %d.".formatted(number)).textAsync());
	}

	@Bean
	@StepScope
	FlatFileItemWriter<GeminiItemResult<Integer, String>> writer(Surroundings surroundings,
			@Value("#{stepExecutionContext['first']}") int first) {
		return new FlatFileItemWriterBuilder<GeminiItemResult<Integer, String>>().name("writer")
			.resource(new FileSystemResource(surroundings.directory().resolve("from-" + first)))
			.lineAggregator((result) -> result.item() + " " + result.output())
			.build();
	}

	/**
	 * Settings that the manager and the workers share.
	 *
	 * @param database the URL of the database with the job repository
	 * @param brokers the Kafka brokers
	 * @param topic the topic and the group
	 * @param endpoint the URL of the endpoint
	 * @param directory the directory of the files
	 * @param timeout how long the manager waits
	 * @param step the step that the manager asks for
	 */
	record Surroundings(String database, String brokers, String topic, URI endpoint, Path directory, Duration timeout,
			String step) {

		Surroundings(String database, String brokers, String topic, URI endpoint, Path directory) {
			this(database, brokers, topic, endpoint, directory, Duration.ofMinutes(5), STEP);
		}

		Surroundings withTimeout(Duration timeout) {
			return new Surroundings(this.database, this.brokers, this.topic, this.endpoint, this.directory, timeout,
					this.step);
		}

		Surroundings withStep(String step) {
			return new Surroundings(this.database, this.brokers, this.topic, this.endpoint, this.directory,
					this.timeout, step);
		}

	}

	private static final class Numbers extends AbstractItemCountingItemStreamItemReader<Integer> {

		private final int first;

		private int next;

		Numbers(int first) {
			this.first = first;
			this.next = first;
			setName("numbers");
			setMaxItemCount(NUMBERS);
		}

		@Override
		protected Integer doRead() {
			return this.next++;
		}

		@Override
		protected void jumpToItem(int itemIndex) {
			this.next = this.first + itemIndex;
		}

		@Override
		protected void doOpen() {
		}

		@Override
		protected void doClose() {
		}

	}

}
