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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

/**
 * Reads the wait that a server asks for from the header, Google's details or the message,
 * in this order.
 */
final class RetryAfter {

	private static final Duration MAX = Duration.ofDays(365);

	private static final Pattern SECONDS = Pattern.compile("(\\d{1,400})(\\.\\d{1,18})?");

	private static final Pattern UNITS = Pattern.compile("(\\d{1,40}(?:\\.\\d{1,18})?)\\s?+"
			+ "(ms|milliseconds?+|ns|us|µs|hours?+|hrs?+|h|minutes?+|mins?+|m|seconds?+|secs?+|s)(?![a-z])");

	private static final Pattern MESSAGE = Pattern
		.compile("(?i)(?:retry|try again) (?:in|after) ((?:[\\d.]{1,40}\\s?[a-zµ]{1,12}[, ]{0,2}){1,4})");

	private static final int MAX_MESSAGE = 16 * 1024;

	private RetryAfter() {
	}

	/**
	 * Return the wait.
	 * @param headers the response headers
	 * @param body the error body
	 * @param clock the clock for a date, if the server does not send its own time
	 * @return the wait, never negative, or {@code null} for none
	 */
	static @Nullable Duration of(HttpHeaders headers, ErrorBody body, Clock clock) {
		Duration wait = fromHeader(headers, clock);
		if (wait == null) {
			wait = fromDetails(body);
		}
		if (wait == null) {
			wait = fromMessage(body.message());
		}
		return (wait != null) ? wait : fromMessage(body.gatewayMessage());
	}

	private static @Nullable Duration fromHeader(HttpHeaders headers, Clock clock) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		Matcher matcher = SECONDS.matcher(value.strip());
		if (matcher.matches()) {
			return seconds(value.strip());
		}
		ZonedDateTime date = date(headers, HttpHeaders.RETRY_AFTER);
		if (date == null) {
			return null;
		}
		ZonedDateTime now = date(headers, HttpHeaders.DATE);
		Duration wait = Duration.between((now != null) ? now.toInstant() : Instant.now(clock), date.toInstant());
		return limited(wait.isNegative() ? Duration.ZERO : wait);
	}

	private static @Nullable ZonedDateTime date(HttpHeaders headers, String name) {
		try {
			return headers.getFirstZonedDateTime(name);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Duration fromDetails(ErrorBody body) {
		for (JsonNode detail : body.details()) {
			JsonNode delay = detail.path("retryDelay");
			Duration wait = delay.isObject() ? fromMembers(delay) : fromText(delay.asString("").strip());
			if (wait != null) {
				return wait;
			}
		}
		return null;
	}

	private static @Nullable Duration fromMembers(JsonNode delay) {
		String seconds = delay.path("seconds").asString("0");
		String nanos = delay.path("nanos").asString("0");
		Duration whole = SECONDS.matcher(seconds).matches() ? seconds(seconds) : null;
		return (whole != null && nanos.matches("\\d{1,9}")) ? whole.plusNanos(Long.parseLong(nanos)) : whole;
	}

	private static @Nullable Duration fromText(String text) {
		return SECONDS.matcher(text).matches() ? seconds(text) : sum(text);
	}

	private static @Nullable Duration fromMessage(@Nullable String message) {
		if (message == null) {
			return null;
		}
		Matcher matcher = MESSAGE.matcher(tail(message));
		return matcher.find() ? sum(matcher.group(1)) : null;
	}

	// Google's message has the wait at its end.
	private static String tail(String message) {
		return (message.length() > MAX_MESSAGE) ? message.substring(message.length() - MAX_MESSAGE) : message;
	}

	private static @Nullable Duration sum(String text) {
		Matcher matcher = UNITS.matcher(text.toLowerCase(Locale.ROOT));
		Duration sum = null;
		int end = 0;
		while (matcher.find() && matcher.start() - end <= ((sum != null) ? 2 : 0)) {
			Duration part = duration(matcher.group(1), matcher.group(2));
			sum = (sum != null) ? limited(sum.plus(part)) : part;
			end = matcher.end();
		}
		return sum;
	}

	private static Duration duration(String number, String unit) {
		BigDecimal factor = switch (unit.charAt(0)) {
			case 'h' -> BigDecimal.valueOf(3600);
			case 'm' ->
				(unit.startsWith("ms") || unit.startsWith("mil")) ? new BigDecimal("0.001") : BigDecimal.valueOf(60);
			case 's' -> BigDecimal.ONE;
			case 'n' -> new BigDecimal("0.000000001");
			default -> new BigDecimal("0.000001");
		};
		return duration(new BigDecimal(number).multiply(factor));
	}

	private static Duration seconds(String number) {
		return duration(new BigDecimal(number));
	}

	private static Duration duration(BigDecimal seconds) {
		if (seconds.compareTo(BigDecimal.valueOf(MAX.toSeconds())) >= 0) {
			return MAX;
		}
		return Duration.ofNanos(seconds.movePointRight(9).longValue());
	}

	private static Duration limited(Duration wait) {
		return (wait.compareTo(MAX) > 0) ? MAX : wait;
	}

}
