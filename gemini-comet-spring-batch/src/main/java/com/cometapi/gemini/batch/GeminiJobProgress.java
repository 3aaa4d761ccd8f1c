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

import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Progress of a job, as committed by all its processes and all its executions.
 *
 * @param job the name of the job
 * @param instance the id of the job instance
 * @param status the status of the last execution, such as {@code STARTED}
 * @param startTime the start of the last execution, or {@code null} if it has not started
 * @param endTime the end of the last execution, or {@code null} if it has not ended
 * @param partitions the number of partitions, those that have not begun included, at
 * least 1
 * @param runningPartitions the number of partitions that are running
 * @param items the number of items of all partitions, or {@code null} if it is not known
 * @param totals the totals of all partitions
 */
public record GeminiJobProgress(String job, long instance, String status, @Nullable LocalDateTime startTime,
		@Nullable LocalDateTime endTime, int partitions, int runningPartitions, @Nullable Long items,
		GeminiItemTotals totals) {

	/**
	 * Return the progress of a job.
	 * @param repository the job repository
	 * @param instance the job instance
	 * @return the progress, or {@code null} if the job has no step that sends prompts
	 */
	public static @Nullable GeminiJobProgress find(JobRepository repository, JobInstance instance) {
		JobExecution last = null;
		Map<String, StepExecution> steps = new HashMap<>();
		for (JobExecution execution : repository.getJobExecutions(instance)) {
			last = (last == null || execution.getId() > last.getId()) ? execution : last;
			execution.getStepExecutions()
				.stream()
				.filter((step) -> GeminiItemTotals.isIn(step.getExecutionContext()) || ItemRange.of(step).isPartition())
				.forEach((step) -> steps.merge(step.getStepName(), step, GeminiJobProgress::later));
		}
		return (last == null || steps.isEmpty()) ? null : of(last, steps.values());
	}

	private static StepExecution later(StepExecution first, StepExecution second) {
		return (first.getId() > second.getId()) ? first : second;
	}

	private static GeminiJobProgress of(JobExecution execution, Collection<StepExecution> steps) {
		GeminiItemTotals totals = GeminiItemTotals.NONE;
		long items = 0;
		int running = 0;
		for (StepExecution step : steps) {
			totals = totals.plus(GeminiItemTotals.of(step));
			ItemRange range = ItemRange.of(step);
			items += range.end() - range.first();
			// A partition that waits is starting.
			running += (step.getStatus().isRunning() && step.getStatus() != BatchStatus.STARTING) ? 1 : 0;
		}
		boolean isCounted = steps.stream().map(ItemRange::of).allMatch(ItemRange::isPartition);
		JobInstance instance = execution.getJobInstance();
		return new GeminiJobProgress(instance.getJobName(), instance.getId(), execution.getStatus().name(),
				execution.getStartTime(), execution.getEndTime(), steps.size(), running, isCounted ? items : null,
				totals);
	}

}
