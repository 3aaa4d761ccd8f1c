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

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.util.Assert;

/**
 * Recovers jobs whose process was killed. The repository still lists them as running, so
 * that they cannot be restarted.
 */
public final class GeminiJobRecovery {

	private static final int MAX_ATTEMPTS = 10;

	private final JobRepository repository;

	private final JobOperator operator;

	/**
	 * Create an instance.
	 * @param repository the job repository
	 * @param operator the job operator
	 */
	public GeminiJobRecovery(JobRepository repository, JobOperator operator) {
		Assert.notNull(repository, "'repository' must not be null");
		Assert.notNull(operator, "'operator' must not be null");
		this.repository = repository;
		this.operator = operator;
	}

	/**
	 * Recover the executions of a job that are marked as running, or whose steps are, so
	 * that the job can be restarted. A step that is actually running fails when it
	 * commits its next chunk.
	 * @param job the name of the job
	 */
	public void recover(String job) {
		Set<Long> executions = this.repository.findRunningJobExecutions(job)
			.stream()
			.map(JobExecution::getId)
			.collect(Collectors.toCollection(TreeSet::new));
		JobInstance instance = this.repository.getLastJobInstance(job);
		JobExecution last = (instance != null) ? this.repository.getLastJobExecution(instance) : null;
		if (last != null && last.getStepExecutions().stream().anyMatch((step) -> step.getStatus().isRunning())) {
			executions.add(last.getId());
		}
		executions.forEach(this::recover);
	}

	private void recover(long id) {
		for (int attempt = 1;; attempt++) {
			JobExecution execution = this.repository.getJobExecution(id);
			if (execution == null) {
				return;
			}
			try {
				this.operator.recover(execution);
				return;
			}
			catch (OptimisticLockingFailureException ex) {
				// A step that is still running has committed a chunk in between
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

}
