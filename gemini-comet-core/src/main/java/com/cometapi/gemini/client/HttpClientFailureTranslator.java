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

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiTimeLimit;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.error.Redactor;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;

import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Translates failures of the HTTP client into exceptions.
 */
final class HttpClientFailureTranslator {

	private static final int MAX_CAUSES = 20;

	private static final int MAX_TEXT = 300;

	private final ErrorTranslator translator;

	private final CallContext context;

	private final Redactor redactor;

	HttpClientFailureTranslator(ErrorTranslator translator, CallContext context) {
		this.translator = translator;
		this.context = context;
		this.redactor = context.redactor();
	}

	GeminiException translate(Throwable failure) {
		GeminiException known = find(failure, GeminiException.class);
		if (known != null) {
			return known;
		}
		WebClientResponseException response = find(failure, WebClientResponseException.class);
		if (response != null && response.getCause() == null) {
			return fromResponse(response);
		}
		// Spring's exceptions hold the request headers, and so the key.
		WebClientException wrapper = find(failure, WebClientException.class);
		Throwable cause = (wrapper != null && wrapper.getCause() != null) ? wrapper.getCause()
				: Exceptions.unwrap(failure);
		ConnectTimeoutException timeout = find(cause, ConnectTimeoutException.class);
		if (timeout != null) {
			return connectTimeout(timeout);
		}
		Error error = find(cause, Error.class);
		if (error != null) {
			return new GeminiProtocolException("%s: reading the response failed with %s: %s"
				.formatted(this.context.subject(), error.getClass().getSimpleName(), text(error)), GeminiError.NONE, 0,
					safe(error));
		}
		if (isUnreadable(cause)) {
			return new GeminiProtocolException(
					"%s: the response cannot be read: %s".formatted(this.context.subject(), text(cause)),
					GeminiError.NONE, 0, safe(cause));
		}
		return connection(cause);
	}

	private GeminiException fromResponse(WebClientResponseException response) {
		int status = response.getStatusCode().value();
		byte[] body = response.getResponseBodyAsByteArray();
		return response.getStatusCode().is2xxSuccessful()
				? this.translator.unreadableResponse(status, response.getHeaders(), body, null, this.context)
				: this.translator.fromResponse(status, response.getHeaders(), body, this.context);
	}

	private static boolean isUnreadable(Throwable cause) {
		if (find(cause, SSLException.class) != null) {
			return false;
		}
		return Stream
			.of(JacksonException.class, CodecException.class, DataBufferLimitException.class,
					io.netty.handler.codec.CodecException.class)
			.anyMatch((type) -> find(cause, type) != null) || isNotHttp(cause);
	}

	// Netty's HTTP decoder throws this one for an invalid line.
	private static boolean isNotHttp(Throwable cause) {
		StackTraceElement[] stack = cause.getStackTrace();
		return cause instanceof IllegalArgumentException && stack.length > 0
				&& stack[0].getClassName().startsWith("io.netty.handler.codec.http.");
	}

	private GeminiTimeoutException connectTimeout(Throwable cause) {
		String message = "%s: no connection within %s s ('cometapi.gemini.connect-timeout'): %s"
			.formatted(this.context.subject(), this.context.connectTimeout().toMillis() / 1000.0, text(cause));
		return new GeminiTimeoutException(message, GeminiTimeLimit.CONNECT, this.context.connectTimeout(), safe(cause));
	}

	private GeminiConnectionException connection(Throwable cause) {
		if (find(cause, UnknownHostException.class) != null) {
			return connection("unknown host", cause, find(cause, DnsNameResolverTimeoutException.class) != null);
		}
		ProxyConnectException proxy = find(cause, ProxyConnectException.class);
		if (proxy != null) {
			// Over TLS, a failed handshake hides what the proxy responded.
			return connection("cannot connect through the proxy", proxy, false);
		}
		if (find(cause, UnresolvedAddressException.class) != null) {
			return connection("unknown host of the proxy ('cometapi.gemini.proxy.host')", cause, false);
		}
		if (find(cause, ConnectException.class) != null || find(cause, NoRouteToHostException.class) != null) {
			return connection("cannot connect", cause, true);
		}
		if (find(cause, SslHandshakeTimeoutException.class) != null
				|| find(cause, SslClosedEngineException.class) != null) {
			return connection("the TLS handshake did not complete", cause, true);
		}
		if (find(cause, SSLException.class) != null) {
			return connection("the TLS handshake failed", cause, false);
		}
		if (UnsentRequests.isPoolExhausted(cause)) {
			String property = (find(cause, TimeoutException.class) != null) ? "pending-acquire-timeout"
					: "pending-acquire-max-count";
			return connection(
					("no free connection in the pool ('cometapi.gemini.pool.%s';"
							+ " 'cometapi.gemini.pool.max-connections' sets how many there are)")
						.formatted(property),
					cause, true);
		}
		if (find(cause, TimeoutException.class) != null
				|| find(cause, io.netty.handler.timeout.TimeoutException.class) != null) {
			return connection("the HTTP client timed out", cause, true);
		}
		if (find(cause, IOException.class) != null || find(cause, AbortedException.class) != null) {
			return connection("the connection broke", cause, true);
		}
		return connection("the exchange failed", cause, false);
	}

	private GeminiConnectionException connection(String what, Throwable cause, boolean isTransient) {
		return new GeminiConnectionException("%s: %s: %s".formatted(this.context.subject(), what, text(cause)),
				GeminiError.NONE, isTransient, safe(cause));
	}

	private String text(Throwable cause) {
		String message = cause.getMessage();
		return this.redactor.redact((message != null) ? message : cause.getClass().getSimpleName(), MAX_TEXT);
	}

	private @Nullable Throwable safe(Throwable cause) {
		return RedactedCause.of(cause, this.redactor);
	}

	private static <T> @Nullable T find(Throwable failure, Class<T> type) {
		Throwable candidate = failure;
		for (int i = 0; candidate != null && i < MAX_CAUSES; i++) {
			if (type.isInstance(candidate)) {
				return type.cast(candidate);
			}
			candidate = candidate.getCause();
		}
		return null;
	}

}
