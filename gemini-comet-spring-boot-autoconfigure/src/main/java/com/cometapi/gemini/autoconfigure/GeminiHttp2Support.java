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

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.util.AttributeKey;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.ssl.SslBundle;

/**
 * HTTP/2 support of the connectors. Separate from {@link GeminiConnectorFactory}, since
 * Spring inspects all methods of a bean and would load the HTTP/2 types at every start.
 */
final class GeminiHttp2Support {

	// Maximum size of the data that a stream buffers while it is not read
	private static final int STREAM_WINDOW = 256 * 1024;

	private static final AttributeKey<Boolean> WIDENED = AttributeKey.valueOf(GeminiHttp2Support.class, "widened");

	private GeminiHttp2Support() {
	}

	/**
	 * Enable HTTP/2 on a client, for servers that support it.
	 * @param httpClient the client
	 * @param maxStreams the maximum number of concurrent streams of a connection
	 * @return the changed client
	 */
	static HttpClient enable(HttpClient httpClient, int maxStreams) {
		return httpClient.protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
			.http2Settings((settings) -> settings.initialWindowSize(STREAM_WINDOW))
			.doOnRequest((request, connection) -> widen(connection.channel(), maxStreams));
	}

	// All streams of a connection share a window, which one slow reader would exhaust
	private static void widen(Channel stream, int maxStreams) {
		Channel connection = stream.parent();
		if (connection != null && connection.attr(WIDENED).getAndSet(Boolean.TRUE) == null) {
			long more = (long) STREAM_WINDOW * maxStreams;
			connection.writeAndFlush(new DefaultHttp2WindowUpdateFrame(
					(int) Math.min(more, Http2CodecUtil.MAX_INITIAL_WINDOW_SIZE - Http2CodecUtil.DEFAULT_WINDOW_SIZE)));
		}
	}

	/**
	 * Configure an HTTP/2 client with an SSL bundle. Boot's own TLS configuration does
	 * not negotiate HTTP/2.
	 * @param http2 the client
	 * @param sslBundle the bundle
	 * @return the changed client
	 */
	static HttpClient secure(HttpClient http2, SslBundle sslBundle) {
		return http2.secure((spec) -> spec
			.sslContext(Http2SslContextSpec.forClient().configure(GeminiHttpConnectorSupport.secure(sslBundle))));
	}

}
