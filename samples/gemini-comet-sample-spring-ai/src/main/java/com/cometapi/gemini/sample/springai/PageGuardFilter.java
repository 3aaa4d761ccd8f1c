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

package com.cometapi.gemini.sample.springai;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves this page only: requests under another name (DNS rebinding) and those of other
 * sites, which would spend the owner's key, are refused, and the page loads nothing from
 * elsewhere, whatever a model may have written.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class PageGuardFilter extends OncePerRequestFilter {

	private final Set<String> hosts;

	PageGuardFilter(@Value("${assistant.hosts}") Set<String> hosts) {
		this.hosts = hosts;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		response.setHeader("Content-Security-Policy",
				"default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
						+ "frame-ancestors 'none'; object-src 'none'");
		response.setHeader("X-Content-Type-Options", "nosniff");
		String site = request.getHeader("Sec-Fetch-Site");
		if (!this.hosts.contains(request.getServerName())) {
			response.sendError(HttpStatus.MISDIRECTED_REQUEST.value(), "The host is not one of assistant.hosts");
		}
		else if (request.getRequestURI().startsWith("/api/") && !isOwn(request, site)) {
			response.sendError(HttpStatus.FORBIDDEN.value(), "The request comes from another site");
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static boolean isOwn(HttpServletRequest request, @Nullable String site) {
		if (site != null) {
			return site.equals("same-origin") || site.equals("none");
		}
		String origin = request.getHeader("Origin");
		return origin == null || origin.equals(request.getScheme() + "://" + request.getHeader("Host"));
	}

}
