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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of Spring Batch jobs that send prompts.
 *
 * @param concurrency Maximum number of calls in flight per step execution.
 * @param chunkSize Number of results that are written and committed together.
 * @param ordered Whether to write results in the order of the items.
 * @param window Maximum distance between the oldest item without a written result and the
 * newest one that was sent. By default 10000, and 4 times the concurrency if the results
 * are ordered.
 * @param maxConsecutiveFailures Number of consecutive failed items after which the step
 * fails.
 * @param maxWait Maximum time that an item waits for a rate limit or a circuit breaker
 * before the step fails.
 * @param threads Maximum number of partitions that run in this process at the same time.
 * @param progress Whether to show the progress of partitioned jobs, as a bar if there is
 * a terminal and otherwise in the log.
 * @param recoverJobs Whether to recover, at startup, jobs that the job repository still
 * lists as running because their process was killed. Enable only where no other process
 * runs the same jobs.
 */
@ConfigurationProperties("cometapi.gemini.batch")
public record GeminiBatchProperties(@DefaultValue("32") int concurrency, @DefaultValue("20") int chunkSize,
		@DefaultValue("false") boolean ordered, @Nullable Integer window,
		@DefaultValue("50") int maxConsecutiveFailures, @DefaultValue("10m") Duration maxWait,
		@DefaultValue("4") int threads, @DefaultValue("true") boolean progress,
		@DefaultValue("false") boolean recoverJobs) {

}
