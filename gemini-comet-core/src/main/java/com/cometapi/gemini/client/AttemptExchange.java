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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

/**
 * HTTP exchange of an attempt, which ends with the response or with a failure of its
 * connection, whichever is first. A filter of the application may repeat the exchange, so
 * an attempt may have several. Available in the Reactor context of its connection.
 */
final class AttemptExchange extends ForwardingSubscriber<ClientResponse, ClientResponse> {

	private final HttpAttempt attempt;

	private final Context context;

	private final AtomicBoolean decided = new AtomicBoolean();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private volatile boolean begun;

	private volatile boolean cancelled;

	private boolean responded;

	AttemptExchange(CoreSubscriber<? super ClientResponse> actual, HttpAttempt attempt) {
		super(actual);
		this.attempt = attempt;
		this.context = actual.currentContext().put(AttemptExchange.class, this);
	}

	/**
	 * Return the exchange that is subscribed to.
	 * @param subscriber the context of the subscriber
	 * @return the exchange, or {@code null} if it is not one of this client
	 */
	static @Nullable AttemptExchange of(ContextView subscriber) {
		return subscriber.getOrDefault(AttemptExchange.class, null);
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		super.onSubscribe(subscription);
		this.begun = true;
		Throwable failure = this.failure.get();
		if (failure != null) {
			end(failure);
		}
	}

	@Override
	public void onNext(ClientResponse response) {
		if (this.decided.compareAndSet(false, true)) {
			this.responded = true;
			actual().onNext(new AttemptResponse(response));
		}
	}

	@Override
	public void onError(Throwable failure) {
		if (this.responded || this.decided.compareAndSet(false, true)) {
			actual().onError(failure);
		}
	}

	@Override
	public void onComplete() {
		if (this.responded || this.decided.compareAndSet(false, true)) {
			actual().onComplete();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.decided.set(true);
		super.cancel();
	}

	/**
	 * End the exchange with a failure, unless it has ended.
	 * @param failure the failure
	 * @return {@code true} if it had not failed before
	 */
	boolean fail(Throwable failure) {
		if (!this.failure.compareAndSet(null, failure)) {
			return false;
		}
		if (this.begun) {
			end(failure);
		}
		return true;
	}

	/**
	 * Return whether a filter has cancelled the exchange, or the caller the call.
	 * @return {@code true} if nobody waits any more
	 */
	boolean isCancelled() {
		return this.cancelled || this.attempt.isCancelled();
	}

	private void end(Throwable failure) {
		if (this.decided.compareAndSet(false, true)) {
			super.cancel();
			actual().onError(failure);
		}
	}

	/**
	 * Response of an attempt. {@code WebClient} releases the body of each response after
	 * it was handled, which assembles another body with all of its operators, even if the
	 * body was read.
	 */
	private static final class AttemptResponse extends ClientResponseWrapper {

		private volatile boolean bodyRead;

		AttemptResponse(ClientResponse response) {
			super(response);
		}

		@Override
		public <T> T body(BodyExtractor<T, ? super ClientHttpResponse> extractor) {
			this.bodyRead = true;
			return super.body(extractor);
		}

		@Override
		public Mono<Void> releaseBody() {
			return (this.bodyRead) ? Mono.empty() : super.releaseBody();
		}

	}

}
