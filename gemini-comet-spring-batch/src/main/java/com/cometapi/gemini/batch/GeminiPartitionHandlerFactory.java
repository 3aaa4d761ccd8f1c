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

import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.step.Step;

/**
 * Strategy for creating the {@link PartitionHandler} of a step, for example one that runs
 * partitions on other machines. Without a bean of this type, they run on threads of this
 * process.
 */
@FunctionalInterface
public interface GeminiPartitionHandlerFactory {

	/**
	 * Create a partition handler.
	 * @param worker the step to run for each partition
	 * @param gridSize the number of partitions
	 * @return the partition handler
	 */
	PartitionHandler create(Step worker, int gridSize);

}
