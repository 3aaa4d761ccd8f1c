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

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.integration.partition.StepExecutionRequest;

/**
 * Reads and writes the requests to run a partition, as JSON.
 */
final class PartitionRequests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final String STEP_NAME = "stepName";

	private static final String STEP_EXECUTION_ID = "stepExecutionId";

	private PartitionRequests() {
	}

	static String write(StepExecutionRequest request) {
		return MAPPER.createObjectNode()
			.put(STEP_NAME, request.getStepName())
			.put(STEP_EXECUTION_ID, request.getStepExecutionId())
			.toString();
	}

	/**
	 * Read a request.
	 * @param json the JSON
	 * @return the request
	 * @throws tools.jackson.core.JacksonException if it is not a request
	 */
	static StepExecutionRequest read(String json) {
		JsonNode node = MAPPER.readTree(json);
		return new StepExecutionRequest(node.required(STEP_NAME).stringValue(),
				node.required(STEP_EXECUTION_ID).longValue());
	}

}
