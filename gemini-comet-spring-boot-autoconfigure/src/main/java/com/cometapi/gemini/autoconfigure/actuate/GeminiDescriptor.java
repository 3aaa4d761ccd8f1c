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

package com.cometapi.gemini.autoconfigure.actuate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Description of the connections, for the {@link GeminiEndpoint}.
 *
 * @param since the start of the counts
 * @param connections the connections by their names
 * @param limits the use of the limits, empty without limits
 * @param limitStore the state of the shared store of the limits, {@code UP} or
 * {@code DOWN}, or {@code null} without one
 */
public record GeminiDescriptor(Instant since, Map<String, ConnectionDescriptor> connections,
		List<LimitDescriptor> limits, @Nullable String limitStore) {

	/**
	 * Description of a connection.
	 *
	 * @param host the host of the endpoint, or {@code null} if the connection cannot be
	 * created
	 * @param defaultModel the default model of requests
	 * @param status the health status, or {@code null} if health is not checked
	 * @param circuits the states of the circuits by the id of the model
	 * @param models the counts by the id of the model
	 * @param retiringModels the models whose retirement is announced, with its time or
	 * the stage of the model
	 */
	public record ConnectionDescriptor(@Nullable String host, String defaultModel, @Nullable String status,
			Map<String, CircuitDescriptor> circuits, Map<String, ModelDescriptor> models,
			Map<String, String> retiringModels) {

	}

	/**
	 * Description of a circuit.
	 *
	 * @param state the state
	 * @param retryAfter the time until a call is admitted again, zero if calls are
	 * admitted
	 */
	public record CircuitDescriptor(String state, String retryAfter) {

	}

	/**
	 * Counts of a model of a connection.
	 *
	 * @param calls the number of calls that ended, retries not counted
	 * @param cancelled the number of calls that the caller cancelled
	 * @param errors the number of failed calls by the simple name of the exception
	 * @param tokens the tokens
	 * @param cost the cost, or {@code null} if no price is known
	 */
	public record ModelDescriptor(long calls, long cancelled, Map<String, Long> errors, TokensDescriptor tokens,
			@Nullable BigDecimal cost) {

	}

	/**
	 * Tokens of the calls to a model.
	 *
	 * @param input the tokens of prompts, cached ones included
	 * @param cached the tokens of prompts that came from a cache
	 * @param tool the tokens that built-in tools fed back
	 * @param output the tokens of responses, thoughts excluded
	 * @param thinking the tokens of thoughts
	 */
	public record TokensDescriptor(long input, long cached, long tool, long output, long thinking) {

	}

	/**
	 * Use of a limit by this instance of the application.
	 *
	 * @param type the type of the limit, {@code CONNECTION} or {@code MODEL}
	 * @param name the name of the connection or the id of the model
	 * @param runningCalls the number of calls that are running
	 * @param waitingCalls the number of calls that are waiting
	 * @param requests the number of requests in the last minute
	 * @param tokens the number of tokens in the last minute
	 * @param rejectedCalls the number of calls that were rejected since the start
	 * @param maxConcurrentCalls the maximum number of calls at the same time, or
	 * {@code null} for no limit
	 * @param maxRequestsPerMinute the maximum number of requests in a minute, or
	 * {@code null} for no limit
	 * @param maxTokensPerMinute the maximum number of tokens in a minute, or {@code null}
	 * for no limit
	 */
	public record LimitDescriptor(String type, String name, int runningCalls, int waitingCalls, int requests,
			long tokens, long rejectedCalls, @Nullable Integer maxConcurrentCalls,
			@Nullable Integer maxRequestsPerMinute, @Nullable Long maxTokensPerMinute) {

	}

}
