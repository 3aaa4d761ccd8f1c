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

import java.util.concurrent.CancellationException;

import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * The only place where a thread waits for an answer.
 */
final class Blocking {

	private Blocking() {
	}

	static <T> T await(Mono<T> answer, String method, String alternatives) {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(
					"%s blocks, which the thread '%s' must not do: use %s instead and return what they return"
						.formatted(method, Thread.currentThread().getName(), alternatives));
		}
		T value;
		try {
			value = answer.block();
		}
		catch (RuntimeException ex) {
			Throwable cause = Exceptions.unwrap(ex);
			if (cause instanceof InterruptedException) {
				// Reactor has cancelled the call and left the thread interrupted.
				CancellationException cancellation = new CancellationException(
						"Interrupted while waiting in %s: the call was cancelled".formatted(method));
				cancellation.initCause(cause);
				throw cancellation;
			}
			throw ex;
		}
		Assert.state(value != null, "The endpoint answered nothing");
		return value;
	}

}
