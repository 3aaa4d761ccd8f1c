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

package com.cometapi.gemini.batch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * Endpoint that counts the calls of each item.
 */
final class ItemServer implements AutoCloseable {

	final GeminiServer server = new GeminiServer().respond(this::respond);

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger maxActive = new AtomicInteger();

	private final AtomicInteger callsBeforeHold = new AtomicInteger(Integer.MAX_VALUE);

	private volatile CompletableFuture<Void> released = new CompletableFuture<>();

	private volatile Function<String, MockResponse> responses = (item) -> response("re: " + item);

	ItemServer respond(Function<String, MockResponse> responses) {
		this.responses = responses;
		return this;
	}

	/**
	 * Respond to some more calls and hold the following ones until they are
	 * {@link #release() released}.
	 */
	ItemServer holdAfter(int calls) {
		this.released = new CompletableFuture<>();
		this.callsBeforeHold.set(calls);
		return this;
	}

	void release() {
		this.callsBeforeHold.set(Integer.MAX_VALUE);
		this.released.complete(null);
	}

	private MockResponse respond(RecordedRequest request) {
		this.maxActive.accumulateAndGet(this.active.incrementAndGet(), Math::max);
		try {
			GenerateContentRequest read = GeminiServer.MAPPER
				.readValue(Objects.requireNonNull(request.getBody()).toByteArray(), GenerateContentRequest.class);
			List<Content> contents = read.contents();
			String item = contents.get(contents.size() - 1).text();
			this.calls.merge(item, 1, Integer::sum);
			if (this.callsBeforeHold.getAndDecrement() <= 0) {
				this.released.orTimeout(60, TimeUnit.SECONDS).join();
			}
			return this.responses.apply(item);
		}
		finally {
			this.active.decrementAndGet();
		}
	}

	Map<String, Integer> calls() {
		return this.calls;
	}

	int callCount() {
		return this.calls.values().stream().mapToInt(Integer::intValue).sum();
	}

	int maxActive() {
		return this.maxActive.get();
	}

	@Override
	public void close() {
		release();
		this.server.close();
	}

	static MockResponse response(String text) {
		return new MockResponse.Builder().setHeader("Content-Type", "application/json")
			.body("{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": \"" + text
					+ "\"}]}, \"finishReason\": \"STOP\"}], \"usageMetadata\": {\"promptTokenCount\": 10, "
					+ "\"candidatesTokenCount\": 5, \"thoughtsTokenCount\": 2, \"totalTokenCount\": 17}}")
			.build();
	}

	static MockResponse error(int status, String message) {
		return new MockResponse.Builder().code(status).body("{\"error\": {\"message\": \"" + message + "\"}}").build();
	}

}
