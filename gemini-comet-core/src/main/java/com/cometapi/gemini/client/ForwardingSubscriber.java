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

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Base of the subscribers between a source and the actual subscriber.
 *
 * @param <T> the type of the elements of the source
 * @param <R> the type of the elements that the actual subscriber receives
 */
abstract class ForwardingSubscriber<T, R> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super R> actual;

	private Subscription upstream = Operators.cancelledSubscription();

	ForwardingSubscriber(CoreSubscriber<? super R> actual) {
		this.actual = actual;
	}

	CoreSubscriber<? super R> actual() {
		return this.actual;
	}

	Subscription upstream() {
		return this.upstream;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		begin();
		this.actual.onSubscribe(this);
	}

	/**
	 * Called before the actual subscriber may request elements.
	 */
	void begin() {
	}

	@Override
	public void request(long count) {
		this.upstream.request(count);
	}

	@Override
	public void cancel() {
		this.upstream.cancel();
	}

}
