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

import javax.sql.DataSource;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.item.ChunkOrientedStep;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Runs jobs with a job repository in a database.
 */
final class TestJobs implements AutoCloseable {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	/**
	 * Create a repository in a database.
	 * @param url the URL of the database
	 * @param isNew whether its tables are to be created
	 */
	TestJobs(String url, boolean isNew) {
		DataSource dataSource = new DriverManagerDataSource(url, "sa", "");
		if (isNew) {
			DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(
					new ClassPathResource("org/springframework/batch/core/schema-h2.sql")), dataSource);
		}
		this.context.registerBean("dataSource", DataSource.class, () -> dataSource);
		this.context.register(Repository.class);
		this.context.refresh();
	}

	static TestJobs inMemory() {
		return new TestJobs("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1", true);
	}

	/**
	 * Skip a test of a restart within a scan with versions of Spring Batch that save the
	 * position after the whole chunk when they have written its first item.
	 */
	static void assumeThatScanSavesItsPosition() {
		assumeThat(ReflectionUtils.findMethod(ChunkOrientedStep.class, "setProcessorTransactional", boolean.class))
			.as("Spring Batch 6.0.6")
			.isNotNull();
	}

	JobRepository repository() {
		return this.context.getBean(JobRepository.class);
	}

	JobOperator operator() {
		return this.context.getBean(JobOperator.class);
	}

	DataSource dataSource() {
		return this.context.getBean(DataSource.class);
	}

	PlatformTransactionManager transactionManager() {
		return this.context.getBean(PlatformTransactionManager.class);
	}

	/**
	 * Create a step that reads with a reader and writes what it has read.
	 */
	<T> Step step(int chunkSize, ItemStreamReader<T> reader, ItemWriter<? super T> writer) {
		return new StepBuilder("prompts", repository()).<T, T>chunk(chunkSize)
			.transactionManager(transactionManager())
			.reader(reader)
			.writer(writer)
			.build();
	}

	/**
	 * Run a step, or run it again if its job has not completed.
	 */
	JobExecution run(Step step) throws Exception {
		return run(job(step));
	}

	Job job(Step step) {
		return new JobBuilder("test", repository()).start(step).build();
	}

	JobExecution run(Job job) throws Exception {
		return operator().start(job, new JobParameters());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	@EnableJdbcJobRepository
	static class Repository {

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

}
