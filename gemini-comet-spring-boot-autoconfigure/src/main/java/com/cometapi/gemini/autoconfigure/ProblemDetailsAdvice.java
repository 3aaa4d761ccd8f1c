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

package com.cometapi.gemini.autoconfigure;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.web.GeminiProblemDetails;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Responds with problem details to a {@link GeminiException} that leaves a handler.
 * Handlers of the application come first, and an exception with a status of its own keeps
 * it even if a {@code GeminiException} caused it. After the first byte of a response its
 * connection is closed, as for any other exception.
 */
abstract class ProblemDetailsAdvice {

	private static final Log logger = LogFactory.getLog(GeminiProblemDetails.class);

	private final GeminiProblemDetails problemDetails;

	private ProblemDetailsAdvice(GeminiProblemDetails problemDetails) {
		this.problemDetails = problemDetails;
	}

	final ErrorResponse respond(Throwable raised, GeminiException failure, boolean committed) throws Throwable {
		if (committed || hasStatus(raised, failure)) {
			// Spring continues as if there were no handler
			throw raised;
		}
		ErrorResponse response = this.problemDetails.create(failure);
		log("Responding with status " + response.getStatusCode().value(), raised, response);
		return response;
	}

	private static boolean hasStatus(Throwable raised, GeminiException failure) {
		Throwable last = failure.getCause();
		for (Throwable ex = raised; ex != null && ex != last; ex = ex.getCause()) {
			if (ex instanceof ErrorResponse
					|| AnnotatedElementUtils.hasAnnotation(ex.getClass(), ResponseStatus.class)) {
				return true;
			}
		}
		return false;
	}

	// Spring does not log resolved exceptions
	private static void log(String message, Throwable raised, ErrorResponse response) {
		if (response.getStatusCode().value() == 500) {
			logger.error(message, raised);
		}
		else {
			logger.warn(message + ": " + raised);
		}
	}

	/**
	 * Advice for Spring MVC.
	 */
	@ControllerAdvice
	@Order(Ordered.LOWEST_PRECEDENCE)
	static class WebMvc extends ProblemDetailsAdvice {

		WebMvc(GeminiProblemDetails problemDetails) {
			super(problemDetails);
		}

		@ExceptionHandler(GeminiException.class)
		ErrorResponse handle(Throwable raised, GeminiException failure, HttpServletResponse response) throws Throwable {
			return respond(raised, failure, response.isCommitted());
		}

	}

	/**
	 * Advice for Spring WebFlux.
	 */
	@ControllerAdvice
	@Order(Ordered.LOWEST_PRECEDENCE)
	static class WebFlux extends ProblemDetailsAdvice {

		WebFlux(GeminiProblemDetails problemDetails) {
			super(problemDetails);
		}

		@ExceptionHandler(GeminiException.class)
		ErrorResponse handle(Throwable raised, GeminiException failure, ServerHttpResponse response) throws Throwable {
			return respond(raised, failure, response.isCommitted());
		}

	}

}
