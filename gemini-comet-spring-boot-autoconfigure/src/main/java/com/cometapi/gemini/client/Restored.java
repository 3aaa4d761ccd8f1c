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

import java.util.concurrent.Callable;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

/**
 * Calls code of the application with the thread locals that the caller's context holds.
 */
public final class Restored {

	private Restored() {
	}

	/**
	 * Call something with the thread locals of the caller.
	 * @param call what is called for each subscriber; {@code null} is no value
	 * @param <T> the type of what it returns
	 * @return what it returns, or what it throws
	 */
	public static <T> Mono<T> call(Callable<T> call) {
		// In 'handle' Reactor restores the thread locals, without any hook. Hidden, since
		// Reactor may miss the cancel of a value that it knows beforehand.
		return Mono.just(call).hide().handle((next, sink) -> {
			T value;
			try {
				value = next.call();
			}
			catch (Throwable ex) {
				sink.error(ex);
				return;
			}
			if (value != null) {
				sink.next(value);
			}
		});
	}

	/**
	 * Ask for a publisher with the thread locals of the caller.
	 * @param source what is asked for each subscriber
	 * @param <T> the type of the element
	 * @return the element of the publisher
	 */
	public static <T> Mono<T> defer(Supplier<Mono<T>> source) {
		return Restored.<Mono<T>>call(source::get).flatMap((mono) -> mono);
	}

}
