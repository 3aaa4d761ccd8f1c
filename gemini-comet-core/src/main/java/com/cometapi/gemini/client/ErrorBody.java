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

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Content of an error body, whatever its format. Not redacted, so it must not leave this
 * package.
 *
 * @param form the form of the body
 * @param code the code, a name or a number, or {@code null} for none
 * @param number the HTTP status in the code or in the title of a page, or {@code null}
 * for none
 * @param type the type that gateways give, or {@code null} for none
 * @param googleStatus Google's status, or {@code null} for none
 * @param message the message, the title of a page or the text, or {@code null} for none
 * @param gatewayMessage the message around a relayed one, or {@code null} for none
 * @param details Google's details
 */
record ErrorBody(Form form, @Nullable String code, @Nullable Integer number, @Nullable String type,
		@Nullable String googleStatus, @Nullable String message, @Nullable String gatewayMessage,
		List<JsonNode> details) {

	private static final int MAX_SEARCHED = 4096;

	// "502 Bad Gateway", "Error 503", "HTTP Status 404 - Not Found"
	private static final Pattern PAGE_STATUS = Pattern.compile("^(?:\\D*\\s)?([45]\\d\\d)\\b");

	private static final Pattern LONG_QUOTA = Pattern.compile("(?i)per[ _-]?(day|week|month)");

	/**
	 * Return the beginning of the message, as far as it is searched.
	 * @return the beginning of the message, empty if there is none
	 */
	String searchable() {
		if (this.message == null) {
			return "";
		}
		return (this.message.length() > MAX_SEARCHED) ? this.message.substring(0, MAX_SEARCHED) : this.message;
	}

	/**
	 * Return whether Google's details contain a reason.
	 * @param reason the reason
	 * @return {@code true} if they contain it
	 */
	boolean hasReason(String reason) {
		return this.details.stream().anyMatch((detail) -> reason.equals(detail.path("reason").stringValue(null)));
	}

	/**
	 * Return whether Google's details name a quota of a day or longer, for which waiting
	 * does not help.
	 * @return {@code true} if they contain it
	 */
	boolean namesLongQuota() {
		return this.details.stream()
			.anyMatch((detail) -> LONG_QUOTA.matcher(detail.path("violations").toString()).find()
					|| LONG_QUOTA.matcher(detail.path("metadata").toString()).find());
	}

	static ErrorBody empty() {
		return new ErrorBody(Form.EMPTY, null, null, null, null, null, null, List.of());
	}

	static ErrorBody page(@Nullable String title) {
		Matcher matcher = PAGE_STATUS.matcher((title != null) ? title : "");
		Integer status = matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
		return new ErrorBody(Form.PAGE, null, status, null, null, title, null, List.of());
	}

	static ErrorBody text(String text) {
		return new ErrorBody(Form.TEXT, null, null, null, null, text, null, List.of());
	}

	/**
	 * The forms of a body.
	 */
	enum Form {

		/**
		 * JSON that describes an error.
		 */
		ERROR,

		/**
		 * JSON that does not.
		 */
		JSON,

		/**
		 * HTML or XML.
		 */
		PAGE,

		/**
		 * Any other text.
		 */
		TEXT,

		/**
		 * Nothing.
		 */
		EMPTY

	}

}
