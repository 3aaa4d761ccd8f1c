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

package com.cometapi.gemini.thread;

import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs code of the application with the thread locals of the caller, on any thread.
 * Restores the thread locals that are held by the Reactor context and registered with
 * Micrometer's context propagation. Without that library, the code runs without them.
 */
public final class CallerThreadLocals {

	private CallerThreadLocals() {
	}

	/**
	 * Return a {@code Mono} that makes a call with the thread locals of the caller.
	 * @param call the call, made for each subscriber
	 * @param <T> the type of the result
	 * @return the result of the call, empty if that is {@code null}, or its exception
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
	 * Return a {@code Mono} that obtains its source with the thread locals of the caller.
	 * @param source supplies the source for each subscriber
	 * @param <T> the type of the element
	 * @return the element of the source, or the exception of the supplier
	 */
	public static <T> Mono<T> defer(Supplier<Mono<T>> source) {
		return CallerThreadLocals.<Mono<T>>call(source::get).flatMap((mono) -> mono);
	}

	/**
	 * Return a {@code Flux} that obtains its source with the thread locals of the caller.
	 * @param source supplies the source for each subscriber
	 * @param <T> the type of the elements
	 * @return the elements of the source, or the exception of the supplier
	 */
	public static <T> Flux<T> deferMany(Supplier<Flux<T>> source) {
		return CallerThreadLocals.<Flux<T>>call(source::get).flatMapMany(Function.identity());
	}

	/**
	 * Return a {@code Mono} that puts the thread locals of the thread that subscribes
	 * into the Reactor context. Values that the context has already take precedence.
	 * @param source the source
	 * @param <T> the type of the element
	 * @return the source with the thread locals in its context
	 */
	public static <T> Mono<T> capture(Mono<T> source) {
		return Mono.deferContextual((context) -> {
			Mono<T> withContext = (context.isEmpty()) ? source : source.contextWrite(context);
			return withContext.contextCapture();
		});
	}

	/**
	 * Return a {@code Flux} that puts the thread locals of the thread that subscribes
	 * into the Reactor context. Values that the context has already take precedence.
	 * @param source the source
	 * @param <T> the type of the elements
	 * @return the source with the thread locals in its context
	 */
	public static <T> Flux<T> capture(Flux<T> source) {
		return Flux.deferContextual((context) -> {
			Flux<T> withContext = (context.isEmpty()) ? source : source.contextWrite(context);
			return withContext.contextCapture();
		});
	}

}
