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

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLHandshakeException;

/**
 * Recognizes failures of the HTTP client for which no request was sent.
 */
public final class UnsentRequests {

	private UnsentRequests() {
	}

	/**
	 * Return whether no request was sent. Does not look at the causes of the failure.
	 * @param failure the failure, as the HTTP client reports it
	 * @return {@code true} if there was no connection; {@code false} if the request may
	 * have been sent
	 */
	public static boolean isUnsent(Throwable failure) {
		return failure instanceof ConnectException || failure instanceof UnknownHostException
				|| failure instanceof NoRouteToHostException || failure instanceof UnresolvedAddressException
				|| failure instanceof SSLHandshakeException || isPoolExhausted(failure);
	}

	/**
	 * Return whether all connections of the pool were in use. Does not look at the causes
	 * of the failure.
	 * @param failure the failure, as the HTTP client reports it
	 * @return {@code true} if no connection became free in time, or too many requests
	 * waited for one
	 */
	public static boolean isPoolExhausted(Throwable failure) {
		// Reactor Netty contains copies of these classes under names of its own.
		return failure.getClass().getSimpleName().startsWith("PoolAcquire");
	}

}
