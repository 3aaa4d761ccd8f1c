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

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.web.reactive.function.BodyExtractor;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

/**
 * Subscriber of the HTTP exchange of an attempt, which ends with the response or with the
 * failure of the attempt, whichever is first. The exchange finds the attempt in its
 * Reactor context.
 */
final class AttemptExchange extends ForwardingSubscriber<ClientResponse, ClientResponse> {

	private final HttpAttempt attempt;

	private final Context context;

	private final AtomicBoolean decided = new AtomicBoolean();

	private boolean responded;

	AttemptExchange(CoreSubscriber<? super ClientResponse> actual, HttpAttempt attempt) {
		super(actual);
		this.attempt = attempt;
		this.context = actual.currentContext().put(HttpAttempt.class, attempt);
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		super.onSubscribe(subscription);
		this.attempt.begin(this);
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
		this.decided.set(true);
		super.cancel();
	}

	/**
	 * End the exchange with the failure of its attempt, unless it has ended.
	 * @param failure the failure
	 */
	void fail(Throwable failure) {
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
