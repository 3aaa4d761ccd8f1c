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

package com.cometapi.gemini.benchmarks.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Answers each call with the same response of 1 KB, after a while.
 */
final class ResponseServer implements AutoCloseable {

	private static final byte[] RESPONSE = """
			{"candidates": [{"content": {"role": "model", "parts": [{"text": "%s"}]}, "finishReason": "STOP"}],\
			 "usageMetadata": {"promptTokenCount": 20, "candidatesTokenCount": 200, "totalTokenCount": 220}}"""
		.formatted("Eight planets, of which four have rings. ".repeat(20))
		.getBytes(StandardCharsets.UTF_8);

	private final DisposableServer server;

	ResponseServer(Duration responseTime) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.then((responseTime.isZero()) ? Mono.empty() : Mono.delay(responseTime).then())
				.thenMany(response.header("Content-Type", "application/json")
					.header("Content-Length", Integer.toString(RESPONSE.length))
					.sendByteArray(Mono.just(RESPONSE))
					.then()))
			.bindNow();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
