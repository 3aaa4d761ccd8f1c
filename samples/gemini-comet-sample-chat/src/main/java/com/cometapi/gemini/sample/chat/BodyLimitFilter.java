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

package com.cometapi.gemini.sample.chat;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects bodies that would fill the memory, since a question is read as a whole, with
 * its files.
 */
@Component
class BodyLimitFilter extends OncePerRequestFilter {

	private static final DataSize MAX_SIZE = DataSize.ofMegabytes(16);

	private final Semaphore bodies;

	BodyLimitFilter(@Value("${chat.max-bodies}") int maxBodies) {
		Assert.isTrue(maxBodies > 0, "'chat.max-bodies' must be positive");
		this.bodies = new Semaphore(maxBodies);
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !HttpMethod.POST.matches(request.getMethod());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() < 0) {
			response.sendError(HttpStatus.LENGTH_REQUIRED.value(), "The length of the body is missing");
		}
		else if (request.getContentLengthLong() > MAX_SIZE.toBytes()) {
			response.sendError(HttpStatus.CONTENT_TOO_LARGE.value(), "The body exceeds " + MAX_SIZE);
		}
		else if (!this.bodies.tryAcquire()) {
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value(), "Too many bodies are being read");
		}
		else {
			try {
				chain.doFilter(request, response);
			}
			finally {
				this.bodies.release();
			}
		}
	}

}
