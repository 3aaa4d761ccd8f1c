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

package com.cometapi.gemini.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Outcome of reading a page.
 *
 * <p>
 * An open set: a value that this version does not know keeps its text.
 * <p>
 * Wire: enum {@code UrlRetrievalStatus} of {@code v1beta}.
 *
 * @param value the text on the wire
 */
public record UrlRetrievalStatus(@JsonValue String value) {

	/**
	 * {@code URL_RETRIEVAL_STATUS_UNSPECIFIED}.
	 */
	public static final UrlRetrievalStatus URL_RETRIEVAL_STATUS_UNSPECIFIED = new UrlRetrievalStatus(
			"URL_RETRIEVAL_STATUS_UNSPECIFIED");

	/**
	 * {@code URL_RETRIEVAL_STATUS_SUCCESS}.
	 */
	public static final UrlRetrievalStatus URL_RETRIEVAL_STATUS_SUCCESS = new UrlRetrievalStatus(
			"URL_RETRIEVAL_STATUS_SUCCESS");

	/**
	 * {@code URL_RETRIEVAL_STATUS_ERROR}.
	 */
	public static final UrlRetrievalStatus URL_RETRIEVAL_STATUS_ERROR = new UrlRetrievalStatus(
			"URL_RETRIEVAL_STATUS_ERROR");

	/**
	 * {@code URL_RETRIEVAL_STATUS_PAYWALL}.
	 */
	public static final UrlRetrievalStatus URL_RETRIEVAL_STATUS_PAYWALL = new UrlRetrievalStatus(
			"URL_RETRIEVAL_STATUS_PAYWALL");

	/**
	 * {@code URL_RETRIEVAL_STATUS_UNSAFE}.
	 */
	public static final UrlRetrievalStatus URL_RETRIEVAL_STATUS_UNSAFE = new UrlRetrievalStatus(
			"URL_RETRIEVAL_STATUS_UNSAFE");

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public UrlRetrievalStatus {
	}

	/**
	 * Return the value for a name as people write it in a configuration.
	 * @param name the name in any case, with {@code -} or {@code _}, such as
	 * {@code success}; the prefix {@code URL_RETRIEVAL_STATUS_} may be left out
	 * @return the value
	 */
	public static UrlRetrievalStatus of(String name) {
		return new UrlRetrievalStatus(EnumNames.of(name, "URL_RETRIEVAL_STATUS_"));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
