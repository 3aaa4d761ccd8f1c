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

import java.math.BigDecimal;
import java.net.URI;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.HighCardinalityKeyNames;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * Context of the observation of one call to a model, including its retries.
 *
 * <p>
 * Holds the complete request, and the complete response of a call that is not streamed.
 * Conventions and handlers decide which parts of them are published.
 */
public final class GeminiObservationContext extends SenderContext<GeminiObservationContext> {

	private final String connection;

	/**
	 * Key of the reason in the Reactor context of a call to a fallback.
	 */
	public static final String FALLBACK_REASON = GeminiObservationContext.class.getName() + ".fallbackReason";

	private final String model;

	private final GenerateContentRequest request;

	private final URI baseUrl;

	private final boolean streaming;

	private final long started = System.nanoTime();

	private long firstEvent;

	private boolean hasEvents;

	private boolean cancelled;

	private long ended;

	private @Nullable GenerateContentResponse response;

	private @Nullable String fallbackReason;

	private @Nullable BigDecimal cost;

	private GeminiObservationContext(String connection, String model, GenerateContentRequest request, URI baseUrl,
			boolean streaming) {
		// A sender only for the kind of its span: the headers with the trace are set by
		// the observations of the HTTP exchanges.
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		setCarrier(this);
		this.connection = connection;
		this.model = model;
		this.request = request;
		this.baseUrl = baseUrl;
		this.streaming = streaming;
	}

	/**
	 * Return the connection of the call.
	 * @return the name of the connection
	 */
	public String getConnection() {
		return this.connection;
	}

	/**
	 * Return the requested model.
	 * @return the bare id
	 */
	public String getModel() {
		return this.model;
	}

	/**
	 * Return the request.
	 * @return the request
	 */
	public GenerateContentRequest getRequest() {
		return this.request;
	}

	/**
	 * Return the base URL of the endpoint.
	 * @return the base URL, without the API version
	 */
	public URI getBaseUrl() {
		return this.baseUrl;
	}

	/**
	 * Return whether the response is streamed.
	 * @return {@code true} for {@code streamGenerateContent}
	 */
	public boolean isStreaming() {
		return this.streaming;
	}

	/**
	 * Return the response. That of a stream has its metadata only: finish reason,
	 * ratings, usage, model and ids, as far as they arrived before a failure or a cancel;
	 * its contents too if the convention
	 * {@linkplain GeminiObservationConvention#isContentUsed() uses} them.
	 * @return the response, or {@code null} before the end and if none arrived
	 */
	public @Nullable GenerateContentResponse getResponse() {
		return this.response;
	}

	/**
	 * Set the response, at the end of the call.
	 * @param response the response, or {@code null} for none
	 */
	public void setResponse(@Nullable GenerateContentResponse response) {
		this.response = response;
		this.ended = System.nanoTime();
	}

	/**
	 * Return the reason for which this call goes to a fallback.
	 * @return the reason, such as {@code overloaded}, or {@code null} if it does not
	 */
	public @Nullable String getFallbackReason() {
		return this.fallbackReason;
	}

	/**
	 * Set the reason for which this call goes to a fallback.
	 * @param fallbackReason the reason, or {@code null} if it does not
	 */
	public void setFallbackReason(@Nullable String fallbackReason) {
		this.fallbackReason = fallbackReason;
	}

	/**
	 * Return the cost of the call.
	 * @return the cost in the currency of the prices, or {@code null} before the end and
	 * if it is not known
	 */
	public @Nullable BigDecimal getCost() {
		return this.cost;
	}

	/**
	 * Set the cost of the call, at its end.
	 * @param cost the cost in the currency of the prices
	 */
	public void setCost(BigDecimal cost) {
		this.cost = cost;
		addHighCardinalityKeyValue(HighCardinalityKeyNames.COST.withValue(cost.toPlainString()));
	}

	/**
	 * Return whether the caller cancelled the call.
	 * @return {@code true} if it was cancelled, which is not an error
	 */
	public boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Mark the call as cancelled.
	 */
	public void markCancelled() {
		this.cancelled = true;
	}

	/**
	 * Return the time to the first event of a stream.
	 * @return the time in nanoseconds from the start of the call, including failed
	 * attempts, or {@code null} if there was no event or the response is not streamed
	 */
	public @Nullable Long getTimeToFirstEvent() {
		return this.hasEvents ? this.firstEvent - this.started : null;
	}

	/**
	 * Return the time from the first event of a stream to its end.
	 * @return the time in nanoseconds, or {@code null} if there was no event or the
	 * response is not streamed
	 */
	public @Nullable Long getTimeAfterFirstEvent() {
		return this.hasEvents ? this.ended - this.firstEvent : null;
	}

	/**
	 * Record the arrival of the first event of a stream.
	 */
	public void markFirstEvent() {
		this.firstEvent = System.nanoTime();
		this.hasEvents = true;
	}

	/**
	 * Create the context of a call that is not streamed and starts now.
	 * @param connection the name of the connection
	 * @param model the bare id of the model
	 * @param request the request
	 * @param baseUrl the address of the endpoint
	 * @return a new context
	 */
	public static GeminiObservationContext ofCall(String connection, String model, GenerateContentRequest request,
			URI baseUrl) {
		return new GeminiObservationContext(connection, model, request, baseUrl, false);
	}

	/**
	 * Create the context of a streamed call that starts now.
	 * @param connection the name of the connection
	 * @param model the bare id of the model
	 * @param request the request
	 * @param baseUrl the address of the endpoint
	 * @return a new context
	 */
	public static GeminiObservationContext ofStream(String connection, String model, GenerateContentRequest request,
			URI baseUrl) {
		return new GeminiObservationContext(connection, model, request, baseUrl, true);
	}

}
