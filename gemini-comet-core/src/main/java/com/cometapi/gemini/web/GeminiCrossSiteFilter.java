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

import java.io.IOException;

import com.cometapi.gemini.web.GeminiCrossSitePolicy.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Servlet filter that refuses cross-site requests according to a
 * {@link GeminiCrossSitePolicy}, before their body is read. Comes after Spring's
 * {@code ForwardedHeaderFilter}, so that it sees the host name and the scheme of the
 * browser.
 */
public final class GeminiCrossSiteFilter extends OncePerRequestFilter implements Ordered {

	private final GeminiCrossSitePolicy policy;

	/**
	 * Create a filter.
	 * @param policy the policy
	 */
	public GeminiCrossSiteFilter(GeminiCrossSitePolicy policy) {
		Assert.notNull(policy, "'policy' must not be null");
		this.policy = policy;
	}

	@Override
	public int getOrder() {
		return GeminiCrossSitePolicy.ORDER;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return CorsUtils.isPreFlightRequest(request)
				|| !this.policy.isProtected(ServletRequestPathUtils.parse(request).pathWithinApplication());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		WebOrigin target = WebOrigin
			.parse(request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort());
		Refusal refusal = this.policy.check(target, request.getHeader(GeminiCrossSitePolicy.SEC_FETCH_SITE),
				request.getHeader(HttpHeaders.ORIGIN));
		if (refusal != null) {
			// Without an error page, for which Spring Security may require a login
			response.setStatus(refusal.status().value());
			response.setContentType(MediaType.TEXT_PLAIN_VALUE);
			response.getWriter().write(refusal.message());
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
