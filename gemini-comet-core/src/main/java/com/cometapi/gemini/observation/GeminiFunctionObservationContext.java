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

package com.cometapi.gemini.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation of one execution of a function that a model called.
 */
public final class GeminiFunctionObservationContext extends Observation.Context {

	private final String function;

	private final @Nullable String callId;

	private @Nullable String source;

	private volatile boolean cancelled;

	private volatile boolean timedOut;

	/**
	 * Create the context of an execution.
	 * @param function the name of the function
	 * @param callId the id of the function call, or {@code null} if it has none
	 */
	public GeminiFunctionObservationContext(String function, @Nullable String callId) {
		this.function = function;
		this.callId = callId;
	}

	/**
	 * Return the function.
	 * @return the name of the function
	 */
	public String getFunction() {
		return this.function;
	}

	/**
	 * Return the id of the function call.
	 * @return the id, or {@code null} if it has none
	 */
	public @Nullable String getCallId() {
		return this.callId;
	}

	/**
	 * Return the source of the function.
	 * @return the name of the source, such as that of an MCP server, or {@code null} if
	 * the function is part of the application
	 */
	public @Nullable String getSource() {
		return this.source;
	}

	/**
	 * Set the source of the function.
	 * @param source the name of the source
	 */
	public void setSource(String source) {
		this.source = source;
	}

	/**
	 * Return whether the caller cancelled the prompt.
	 * @return {@code true} if it was cancelled, which is not an error
	 */
	public boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Mark the prompt as cancelled.
	 */
	public void markCancelled() {
		this.cancelled = true;
	}

	/**
	 * Return whether the function did not complete in time.
	 * @return {@code true} if its timeout has ended it
	 */
	public boolean isTimedOut() {
		return this.timedOut;
	}

	/**
	 * Mark the function as timed out.
	 */
	public void markTimedOut() {
		this.timedOut = true;
	}

}
