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

package com.cometapi.gemini.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.test.ReplyDelivery.Fault;
import com.cometapi.gemini.test.ReplyDelivery.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The scripted response to one or more calls. Aspects that are not scripted keep the
 * default of the simulator, so that a fault or a delay can be combined with a generated
 * response. Configure it before the call is made.
 *
 * @see GeminiSimulator#next()
 */
public final class ScriptedResponse {

	private final Map<String, String> headers = new LinkedHashMap<>();

	private @Nullable Function<Exchange, HttpReply> body;

	private int times = 1;

	private Duration delay = Duration.ZERO;

	private Duration firstEventDelay = Duration.ZERO;

	private @Nullable Duration pace;

	private @Nullable Kind fault;

	private int faultAfter;

	private Status status = new Status(500, null, null, null);

	private @Nullable ErrorStyle errorStyle;

	ScriptedResponse() {
	}

	/**
	 * Respond with a text, which is streamed word by word.
	 * @param text the text
	 * @return this response
	 */
	public ScriptedResponse text(String text) {
		this.body = (exchange) -> exchange.text(text);
		return this;
	}

	/**
	 * Respond with a text that depends on the request, streamed word by word.
	 * @param function a function of the request
	 * @return this response
	 */
	public ScriptedResponse text(Function<RecordedRequest, String> function) {
		this.body = (exchange) -> exchange.text(function.apply(exchange.request()));
		return this;
	}

	/**
	 * Respond with a message, which is the only event of a stream.
	 * @param response the message, sent as it is
	 * @return this response
	 */
	public ScriptedResponse response(GenerateContentResponse response) {
		return events(List.of(response));
	}

	/**
	 * Respond with the events of a stream. A call without streaming gets the first event.
	 * @param events the events, sent as they are
	 * @return this response
	 */
	public ScriptedResponse events(List<GenerateContentResponse> events) {
		Assert.notEmpty(events, "'events' must not be empty");
		List<GenerateContentResponse> copy = List.copyOf(events);
		this.body = (exchange) -> exchange.responses(copy);
		return this;
	}

	/**
	 * Respond with the result of a function.
	 * @param function a function of the request
	 * @return this response
	 */
	public ScriptedResponse response(Function<RecordedRequest, GenerateContentResponse> function) {
		this.body = (exchange) -> exchange.responses(List.of(function.apply(exchange.request())));
		return this;
	}

	/**
	 * Respond with a raw body.
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param body the body
	 * @return this response
	 */
	public ScriptedResponse raw(int status, String contentType, String body) {
		this.body = (exchange) -> HttpReply.of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	/**
	 * Respond with a blocked prompt.
	 * @param reason the block reason
	 * @return this response
	 */
	public ScriptedResponse block(BlockReason reason) {
		this.body = (exchange) -> exchange.responses(List.of(exchange.blocked(reason.value())));
		return this;
	}

	/**
	 * Respond with an HTML page, as a proxy may do.
	 * @param status the HTTP status
	 * @return this response
	 */
	public ScriptedResponse html(int status) {
		return raw(status, "text/html; charset=UTF-8", "<!DOCTYPE html>\n<html><head><title>" + status
				+ "</title></head><body><h1>" + status + "</h1><p>Simulated page of a proxy.</p></body></html>\n");
	}

	/**
	 * Respond with an error that has the default message of its status.
	 * @param status the HTTP status
	 * @return this response
	 */
	public ScriptedResponse error(int status) {
		return error(new Status(status, null, null, null));
	}

	/**
	 * Respond with an error.
	 * @param status the HTTP status
	 * @param message the error message
	 * @return this response
	 */
	public ScriptedResponse error(int status, String message) {
		return error(new Status(status, message, null, null));
	}

	private ScriptedResponse error(Status status) {
		this.status = status;
		this.body = (exchange) -> {
			ApiError error = this.status.toError();
			return exchange.error(error, style(exchange)).with(this.status.headers());
		};
		return this;
	}

	/**
	 * Set the {@code code} of the error in the gateway's form.
	 * @param code the code, such as {@code insufficient_user_quota}
	 * @return this response
	 */
	public ScriptedResponse errorCode(String code) {
		this.status = new Status(this.status.code(), this.status.message(), code, this.status.retryAfter());
		return this;
	}

	/**
	 * Set the retry delay of the error: as {@code Retry-After}, and in Google's format
	 * also as {@code RetryInfo}.
	 * @param wait the retry delay
	 * @return this response
	 */
	public ScriptedResponse retryAfter(Duration wait) {
		this.status = new Status(this.status.code(), this.status.message(), this.status.errorCode(), wait);
		return this;
	}

	/**
	 * Set the format of the error, instead of the default of the simulator.
	 * @param style the format
	 * @return this response
	 */
	public ScriptedResponse errorStyle(ErrorStyle style) {
		this.errorStyle = style;
		return this;
	}

	/**
	 * Set a header of the response.
	 * @param name the name
	 * @param value the value
	 * @return this response
	 */
	public ScriptedResponse header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Set the delay before the headers are sent.
	 * @param delay the delay
	 * @return this response
	 */
	public ScriptedResponse delay(Duration delay) {
		this.delay = delay;
		return this;
	}

	/**
	 * Set the delay between the headers and the body.
	 * @param delay the delay
	 * @return this response
	 */
	public ScriptedResponse firstEventDelay(Duration delay) {
		this.firstEventDelay = delay;
		return this;
	}

	/**
	 * Set the delay between two events, instead of the default of the simulator.
	 * @param pace the delay
	 * @return this response
	 */
	public ScriptedResponse pace(Duration pace) {
		this.pace = pace;
		return this;
	}

	/**
	 * Keep the connection open without sending anything, not even headers.
	 * @return this response
	 */
	public ScriptedResponse stallBeforeHeaders() {
		return fault(Kind.STALL_BEFORE_HEADERS, 0);
	}

	/**
	 * Stop sending after some events, and keep the connection open.
	 * @param events the number of events to send, zero for headers only
	 * @return this response
	 */
	public ScriptedResponse stallAfterEvents(int events) {
		return fault(Kind.STALL, events);
	}

	/**
	 * Close the connection in the middle of an event.
	 * @param events the number of complete events to send before
	 * @return this response
	 */
	public ScriptedResponse cutAfterEvents(int events) {
		return fault(Kind.CUT, events);
	}

	/**
	 * Reset the connection.
	 * @param events the number of events to send before, zero to omit the headers too
	 * @return this response
	 */
	public ScriptedResponse resetAfterEvents(int events) {
		return fault(Kind.RESET, events);
	}

	/**
	 * End the stream regularly after some events, and thus without a finish reason.
	 * @param events the number of events to send
	 * @return this response
	 */
	public ScriptedResponse endAfterEvents(int events) {
		return fault(Kind.END, events);
	}

	/**
	 * Send an error after some events: a plain JSON object in Google's format, an event
	 * in the gateway's format.
	 * @param events the number of events to send before
	 * @param status the status in the error
	 * @return this response
	 */
	public ScriptedResponse errorAfterEvents(int events, int status) {
		this.status = new Status(status, null, "bad_response_status_code", null);
		return fault(Kind.ERROR, events);
	}

	private ScriptedResponse fault(Kind kind, int events) {
		Assert.isTrue(events >= 0, "'events' must not be negative");
		this.fault = kind;
		this.faultAfter = events;
		return this;
	}

	/**
	 * Use this response for several calls.
	 * @param times the number of calls
	 * @return this response
	 */
	public ScriptedResponse times(int times) {
		Assert.isTrue(times > 0, "'times' must be positive");
		this.times = times;
		return this;
	}

	// Count one call, and return whether it was the last one.
	boolean use() {
		this.times--;
		return this.times <= 0;
	}

	HttpReply reply(Exchange exchange, Function<Exchange, HttpReply> usual) {
		return ((this.body != null) ? this.body : usual).apply(exchange).with(this.headers);
	}

	ReplyDelivery delivery(Exchange exchange, Duration usualPace) {
		Fault fault = (this.fault != null) ? new Fault(this.fault, this.faultAfter, errorBytes(exchange)) : null;
		return new ReplyDelivery(this.delay, this.firstEventDelay, (this.pace != null) ? this.pace : usualPace, fault);
	}

	private byte[] errorBytes(Exchange exchange) {
		return (this.fault == Kind.ERROR) ? exchange.errorInStream(this.status.toError(), style(exchange))
				: new byte[0];
	}

	private ErrorStyle style(Exchange exchange) {
		return (this.errorStyle != null) ? this.errorStyle : exchange.errorStyle();
	}

	/**
	 * The scripted error.
	 *
	 * @param code the HTTP status
	 * @param message the message, or {@code null} for the default one
	 * @param errorCode the code in the gateway's format
	 * @param retryAfter the retry delay, or {@code null} for none
	 */
	private record Status(int code, @Nullable String message, @Nullable String errorCode,
			@Nullable Duration retryAfter) {

		ApiError toError() {
			return ApiError.ofStatus(this.code, this.message, this.errorCode, this.retryAfter);
		}

		Map<String, String> headers() {
			return (this.retryAfter != null) ? Map.of("Retry-After", DurationFormat.wholeSeconds(this.retryAfter))
					: Map.of();
		}

	}

}
