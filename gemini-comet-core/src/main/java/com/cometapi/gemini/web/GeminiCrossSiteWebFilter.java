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

import java.net.URI;

import com.cometapi.gemini.web.GeminiCrossSitePolicy.Refusal;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.Assert;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * {@link WebFilter} that refuses cross-site requests according to a
 * {@link GeminiCrossSitePolicy}, before their body is read.
 */
public final class GeminiCrossSiteWebFilter implements WebFilter, Ordered {

	private final GeminiCrossSitePolicy policy;

	/**
	 * Create a filter.
	 * @param policy the policy
	 */
	public GeminiCrossSiteWebFilter(GeminiCrossSitePolicy policy) {
		Assert.notNull(policy, "'policy' must not be null");
		this.policy = policy;
	}

	@Override
	public int getOrder() {
		return GeminiCrossSitePolicy.ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (CorsUtils.isPreFlightRequest(request)
				|| !this.policy.isProtected(request.getPath().pathWithinApplication())) {
			return chain.filter(exchange);
		}
		HttpHeaders headers = request.getHeaders();
		// The host of a URI is null if it has an underscore
		URI uri = request.getURI();
		WebOrigin target = WebOrigin.parse(uri.getScheme() + "://" + uri.getRawAuthority());
		Refusal refusal = this.policy.check(target, headers.getFirst(GeminiCrossSitePolicy.SEC_FETCH_SITE),
				headers.getOrigin());
		return (refusal != null) ? Mono.error(new ResponseStatusException(refusal.status(), refusal.message()))
				: chain.filter(exchange);
	}

}
