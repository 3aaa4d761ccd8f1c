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

import java.util.Objects;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.step.StepExecution;

/**
 * Execution of a partition on one worker. It is not stored as stopped when the worker
 * hands it over to another one: the manager would count it as ended.
 */
final class PartitionExecution extends StepExecution {

	private volatile boolean handedOver;

	/**
	 * Create an execution.
	 * @param stored the execution as it was stored
	 */
	PartitionExecution(StepExecution stored) {
		super(stored.getId(), stored.getStepName(), stored.getJobExecution());
		setVersion(Objects.requireNonNull(stored.getVersion(), "The execution has not been stored"));
		setExecutionContext(stored.getExecutionContext());
		setCreateTime(stored.getCreateTime());
		setCommitCount(stored.getCommitCount());
		setRollbackCount(stored.getRollbackCount());
		setReadCount(stored.getReadCount());
		setFilterCount(stored.getFilterCount());
		setWriteCount(stored.getWriteCount());
		setReadSkipCount(stored.getReadSkipCount());
		setProcessSkipCount(stored.getProcessSkipCount());
		setWriteSkipCount(stored.getWriteSkipCount());
	}

	/**
	 * Stop after the current chunk, for another worker to continue.
	 */
	void handOver() {
		this.handedOver = true;
		setTerminateOnly();
	}

	@Override
	public void upgradeStatus(BatchStatus status) {
		super.upgradeStatus((status == BatchStatus.STOPPED && isOpen()) ? BatchStatus.STARTED : status);
	}

	@Override
	public void setExitStatus(ExitStatus exitStatus) {
		super.setExitStatus((getStatus().isRunning() && isOpen()) ? ExitStatus.EXECUTING : exitStatus);
	}

	private boolean isOpen() {
		return this.handedOver && getJobExecution().isRunning() && !getJobExecution().isStopping();
	}

}
