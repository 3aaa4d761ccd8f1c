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

package com.cometapi.gemini.mcp;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * State of one request on its way through a transport, which finds it in the Reactor
 * context.
 */
final class SentRequest {

	private final Sinks.Empty<Void> abandoned = Sinks.empty();

	private volatile @Nullable Object id;

	private volatile boolean sent;

	private volatile boolean answered;

	void id(Object id) {
		this.id = id;
	}

	@Nullable Object id() {
		return this.id;
	}

	void sent(boolean sent) {
		this.sent = sent;
	}

	/**
	 * Return whether the server may have received the request.
	 * @return {@code false} only if it certainly has not
	 */
	boolean isSent() {
		return this.sent;
	}

	void answered() {
		this.answered = true;
	}

	boolean isAnswered() {
		return this.answered;
	}

	void abandon() {
		this.abandoned.tryEmitEmpty();
	}

	Mono<Void> abandoned() {
		return this.abandoned.asMono();
	}

}
