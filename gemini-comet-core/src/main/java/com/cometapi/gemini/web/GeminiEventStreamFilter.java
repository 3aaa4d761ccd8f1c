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

import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * {@link WebFilter} that gives the streams of {@link GeminiServerSentEvents} access to
 * their Reactor Netty connection, so that a slow browser holds at most one event and the
 * write timeout applies; this has no effect on other servers. Also prevents {@code HEAD}
 * requests from starting a resumable stream. Other responses are not affected.
 * Thread-safe.
 */
public final class GeminiEventStreamFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Channel channel = channel(exchange.getResponse());
		Mono<Void> result = chain.filter(exchange);
		if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			result = result.contextWrite(Context.of(ResumableEvents.WITHOUT_BODY, true));
		}
		return (channel != null) ? result.contextWrite(Context.of(NettyBackpressureHandler.class, channel)) : result;
	}

	private static @Nullable Channel channel(ServerHttpResponse response) {
		ServerHttpResponse original = response;
		while (original instanceof ServerHttpResponseDecorator decorator) {
			original = decorator.getDelegate();
		}
		AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
		if (original instanceof AbstractServerHttpResponse server
				&& nativeResponse(server) instanceof HttpServerResponse netty) {
			netty.withConnection((connection) -> channel.set(connection.channel()));
		}
		return channel.get();
	}

	private static @Nullable Object nativeResponse(AbstractServerHttpResponse response) {
		try {
			return response.getNativeResponse();
		}
		catch (IllegalStateException ex) {
			// Spring's mock response has no native response
			return null;
		}
	}

}
