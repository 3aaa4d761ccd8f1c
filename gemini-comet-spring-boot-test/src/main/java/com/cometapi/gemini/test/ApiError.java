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

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An error that can be formatted in Google's and in the gateway's form.
 *
 * @param message the text, the same in both forms unless the gateway has its own
 * @param google the HTTP status and the status text of Google's form
 * @param details the details of Google's form
 * @param gateway the HTTP status, type and code of the gateway's form
 */
record ApiError(String message, Google google, List<Map<String, Object>> details, Gateway gateway) {

	private static final String TYPE = "type.googleapis.com/google.rpc.";

	static ApiError invalidArgument(String message) {
		return new ApiError(message, Google.of(400), List.of(), Gateway.upstream(400));
	}

	static ApiError badFields(List<FieldViolation> violations) {
		String message = String.join("\n", violations.stream().map(FieldViolation::description).toList());
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("@type", TYPE + "BadRequest");
		detail.put("fieldViolations", violations);
		return new ApiError(message, Google.of(400), List.of(detail), Gateway.upstream(400));
	}

	static ApiError malformedBody(String message) {
		return new ApiError("Invalid JSON payload received. " + message, Google.of(400), List.of(),
				new Gateway(500, "comet_api_error", "invalid_request", null));
	}

	static ApiError notFound(String message) {
		return new ApiError(message, Google.of(404), List.of(), Gateway.upstream(404));
	}

	static ApiError missingKey() {
		return new ApiError(
				"Method doesn't allow unregistered callers (callers without established identity). "
						+ "Please use API Key or other form of API consumer identity to call this API.",
				Google.of(403), List.of(), Gateway.token());
	}

	static ApiError invalidKey() {
		String message = "API key not valid. Please pass a valid API key.";
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("@type", TYPE + "ErrorInfo");
		detail.put("reason", "API_KEY_INVALID");
		detail.put("domain", "googleapis.com");
		detail.put("metadata", Map.of("service", "generativelanguage.googleapis.com"));
		return new ApiError(message, Google.of(400), List.of(detail), Gateway.token());
	}

	static ApiError unknownModel(ModelCall call) {
		return new ApiError(
				"models/" + call.model() + " is not found for API version " + call.version()
						+ ", or is not supported for generateContent. Call ListModels to see the list of available "
						+ "models and their supported methods.",
				Google.of(404), List.of(), new Gateway(503, "comet_api_error", "model_not_found",
						"no available channel for group default and model " + call.model() + " (distributor)"));
	}

	static ApiError unknownRoute(String method, String path) {
		String message = "Invalid URL (" + method + " " + path + ")";
		return new ApiError(message, Google.of(404), List.of(), new Gateway(404, "invalid_request_error", "", null));
	}

	static ApiError ofStatus(int status, @Nullable String message, @Nullable String code,
			@Nullable Duration retryAfter) {
		Google google = Google.of(status);
		List<Map<String, Object>> details = new ArrayList<>();
		if (retryAfter != null) {
			Map<String, Object> detail = new LinkedHashMap<>();
			detail.put("@type", TYPE + "RetryInfo");
			detail.put("retryDelay", DurationFormat.seconds(retryAfter));
			details.add(detail);
		}
		return new ApiError((message != null) ? message : google.defaultMessage(), google, details,
				new Gateway(status, "comet_api_error", (code != null) ? code : "", null));
	}

	int status(ErrorStyle style) {
		return (style == ErrorStyle.GOOGLE) ? this.google.code() : this.gateway.status();
	}

	Map<String, Object> body(ErrorStyle style, String requestId) {
		return Map.of("error", (style == ErrorStyle.GOOGLE) ? googleError() : gatewayError(requestId));
	}

	private Map<String, Object> googleError() {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", this.google.code());
		error.put("message", this.message);
		error.put("status", this.google.status());
		if (!this.details.isEmpty()) {
			error.put("details", this.details);
		}
		return error;
	}

	private Map<String, Object> gatewayError(String requestId) {
		Map<String, Object> error = new LinkedHashMap<>();
		String text = (this.gateway.message() != null) ? this.gateway.message() : this.message;
		error.put("message", text + " (request id: " + requestId + ")");
		error.put("type", this.gateway.type());
		error.put("param", "");
		error.put("code", this.gateway.code());
		return error;
	}

	static String newRequestId() {
		return LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmssnnnnnnnnn"))
				+ UUID.randomUUID().toString().substring(0, 8);
	}

	/**
	 * One field that is wrong.
	 *
	 * @param field the path of the message, empty at the top
	 * @param description what is wrong
	 */
	record FieldViolation(String field, String description) {

	}

	/**
	 * Details of Google's format.
	 *
	 * @param code the HTTP status
	 * @param status its name
	 * @param defaultMessage a text for it
	 */
	record Google(int code, String status, String defaultMessage) {

		static Google of(int code) {
			return switch (code) {
				case 400 -> new Google(code, "INVALID_ARGUMENT", "Request contains an invalid argument.");
				case 401 -> new Google(code, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
				case 403 -> new Google(code, "PERMISSION_DENIED", "The caller does not have permission.");
				case 404 -> new Google(code, "NOT_FOUND", "Requested entity was not found.");
				case 409 -> new Google(code, "ABORTED", "The operation was aborted.");
				case 429 -> new Google(code, "RESOURCE_EXHAUSTED",
						"Resource exhausted. Please try again later. Please refer to "
								+ "https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.");
				case 499 -> new Google(code, "CANCELLED", "The operation was cancelled.");
				case 501 -> new Google(code, "UNIMPLEMENTED", "Operation is not implemented.");
				case 503 -> new Google(code, "UNAVAILABLE", "The model is overloaded. Please try again later.");
				case 504 -> new Google(code, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
				default -> new Google(code, (code < 500) ? "FAILED_PRECONDITION" : "INTERNAL",
						"An internal error has occurred.");
			};
		}

	}

	/**
	 * Details of the gateway's format.
	 *
	 * @param status the HTTP status
	 * @param type the type of the error
	 * @param code the code, a text or a number
	 * @param message the gateway's own text, or {@code null} for the shared one
	 */
	record Gateway(int status, String type, Object code, @Nullable String message) {

		static Gateway upstream(int status) {
			return new Gateway(status, "upstream_error", status, null);
		}

		static Gateway token() {
			return new Gateway(401, "comet_api_error", "", "invalid token");
		}

	}

}
