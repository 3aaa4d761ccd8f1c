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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.testsupport.GeminiServer;
import com.cometapi.gemini.testsupport.HandledServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An endpoint whose responses are determined by their prompts, and which sends their
 * events as far as the test lets it, one every few milliseconds.
 */
final class PacedModel implements AutoCloseable {

	private static final Duration PACE = Duration.ofMillis(20);

	private final int events;

	private volatile int released;

	private final Queue<String> prompts = new ConcurrentLinkedQueue<>();

	private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

	private final HandledServer server = HandledServer.start(this::answer);

	PacedModel(int events) {
		this.events = events;
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString(StandardCharsets.UTF_8).flatMap((body) -> {
			GenerateContentRequest read = GeminiServer.MAPPER.readValue(body, GenerateContentRequest.class);
			String prompt = read.contents().get(read.contents().size() - 1).text();
			this.prompts.add(prompt);
			return response.sse()
				.send(events(prompt).doOnCancel(() -> this.cancelled.add(prompt)), (event) -> true)
				.then();
		});
	}

	private Flux<ByteBuf> events(String prompt) {
		AtomicInteger sent = new AtomicInteger();
		return Flux.interval(Duration.ZERO, PACE)
			.onBackpressureDrop()
			.filter((tick) -> sent.get() < this.released)
			.map((tick) -> sent.incrementAndGet())
			.take(this.events)
			.map((position) -> GeminiServer.textResponse(text(prompt, position),
					(position == this.events) ? "STOP" : null))
			.map((event) -> Unpooled.copiedBuffer("data: " + event + "\n\n", StandardCharsets.UTF_8));
	}

	/**
	 * Let each response go on to the event at a position, beginning with 1.
	 */
	void release(int position) {
		this.released = position;
	}

	/**
	 * Return the text of an event.
	 * @param position the position of the event, beginning with 1
	 */
	static String text(String prompt, int position) {
		return prompt + " " + position + " Grüße, 世界 😀 " + "x".repeat((prompt.hashCode() & 31) + position % 50);
	}

	/**
	 * Return the texts of all events.
	 */
	String text(String prompt) {
		StringBuilder text = new StringBuilder();
		for (int position = 1; position <= this.events; position++) {
			text.append(text(prompt, position));
		}
		return text.toString();
	}

	/**
	 * Return the prompts in the order in which they came.
	 */
	Queue<String> prompts() {
		return this.prompts;
	}

	/**
	 * Return the prompts whose connection was closed before the end of the response.
	 */
	Set<String> cancelled() {
		return this.cancelled;
	}

	String url() {
		return this.server.url().toString();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
