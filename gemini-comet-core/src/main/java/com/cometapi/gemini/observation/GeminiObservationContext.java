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

import java.net.URI;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call to a model, over all of its attempts.
 *
 * <p>
 * Holds the request, and for a unary call the answer, as they are: what a convention or a
 * handler makes public of them is its own decision.
 */
public final class GeminiObservationContext extends Observation.Context {

	private final String model;

	private final GenerateContentRequest request;

	private final URI baseUrl;

	private final boolean streaming;

	private final long started = System.nanoTime();

	private long firstEvent;

	private boolean hasEvents;

	private boolean cancelled;

	private @Nullable GenerateContentResponse response;

	private GeminiObservationContext(String model, GenerateContentRequest request, URI baseUrl, boolean streaming) {
		this.model = model;
		this.request = request;
		this.baseUrl = baseUrl;
		this.streaming = streaming;
	}

	/**
	 * Return the model that is asked.
	 * @return the bare id
	 */
	public String getModel() {
		return this.model;
	}

	/**
	 * Return what is sent.
	 * @return the request
	 */
	public GenerateContentRequest getRequest() {
		return this.request;
	}

	/**
	 * Return where it is sent.
	 * @return the address of the endpoint, without the API version
	 */
	public URI getBaseUrl() {
		return this.baseUrl;
	}

	/**
	 * Return whether the answer is streamed.
	 * @return {@code true} for {@code streamGenerateContent}
	 */
	public boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Return the answer, of a stream only what is said about it: finish reason, ratings,
	 * usage, model and ids, without contents. Of a stream that failed or was cancelled
	 * this is what had arrived.
	 * @return the answer, or {@code null} before the end and if none arrived
	 */
	public @Nullable GenerateContentResponse getResponse() {
		return this.response;
	}

	/**
	 * Set the answer.
	 * @param response the answer, or {@code null} for none
	 */
	public void setResponse(@Nullable GenerateContentResponse response) {
		this.response = response;
	}

	/**
	 * Return whether the caller did not wait for the end.
	 * @return {@code true} if the call was cancelled; that is no error
	 */
	public boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Say that the caller did not wait for the end.
	 */
	public void markCancelled() {
		this.cancelled = true;
	}

	/**
	 * Return how long the first event of a stream took.
	 * @return the time in nanoseconds from the beginning of the call, attempts that
	 * failed included, or {@code null} if there was none or the answer is not streamed
	 */
	public @Nullable Long getTimeToFirstEvent() {
		return this.hasEvents ? this.firstEvent - this.started : null;
	}

	/**
	 * Say that the first event of a stream has arrived.
	 */
	public void markFirstEvent() {
		this.firstEvent = System.nanoTime();
		this.hasEvents = true;
	}

	/**
	 * Create the context of a unary call that begins now.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param baseUrl the address of the endpoint
	 * @return a new context
	 */
	public static GeminiObservationContext ofCall(String model, GenerateContentRequest request, URI baseUrl) {
		return new GeminiObservationContext(model, request, baseUrl, false);
	}

	/**
	 * Create the context of a streaming call that begins now.
	 * @param model the bare id of the model
	 * @param request the request
	 * @param baseUrl the address of the endpoint
	 * @return a new context
	 */
	public static GeminiObservationContext ofStream(String model, GenerateContentRequest request, URI baseUrl) {
		return new GeminiObservationContext(model, request, baseUrl, true);
	}

}
