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

package com.cometapi.gemini.sample.batch;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Continues the last job if it has not been completed, starts a new one otherwise, and
 * prints the summary.
 */
@Component
class ReviewRunner implements ApplicationRunner, ExitCodeGenerator {

	private static final String NUMBER = "number";

	private final Job job;

	private final JobOperator jobOperator;

	private final JobRepository jobRepository;

	private final ReviewSummary summary;

	private int exitCode = 1;

	ReviewRunner(Job job, JobOperator jobOperator, JobRepository jobRepository, ReviewSummary summary) {
		this.job = job;
		this.jobOperator = jobOperator;
		this.jobRepository = jobRepository;
		this.summary = summary;
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		JobExecution execution = this.jobOperator.start(this.job, parameters());
		this.summary.print(execution);
		this.exitCode = (execution.getStatus() == BatchStatus.COMPLETED) ? 0 : 1;
	}

	// The parameters identify the job: with the same ones, it continues
	private JobParameters parameters() {
		JobInstance instance = this.jobRepository.getLastJobInstance(this.job.getName());
		JobExecution last = (instance != null) ? this.jobRepository.getLastJobExecution(instance) : null;
		if (last == null) {
			return new JobParametersBuilder().addLong(NUMBER, 1L).toJobParameters();
		}
		if (last.getStatus() != BatchStatus.COMPLETED) {
			System.out.println("Continuing the job that was interrupted.");
			return last.getJobParameters();
		}
		return new JobParametersBuilder().addLong(NUMBER, last.getJobParameters().getLong(NUMBER) + 1)
			.toJobParameters();
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}
