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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.cometapi.gemini.batch.GeminiJobProgress;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} for the progress of jobs that send prompts: those that are
 * running, in any process, and the last instance of each job.
 */
@Endpoint(id = "geminibatch")
@RegisterReflectionForBinding(GeminiJobProgress.class)
public final class GeminiBatchEndpoint {

	private final JobRepository repository;

	GeminiBatchEndpoint(JobRepository repository) {
		this.repository = repository;
	}

	/**
	 * Return the progress of the jobs.
	 * @return the progress by the name of the job
	 */
	@ReadOperation
	public Map<String, List<GeminiJobProgress>> jobs() {
		Map<String, List<GeminiJobProgress>> jobs = new LinkedHashMap<>();
		for (String name : this.repository.getJobNames()) {
			List<GeminiJobProgress> progress = instances(name)
				.map((instance) -> GeminiJobProgress.find(this.repository, instance))
				.filter(Objects::nonNull)
				.toList();
			if (!progress.isEmpty()) {
				jobs.put(name, progress);
			}
		}
		return jobs;
	}

	private Stream<JobInstance> instances(String job) {
		Stream<JobInstance> running = this.repository.findRunningJobExecutions(job)
			.stream()
			.map(JobExecution::getJobInstance);
		return Stream.concat(running, Stream.ofNullable(this.repository.getLastJobInstance(job))).distinct();
	}

}
