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

package com.cometapi.gemini.autoconfigure.batch.kafka;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of jobs whose partitions run on several machines.
 *
 * @param manager Whether to send the partitions of the jobs of this application to
 * workers over Kafka.
 * @param worker Whether to run partitions that a manager has sent to Kafka.
 * @param topic Kafka topic of the requests to run a partition.
 * @param topicPartitions Number of partitions of the topic, which limits the number of
 * job partitions that run at the same time.
 * @param group Consumer group of the workers.
 * @param concurrency Maximum number of partitions that a worker runs at the same time.
 * @param maxPartitionTime Maximum time that a partition may take on one worker. After it,
 * Kafka gives the partition to another worker.
 * @param pollInterval Interval at which the manager checks the job repository for
 * partitions that have ended.
 * @param timeout Maximum time that the manager waits for all partitions. After it, the
 * job fails and can be restarted.
 */
@ConfigurationProperties("cometapi.gemini.batch.kafka")
public record GeminiBatchKafkaProperties(@DefaultValue("false") boolean manager, @DefaultValue("false") boolean worker,
		@DefaultValue("gemini-batch") String topic, @DefaultValue("12") int topicPartitions,
		@DefaultValue("gemini-batch") String group, @DefaultValue("1") int concurrency,
		@DefaultValue("1h") Duration maxPartitionTime, @DefaultValue("5s") Duration pollInterval,
		@DefaultValue("7d") Duration timeout) {

}
