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

package com.cometapi.gemini.client;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import com.cometapi.gemini.error.GeminiModelNotFoundException;
import com.cometapi.gemini.error.GeminiPermissionException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiRateLimitException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.JsonErrorDescription;
import com.cometapi.gemini.error.Redactor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Translates error responses, unreadable responses and failures of the HTTP client into
 * exceptions.
 */
final class ErrorTranslator {

	private static final int MAX_BODY = 2000;

	private static final int MAX_MESSAGE = 2000;

	private static final int MAX_MESSAGE_IN_TEXT = 600;

	private static final int MAX_PIECE = 200;

	private static final int MAX_REASON = 300;

	private static final int MAX_ID = 128;

	private static final Pattern REQUEST_ID = Pattern.compile("(?i)\\(request id: ([^)]{1,200})\\)");

	private final JsonMapper mapper;

	// Created by the first error, which most processes never get.
	private final SingletonSupplier<ErrorBodyReader> reader;

	private final Clock clock;

	ErrorTranslator(JsonMapper mapper) {
		this(mapper, Clock.systemUTC());
	}

	ErrorTranslator(JsonMapper mapper, Clock clock) {
		this.mapper = mapper;
		this.reader = SingletonSupplier.of(() -> new ErrorBodyReader(mapper));
		this.clock = clock;
	}

	/**
	 * Translate a response with a status other than 2xx.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the body, in any form
	 * @param context the call
	 * @return the exception
	 */
	GeminiException fromResponse(int status, HttpHeaders headers, byte[] body, CallContext context) {
		String text = ErrorBodyReader.decode(body, headers);
		return toException(status, headers, this.reader.obtain().read(text), text, context);
	}

	/**
	 * Translate an error within a 2xx body or an event.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param tree the body or the event
	 * @param context the call
	 * @return the exception, or {@code null} if it is not an error
	 */
	@Nullable GeminiException fromBody(int status, HttpHeaders headers, JsonNode tree, CallContext context) {
		JsonNode error = ErrorBodyReader.errorOf(tree);
		return (error != null)
				? toException(status, headers, this.reader.obtain().read(tree), error.toString(), context) : null;
	}

	/**
	 * Translate an error within a 2xx response or an event that was read as a response.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param response the response or the event
	 * @param context the call
	 * @return the exception, or {@code null} if it is not an error
	 */
	@Nullable GeminiException fromBody(int status, HttpHeaders headers, GenerateContentResponse response, CallContext context) {
		boolean suspect = response.additional().get("error") != null || (response.candidates().isEmpty()
				&& response.promptFeedback() == null && !response.additional().isEmpty());
		return suspect ? fromBody(status, headers, (JsonNode) this.mapper.valueToTree(response), context) : null;
	}

	/**
	 * Translate a failure of the exchange.
	 * @param failure the failure of the HTTP client
	 * @param context the call
	 * @return the exception; the failure itself if it is one already
	 */
	GeminiException fromFailure(Throwable failure, CallContext context) {
		return new HttpClientFailureTranslator(this, context).translate(failure);
	}

	/**
	 * Translate a 2xx body that is not a response: empty, an HTML page, an array, not
	 * JSON.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the body
	 * @param cause the failure to parse it, or {@code null} if it was not parsed
	 * @param context the call
	 * @return the error in the body if there is one, otherwise a protocol exception
	 */
	GeminiException unreadableResponse(int status, HttpHeaders headers, byte[] body, @Nullable Throwable cause,
			CallContext context) {
		return unreadable("the response", status, headers, body, 0, cause, context);
	}

	/**
	 * Translate an event, or a text between the events, that cannot be read.
	 * @param headers the headers
	 * @param event the data of the event or the text
	 * @param eventCount the number of events emitted before
	 * @param cause the failure to parse it, or {@code null} if it was not parsed
	 * @param context the call
	 * @return the error in the text if there is one, otherwise a protocol exception
	 */
	GeminiException unreadableEvent(HttpHeaders headers, byte[] event, int eventCount, @Nullable Throwable cause,
			CallContext context) {
		return unreadable("event " + (eventCount + 1L), 200, headers, event, eventCount, cause, context);
	}

	/**
	 * Translate a stream that ended within an event.
	 * @param headers the headers
	 * @param rest the bytes of the event that had arrived
	 * @param eventCount the number of events emitted before
	 * @param context the call
	 * @return the error in the text if there is one, otherwise a protocol exception
	 */
	GeminiException truncatedEvent(HttpHeaders headers, byte[] rest, int eventCount, CallContext context) {
		String text = ErrorBodyReader.decode(rest, headers);
		ErrorBody error = this.reader.obtain().read(text);
		if (error.form() == ErrorBody.Form.ERROR) {
			return toException(200, headers, error, text, context);
		}
		String message = "%s: the stream was cut in the middle of event %d, after %d bytes of it. The response is incomplete."
			.formatted(context.subject(), eventCount + 1L, rest.length);
		return new GeminiProtocolException(message, plainError(200, headers, text, context), eventCount, null);
	}

	/**
	 * Translate a stream that ended without a finish reason.
	 * @param headers the headers
	 * @param eventCount the number of events emitted before
	 * @param context the call
	 * @return the exception
	 */
	GeminiProtocolException noFinishReason(HttpHeaders headers, int eventCount, CallContext context) {
		String message = (eventCount == 0) ? "%s: the stream ended without any event.".formatted(context.subject())
				: "%s: the stream ended after %d events without a finish reason. The response is incomplete."
					.formatted(context.subject(), eventCount);
		return new GeminiProtocolException(message, plainError(200, headers, "", context), eventCount, null);
	}

	private GeminiException unreadable(String what, int status, HttpHeaders headers, byte[] body, int eventCount,
			@Nullable Throwable cause, CallContext context) {
		String text = ErrorBodyReader.decode(body, headers);
		ErrorBody error = this.reader.obtain().read(text);
		boolean page = error.form() == ErrorBody.Form.PAGE;
		if (error.form() == ErrorBody.Form.ERROR || (page && error.number() != null)) {
			return toException(status, headers, error, text, context);
		}
		Redactor redactor = context.redactor();
		String problem = switch (error.form()) {
			case EMPTY -> "is empty";
			case PAGE -> "is a page instead of JSON";
			case JSON -> text.startsWith("[") ? "is a JSON array instead of an object" : "is JSON, but not a response";
			default -> "is not JSON";
		};
		StringBuilder message = new StringBuilder();
		message.append("%s: %s %s".formatted(context.subject(), what, problem));
		message.append(text.isEmpty() ? "." : ": " + redactor.redact(oneLine(text), MAX_PIECE));
		if (cause instanceof JacksonException ex && !text.isEmpty() && !page) {
			message.append(". The parser says: ")
				.append(redactor.redact(oneLine(JsonErrorDescription.of(ex)), MAX_REASON));
		}
		// An endpoint that sends events is certainly a Gemini API, so the hint would
		// mislead.
		if (page && !ResponseBody.isEventStream(headers)) {
			message.append(' ').append(ErrorKind.PROTOCOL.hint());
		}
		return new GeminiProtocolException(message.toString(), plainError(status, headers, text, context), eventCount,
				RedactedCause.of(cause, redactor));
	}

	private GeminiError plainError(int status, HttpHeaders headers, String text, CallContext context) {
		Redactor redactor = context.redactor();
		return new GeminiError(status, null, null, null, List.of(), requestId(headers, ErrorBody.empty(), redactor),
				null, bodyOf(text, redactor));
	}

	private GeminiException toException(int httpStatus, HttpHeaders headers, ErrorBody body, String text,
			CallContext context) {
		Redactor redactor = context.redactor();
		int status = ErrorClassifier.status(httpStatus, body);
		ErrorKind kind = ErrorClassifier.classify(status, body, context.model() != null);
		Duration retryAfter = RetryAfter.of(headers, body, this.clock);
		boolean inside = httpStatus >= 200 && httpStatus < 300;
		GeminiError error = new GeminiError(inside ? status : httpStatus,
				(body.code() != null) ? redactor.redact(body.code(), MAX_ID) : null, body.googleStatus(),
				(body.message() != null) ? redactor.redact(body.message(), MAX_MESSAGE) : null, details(body, redactor),
				requestId(headers, body, redactor), retryAfter, bodyOf(text, redactor));
		List<String> similarModels = (kind == ErrorKind.MODEL_NOT_FOUND) ? context.similarModels() : List.of();
		String message = message(httpStatus, headers, body, kind, error, redactor, context, similarModels);
		return toException(kind, message, error, similarModels);
	}

	private static GeminiException toException(ErrorKind kind, String message, GeminiError error,
			List<String> similarModels) {
		return switch (kind) {
			case AUTHENTICATION -> new GeminiAuthenticationException(message, error, null);
			case PERMISSION -> new GeminiPermissionException(message, error, null);
			case QUOTA -> new GeminiQuotaException(message, error, null);
			case RATE_LIMIT -> new GeminiRateLimitException(message, error, null);
			case INVALID_REQUEST, UNKNOWN_ROUTE -> new GeminiInvalidRequestException(message, error, null);
			case MODEL_NOT_FOUND -> new GeminiModelNotFoundException(message, error, similarModels, null);
			case BLOCKED -> new GeminiBlockedException(message, error, null);
			case SERVER -> new GeminiServerException(message, error, false, null);
			case SERVER_TRANSIENT -> new GeminiServerException(message, error, true, null);
			case PROTOCOL -> new GeminiProtocolException(message, error, 0, null);
		};
	}

	private static String message(int httpStatus, HttpHeaders headers, ErrorBody body, ErrorKind kind,
			GeminiError error, Redactor redactor, CallContext context, List<String> similarModels) {
		List<String> codes = new ArrayList<>();
		codes.add("HTTP " + httpStatus);
		if (error.code() != null && !error.code().equals(String.valueOf(httpStatus))) {
			codes.add(error.code().matches("\\d+") ? "code " + error.code() : error.code());
		}
		if (error.googleStatus() != null) {
			codes.add(error.googleStatus());
		}
		StringBuilder message = new StringBuilder();
		message.append("%s failed with %s".formatted(context.subject(), String.join(", ", codes)));
		if (error.message() != null) {
			String text = REQUEST_ID.matcher(oneLine(error.message())).replaceAll("").strip();
			message.append(": ").append(sentence(redactor.redact(text, MAX_MESSAGE_IN_TEXT)));
		}
		else {
			message.append(switch (body.form()) {
				case EMPTY -> " and an empty body.";
				case PAGE -> " and a page instead of JSON.";
				default -> ".";
			});
		}
		append(message, hint(kind, httpStatus, error));
		if (!similarModels.isEmpty()) {
			append(message, "Did you mean '%s'?".formatted(String.join("' or '", similarModels)));
		}
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (httpStatus >= 300 && httpStatus < 400 && location != null) {
			append(message, "Redirected to %s.".formatted(redactor.redact(location, MAX_PIECE)));
		}
		if (error.requestId() != null) {
			append(message, "(request id: %s)".formatted(error.requestId()));
		}
		return message.toString();
	}

	private static String hint(ErrorKind kind, int httpStatus, GeminiError error) {
		Duration retryAfter = error.retryAfter();
		if (retryAfter != null
				&& (kind == ErrorKind.RATE_LIMIT || kind == ErrorKind.SERVER_TRANSIENT || kind == ErrorKind.QUOTA)) {
			return "The server asks to wait %s s.".formatted(seconds(retryAfter));
		}
		if (httpStatus == 524) {
			return "The endpoint took too long for one response: stream it. The call may still be charged.";
		}
		if (httpStatus == 413) {
			return "Send less, or reference media by URL instead of sending their bytes.";
		}
		if (kind == ErrorKind.INVALID_REQUEST && "FAILED_PRECONDITION".equals(error.googleStatus())) {
			return "The account or its location does not meet a precondition of the endpoint.";
		}
		return kind.hint();
	}

	private static String seconds(Duration wait) {
		return String.valueOf(Math.ceil(wait.toMillis() / 100.0) / 10);
	}

	private static void append(StringBuilder message, String sentence) {
		if (!sentence.isEmpty()) {
			message.append(' ').append(sentence);
		}
	}

	private static String sentence(String text) {
		return text.matches("(?s).*[.!?…)。]") ? text : text + ".";
	}

	static String oneLine(String text) {
		return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
	}

	private static List<Map<String, @Nullable Object>> details(ErrorBody body, Redactor redactor) {
		return body.details().stream().map((detail) -> redactor.redact(detail)).toList();
	}

	private static @Nullable String requestId(HttpHeaders headers, ErrorBody body, Redactor redactor) {
		for (String name : List.of("X-Oneapi-Request-Id", "X-Request-Id")) {
			String value = headers.getFirst(name);
			if (StringUtils.hasText(value)) {
				return redactor.redact(oneLine(value), MAX_ID);
			}
		}
		String id = requestId(body.gatewayMessage());
		id = (id != null) ? id : requestId(body.message());
		return (id != null) ? redactor.redact(oneLine(id), MAX_ID) : null;
	}

	private static @Nullable String requestId(@Nullable String message) {
		String id = null;
		if (message != null) {
			// Each gateway on the way appends its own id, so the last one is that of the
			// nearest.
			Matcher matcher = REQUEST_ID.matcher(message);
			while (matcher.find()) {
				id = matcher.group(1).strip();
			}
		}
		return id;
	}

	private static @Nullable String bodyOf(String text, Redactor redactor) {
		return text.isEmpty() ? null : redactor.redact(text, MAX_BODY);
	}

}
