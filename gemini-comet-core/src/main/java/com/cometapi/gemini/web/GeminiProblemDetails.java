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

package com.cometapi.gemini.web;

import java.time.Duration;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiFailureCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.Assert;
import org.springframework.web.ErrorResponse;

/**
 * Creates HTTP error responses with problem details (RFC 9457) for failed calls. Their
 * texts come from a {@link GeminiErrorEventMapper}, so that a failure reads the same as
 * in the {@code error} event of a stream. By default, they contain nothing of the
 * exception except its failure code.
 */
public final class GeminiProblemDetails {

	private final GeminiErrorEventMapper errorMapper;

	/**
	 * Create an instance.
	 * @param errorMapper the mapper for code and text of a failure
	 */
	public GeminiProblemDetails(GeminiErrorEventMapper errorMapper) {
		Assert.notNull(errorMapper, "'errorMapper' must not be null");
		this.errorMapper = errorMapper;
	}

	/**
	 * Create the error response for a failure.
	 * @param failure the failure
	 * @return the response, with {@code Retry-After} if the failure names a wait; the
	 * properties {@code code} and {@code transient} of its problem details are those of
	 * the {@code error} event
	 */
	public ErrorResponse create(GeminiException failure) {
		Assert.notNull(failure, "'failure' must not be null");
		GeminiErrorEvent event = StandardErrorEventMapper.mapOrDefault(this.errorMapper, failure);
		ErrorResponse.Builder response = ErrorResponse.builder(failure, status(failure), event.message())
			.property("code", event.code())
			.property("transient", event.isTransient());
		Duration wait = failure.getError().retryAfter();
		if (wait != null) {
			response.header(HttpHeaders.RETRY_AFTER, String.valueOf(GeminiErrorEvent.toFullSeconds(wait)));
		}
		return response.build();
	}

	private static HttpStatusCode status(GeminiException failure) {
		GeminiFailureCode code = failure.getFailureCode();
		Integer status = failure.getError().status();
		// The only refusal by the endpoint from which the client learns to send less
		if (code == GeminiFailureCode.INVALID_REQUEST && status != null
				&& status == HttpStatus.CONTENT_TOO_LARGE.value()) {
			return HttpStatus.CONTENT_TOO_LARGE;
		}
		return StandardErrorEventMapper.status(code);
	}

}
