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

package com.cometapi.gemini;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes the thread locals of the thread that subscribes into the context, so that they
 * are restored where code of the application runs. Those that are registered with
 * Micrometer's context propagation are taken, none if it is not on the class path.
 */
final class CallerContext {

	private CallerContext() {
	}

	static <T> Mono<T> capture(Mono<T> source) {
		// What the caller has put into the context itself comes first.
		return Mono.deferContextual((context) -> source.contextWrite(context).contextCapture());
	}

	static <T> Flux<T> capture(Flux<T> source) {
		return Flux.deferContextual((context) -> source.contextWrite(context).contextCapture());
	}

}
