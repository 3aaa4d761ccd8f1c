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
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.core.task.TaskExecutor;
import org.springframework.util.Assert;

/**
 * Runs partitions on threads of this process, one for each partition.
 */
public final class LocalPartitionHandlerFactory implements GeminiPartitionHandlerFactory {

	private final TaskExecutor taskExecutor;

	/**
	 * Create a factory.
	 * @param taskExecutor runs the partitions; its number of threads is the number of
	 * partitions that run at the same time
	 */
	public LocalPartitionHandlerFactory(TaskExecutor taskExecutor) {
		Assert.notNull(taskExecutor, "'taskExecutor' must not be null");
		this.taskExecutor = taskExecutor;
	}

	@Override
	public PartitionHandler create(Step worker, int gridSize) {
		TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
		handler.setStep(worker);
		handler.setTaskExecutor(this.taskExecutor);
		handler.setGridSize(gridSize);
		return handler;
	}

}
