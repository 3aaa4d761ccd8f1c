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
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * A browser that reads a stream as an {@code EventSource} does: when its connection ends,
 * it drops the bytes of an incomplete event, waits a little and connects again, with the
 * id of the last event.
 */
final class ResumingBrowser {

	private static final int MAX_WAIT = 300;

	private final HttpClient client;

	private final String prompt;

	private final StringBuilder events = new StringBuilder();

	private final int afterPosition;

	private volatile @Nullable String lastEventId;

	private volatile int position;

	private volatile @Nullable String error;

	private volatile boolean ended;

	/**
	 * Create a browser.
	 * @param client the client, whose connections are not used twice
	 * @param prompt the prompt
	 * @param streamId the id of the stream, or {@code null} to start one
	 * @param afterPosition the position of the last event that the browser has
	 */
	ResumingBrowser(HttpClient client, String prompt, @Nullable String streamId, int afterPosition) {
		this.client = client;
		this.prompt = prompt;
		this.lastEventId = (streamId != null) ? streamId + ":" + afterPosition : null;
		this.afterPosition = afterPosition;
	}

	/**
	 * Read the stream to its end.
	 */
	Mono<ResumingBrowser> read() {
		return Mono.defer(this::readConnection)
			.onErrorComplete()
			.repeatWhen((connections) -> connections.takeWhile((count) -> !this.ended)
				.concatMap((count) -> Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(MAX_WAIT)))))
			.then(Mono.just(this));
	}

	private Mono<Void> readConnection() {
		StringBuilder unread = new StringBuilder();
		return this.client.headers((headers) -> {
			if (this.lastEventId != null) {
				headers.set("Last-Event-ID", this.lastEventId);
			}
		}).get().uri("/chat?prompt=" + this.prompt).response((response, body) -> {
			if (response.status().code() != 200) {
				return Mono.fromRunnable(() -> end("status " + response.status().code()));
			}
			// Each character is a byte, since a multi-byte one may be cut
			return body.asByteArray().takeUntil((bytes) -> {
				unread.append(new String(bytes, StandardCharsets.ISO_8859_1));
				readEvents(unread);
				return this.ended;
			});
		}).then();
	}

	private void readEvents(StringBuilder unread) {
		for (int end = unread.indexOf("\n\n"); end >= 0; end = unread.indexOf("\n\n")) {
			readEvent(unread.substring(0, end + 2));
			unread.delete(0, end + 2);
		}
	}

	private void readEvent(String event) {
		if (event.startsWith("id:")) {
			String id = event.substring("id:".length(), event.indexOf('\n'));
			this.lastEventId = id;
			this.position = Integer.parseInt(id.split(":")[1]);
			// The first one has an id only
			if (event.contains("\ndata:")) {
				this.events.append(event);
			}
			this.ended = event.contains("\nevent:done\n");
		}
		else if (!event.startsWith(":")) {
			end(event);
		}
	}

	private void end(String error) {
		this.error = error;
		this.ended = true;
	}

	/**
	 * Return all events, each character of which is a byte.
	 */
	String events() {
		return this.events.toString();
	}

	String prompt() {
		return this.prompt;
	}

	int afterPosition() {
		return this.afterPosition;
	}

	int position() {
		return this.position;
	}

	/**
	 * Return the id of the stream, once the browser has an event.
	 */
	String streamId() {
		String id = this.lastEventId;
		return (id != null) ? id.substring(0, id.indexOf(':')) : "";
	}

	/**
	 * Return the event without an id that ended the stream, or {@code null}.
	 */
	@Nullable String error() {
		return this.error;
	}

}
