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

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Settings of partitions that run on several machines. Manager and workers need the same
 * topic, and all workers the same group.
 *
 * @param topic the Kafka topic of the requests to run a partition
 * @param group the consumer group of the workers
 * @param concurrency the maximum number of partitions that a worker runs at the same
 * time, at least 1
 * @param maxPartitionTime the maximum time that a partition may take on one worker. After
 * it, Kafka gives the partition to another worker
 * @param pollInterval the interval at which the manager checks the job repository for
 * partitions that have ended
 * @param timeout the maximum time that the manager waits for all partitions. After it,
 * the job fails and can be restarted
 */
public record KafkaPartitionSettings(String topic, String group, int concurrency, Duration maxPartitionTime,
		Duration pollInterval, Duration timeout) {

	/**
	 * Create settings.
	 */
	public KafkaPartitionSettings {
		Assert.hasText(topic, "'topic' must not be empty");
		Assert.hasText(group, "'group' must not be empty");
		Assert.isTrue(concurrency > 0, "'concurrency' must be 1 or more");
		Assert.isTrue(isPositive(maxPartitionTime), "'maxPartitionTime' must be more than zero");
		Assert.isTrue(isPositive(pollInterval), "'pollInterval' must be more than zero");
		Assert.isTrue(isPositive(timeout), "'timeout' must be more than zero");
	}

	private static boolean isPositive(Duration duration) {
		return duration.toMillis() > 0;
	}

}
