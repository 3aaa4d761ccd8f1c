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

import java.util.concurrent.CancellationException;

import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Waits for responses. No other class of this library blocks a thread for them.
 */
public final class BlockingCalls {

	private BlockingCalls() {
	}

	/**
	 * Wait for a response.
	 * @param response the response
	 * @param method the method that blocks, for messages
	 * @param alternatives the methods that do not, for messages
	 * @param <T> the type of the response
	 * @return the response
	 * @throws IllegalStateException on a thread that must not block
	 * @throws CancellationException if the thread is interrupted
	 */
	public static <T> T await(Mono<T> response, String method, String alternatives) {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(
					"%s blocks, which the thread '%s' must not do: use %s instead and return the Mono or Flux"
						.formatted(method, Thread.currentThread().getName(), alternatives));
		}
		T value;
		try {
			value = response.block();
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
		Assert.state(value != null, "The call completed without a response");
		return value;
	}

}
