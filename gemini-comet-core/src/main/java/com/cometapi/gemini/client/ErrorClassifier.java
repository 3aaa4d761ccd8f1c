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

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Determines the kind of an error. The code in the body takes precedence over the status.
 * Without a code, some texts do, since gateways drop the codes of relayed errors.
 *
 * <p>
 * If neither the code nor the text decides, the status does:
 * <ul>
 * <li>3xx and everything outside of HTTP: protocol</li>
 * <li>401: authentication; 402: quota; 403: permission; 429: rate limit, or quota if
 * Google's details name one of a day or longer</li>
 * <li>404: model not found, or an invalid request if something else is missing or the
 * path is not served</li>
 * <li>408, 425, 409 (except {@code ALREADY_EXISTS}) and 5xx (except the following):
 * server, transient</li>
 * <li>499, 501, 505, 511, 525, 526 and 409 with {@code ALREADY_EXISTS}: server, not
 * transient</li>
 * <li>all other 4xx: invalid request, including {@code FAILED_PRECONDITION} (the location
 * or the billing of the caller)</li>
 * </ul>
 */
final class ErrorClassifier {

	private static final Map<String, Integer> GOOGLE_STATUSES = Map.ofEntries(Map.entry("INVALID_ARGUMENT", 400),
			Map.entry("FAILED_PRECONDITION", 400), Map.entry("OUT_OF_RANGE", 400), Map.entry("UNAUTHENTICATED", 401),
			Map.entry("PERMISSION_DENIED", 403), Map.entry("NOT_FOUND", 404), Map.entry("ABORTED", 409),
			Map.entry("ALREADY_EXISTS", 409), Map.entry("RESOURCE_EXHAUSTED", 429), Map.entry("CANCELLED", 499),
			Map.entry("INTERNAL", 500), Map.entry("UNKNOWN", 500), Map.entry("DATA_LOSS", 500),
			Map.entry("UNIMPLEMENTED", 501), Map.entry("UNAVAILABLE", 503), Map.entry("DEADLINE_EXCEEDED", 504));

	private static final Map<String, ErrorKind> CODES = Map.ofEntries(
			Map.entry("model_not_found", ErrorKind.MODEL_NOT_FOUND),
			Map.entry("convert_request_failed", ErrorKind.INVALID_REQUEST),
			Map.entry("read_request_body_failed", ErrorKind.INVALID_REQUEST),
			Map.entry("bad_request_body", ErrorKind.INVALID_REQUEST),
			Map.entry("sensitive_words_detected", ErrorKind.BLOCKED), Map.entry("prompt_blocked", ErrorKind.BLOCKED),
			Map.entry("access_denied", ErrorKind.PERMISSION), Map.entry("entitlement_required", ErrorKind.PERMISSION),
			Map.entry("entitlement_inactive", ErrorKind.PERMISSION),
			Map.entry("insufficient_user_quota", ErrorKind.QUOTA),
			Map.entry("pre_consume_token_quota_failed", ErrorKind.QUOTA),
			Map.entry("entitlement_daily_limit_exceeded", ErrorKind.QUOTA),
			Map.entry("entitlement_total_limit_exceeded", ErrorKind.QUOTA),
			Map.entry("token_concurrency_limit_reached", ErrorKind.RATE_LIMIT),
			Map.entry("invalid_api_key", ErrorKind.AUTHENTICATION),
			Map.entry("do_request_failed", ErrorKind.SERVER_TRANSIENT),
			Map.entry("bad_response", ErrorKind.SERVER_TRANSIENT),
			Map.entry("bad_response_body", ErrorKind.SERVER_TRANSIENT),
			Map.entry("empty_response", ErrorKind.SERVER_TRANSIENT),
			Map.entry("read_response_body_failed", ErrorKind.SERVER_TRANSIENT),
			Map.entry("channel:response_time_exceeded", ErrorKind.SERVER_TRANSIENT));

	/**
	 * Kinds by the type in the body, for errors without code and status.
	 */
	private static final Map<String, ErrorKind> TYPES = Map.of("authentication_error", ErrorKind.AUTHENTICATION,
			"permission_error", ErrorKind.PERMISSION, "invalid_request_error", ErrorKind.INVALID_REQUEST,
			"rate_limit_error", ErrorKind.RATE_LIMIT, "overloaded_error", ErrorKind.SERVER_TRANSIENT);

	private static final Set<Integer> LASTING = Set.of(501, 505, 511, 525, 526);

	private static final Pattern KEY_TEXT = Pattern.compile(
			"(?i)api[ _]key (not valid|not found|expired|is invalid)|(invalid|incorrect) api[ _-]?key|API_KEY_INVALID");

	private static final Pattern TOKEN_TEXT = Pattern.compile("(?i)(invalid|missing|no|无效的) ?(access )?(token|令牌)");

	private static final Pattern QUOTA_TEXT = Pattern
		.compile("(?i)insufficient (user |account )?(quota|balance|credits?|funds)"
				+ "|quota is not enough|pre-?consumed? .{0,40}failed|额度不足|额度已用尽|余额不足|预扣费额度失败");

	private static final Pattern CREDITS_TEXT = Pattern.compile("(?i)credits are (depleted|exhausted)");

	private static final Pattern BUSY_TEXT = Pattern
		.compile("(?i)currently busy|负载已饱和|upstream load.{0,40}saturated|is overloaded");

	private static final Pattern NO_CHANNEL_TEXT = Pattern
		.compile("(?i)no available channel.{0,200}\\bmodel\\b|无可用渠道|the model .{0,200}does not exist");

	private static final Pattern MODEL_TEXT = Pattern
		.compile("(?i)models?[/ ]\\S{1,200} (is|was) not found|\\bmodel\\b.{0,300}(not found|not exist)");

	private static final Pattern ROUTE_TEXT = Pattern.compile(
			"(?i)invalid url|page not found|(route|path|endpoint|url).{0,200}not found|no (such )?route|cannot (get|post)");

	private static final Pattern OTHER_THING_TEXT = Pattern
		.compile("(?i)cached?[ _]?content|\\bfiles?\\b|filesearchstore|corpora|\\boperations?/");

	private static final Pattern UPSTREAM_STATUS_TEXT = Pattern.compile("(?i)status ?code:? ?([345]\\d\\d)\\b");

	private ErrorClassifier() {
	}

	/**
	 * Determine the kind of an error.
	 * @param status the status, as returned by {@link #status}
	 * @param body the error body
	 * @param model whether the path names a model
	 * @return the kind of the error
	 */
	static ErrorKind classify(int status, ErrorBody body, boolean model) {
		if (status >= 300 && status < 400) {
			return ErrorKind.PROTOCOL;
		}
		ErrorKind kind = byCode(status, body);
		if (kind == null) {
			kind = byText(status, body);
		}
		return (kind != null) ? kind : byStatus(status, body, model);
	}

	/**
	 * Return the effective status. An error within a 2xx response may name its own
	 * status, and the status of a relayed error may be closer to the cause.
	 * @param httpStatus the HTTP status
	 * @param body the error body
	 * @return the status
	 */
	static int status(int httpStatus, ErrorBody body) {
		Integer number = body.number();
		if (httpStatus >= 200 && httpStatus < 300) {
			Integer named = (number != null) ? number : statusOf(body.googleStatus());
			named = (named != null) ? named : upstreamStatus(body);
			return (named != null) ? named : httpStatus;
		}
		boolean kept = httpStatus < 400 || httpStatus == 401 || httpStatus == 402 || httpStatus == 403
				|| httpStatus == 429;
		return (kept || number == null || number < 400 || (httpStatus >= 500 && number >= 500)) ? httpStatus : number;
	}

	private static @Nullable Integer statusOf(@Nullable String googleStatus) {
		return (googleStatus != null) ? GOOGLE_STATUSES.get(googleStatus) : null;
	}

	private static @Nullable Integer upstreamStatus(ErrorBody body) {
		Matcher matcher = UPSTREAM_STATUS_TEXT.matcher(body.searchable());
		return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
	}

	private static @Nullable ErrorKind byCode(int status, ErrorBody body) {
		if (body.code() == null) {
			return null;
		}
		String code = body.code().toLowerCase(Locale.ROOT);
		ErrorKind kind = CODES.get(code);
		if (kind != null) {
			return (kind == ErrorKind.SERVER_TRANSIENT && status == 429) ? ErrorKind.RATE_LIMIT : kind;
		}
		return switch (code) {
			case "invalid_request" -> (status >= 401 && status <= 403) ? null : ErrorKind.INVALID_REQUEST;
			case "get_channel_failed" -> (status >= 500) ? ErrorKind.SERVER_TRANSIENT : null;
			case "model_price_error" -> (status >= 500) ? ErrorKind.SERVER : ErrorKind.INVALID_REQUEST;
			case "insufficient_quota" -> ErrorKind.QUOTA;
			case "rate_limit_exceeded" -> ErrorKind.RATE_LIMIT;
			// Refers to the key that the gateway uses upstream, not to that of the
			// caller.
			default -> (code.startsWith("channel:") && (status == 401 || status == 403)) ? ErrorKind.SERVER : null;
		};
	}

	private static @Nullable ErrorKind byText(int status, ErrorBody body) {
		String text = body.searchable();
		boolean client = status < 300 || status == 400 || status == 401 || status == 403;
		if (client && (body.hasReason("API_KEY_INVALID") || KEY_TEXT.matcher(text).find())) {
			return ErrorKind.AUTHENTICATION;
		}
		if (status == 429 && (body.namesLongQuota() || CREDITS_TEXT.matcher(text).find())) {
			return ErrorKind.QUOTA;
		}
		if (body.googleStatus() != null) {
			return null;
		}
		if ((client || status == 402 || status == 429) && QUOTA_TEXT.matcher(text).find()) {
			return ErrorKind.QUOTA;
		}
		if (NO_CHANNEL_TEXT.matcher(text).find() && status != 401 && status != 429) {
			return ErrorKind.MODEL_NOT_FOUND;
		}
		if (BUSY_TEXT.matcher(text).find()) {
			return (status >= 500) ? ErrorKind.SERVER_TRANSIENT : ErrorKind.RATE_LIMIT;
		}
		return null;
	}

	private static ErrorKind byStatus(int status, ErrorBody body, boolean model) {
		return switch (status) {
			case 401 -> ErrorKind.AUTHENTICATION;
			case 402 -> ErrorKind.QUOTA;
			case 403 -> ErrorKind.PERMISSION;
			case 404 -> notFound(body, model);
			case 408, 425 -> ErrorKind.SERVER_TRANSIENT;
			case 409 -> "ALREADY_EXISTS".equals(body.googleStatus()) ? ErrorKind.SERVER : ErrorKind.SERVER_TRANSIENT;
			case 429 -> ErrorKind.RATE_LIMIT;
			case 499 -> ErrorKind.SERVER;
			default -> byRange(status, body);
		};
	}

	private static ErrorKind byRange(int status, ErrorBody body) {
		if (status >= 400 && status < 500) {
			return ErrorKind.INVALID_REQUEST;
		}
		if (status >= 500 && status < 600) {
			if (status == 500 && "invalid_request_error".equals(body.type())) {
				return ErrorKind.INVALID_REQUEST;
			}
			return LASTING.contains(status) ? ErrorKind.SERVER : ErrorKind.SERVER_TRANSIENT;
		}
		if (status >= 200 && status < 300) {
			return unnamed(body);
		}
		return ErrorKind.PROTOCOL;
	}

	// An error without a status within a response with status 200.
	private static ErrorKind unnamed(ErrorBody body) {
		ErrorKind kind = (body.type() != null) ? TYPES.get(body.type()) : null;
		if (kind == null && TOKEN_TEXT.matcher(body.searchable()).find()) {
			kind = ErrorKind.AUTHENTICATION;
		}
		return (kind != null) ? kind : ErrorKind.SERVER;
	}

	private static ErrorKind notFound(ErrorBody body, boolean model) {
		String text = body.searchable();
		if (!model || body.form() != ErrorBody.Form.ERROR || ROUTE_TEXT.matcher(text).find()) {
			return ErrorKind.UNKNOWN_ROUTE;
		}
		if (MODEL_TEXT.matcher(text).find()) {
			return ErrorKind.MODEL_NOT_FOUND;
		}
		return OTHER_THING_TEXT.matcher(text).find() ? ErrorKind.INVALID_REQUEST : ErrorKind.MODEL_NOT_FOUND;
	}

}
