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
import java.util.Set;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what the page does not send: requests under a name that is not ours (DNS
 * rebinding), requests of other sites, which would spend the owner's key, and bodies that
 * would fill the memory.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class RequestGuardFilter extends OncePerRequestFilter {

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final Set<String> hosts;

	private final long maxBodySize;

	private final Semaphore bodies;

	RequestGuardFilter(ChatProperties properties) {
		this.hosts = properties.hosts();
		this.maxBodySize = properties.maxBodySize().toBytes();
		this.bodies = new Semaphore(properties.maxBodies());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.hosts.contains(request.getServerName())) {
			response.sendError(HttpStatus.MISDIRECTED_REQUEST.value(), "The host is not one of chat.hosts");
		}
		else if (isCrossSite(request)) {
			response.sendError(HttpStatus.FORBIDDEN.value(), "The request comes from another site");
		}
		else if (request.getRequestURI().equals("/error")) {
			// Of use to the server only, which does not come through here
			response.sendError(HttpStatus.NOT_FOUND.value());
		}
		else if (!HttpMethod.POST.matches(request.getMethod())) {
			chain.doFilter(request, response);
		}
		else if (request.getContentLengthLong() < 0) {
			response.sendError(HttpStatus.LENGTH_REQUIRED.value(), "The length of the body is missing");
		}
		else if (request.getContentLengthLong() > this.maxBodySize) {
			response.sendError(HttpStatus.CONTENT_TOO_LARGE.value(), "The body exceeds chat.max-body-size");
		}
		else {
			readBody(request, response, chain);
		}
	}

	private void readBody(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.bodies.tryAcquire()) {
			response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value(), "Too many bodies are being read");
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.bodies.release();
		}
	}

	private static boolean isCrossSite(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			boolean link = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
					&& !request.getRequestURI().startsWith("/api/");
			return !OWN_SITE.contains(site) && !link;
		}
		String origin = request.getHeader("Origin");
		return origin != null && !origin.equals(request.getScheme() + "://" + request.getHeader("Host"));
	}

}
