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

package com.cometapi.gemini.autoconfigure;

import java.net.URI;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * {@link ClientHttpConnector} that uses the current state of an SSL bundle. Calls in
 * flight end on their connection. Pooled connections of an earlier state are not used
 * again, since each TLS configuration has its own pool.
 */
final class SslReloadingConnector implements ClientHttpConnector {

	private final Function<SslBundle, ClientHttpConnector> factory;

	private final SslBundle initial;

	private volatile ClientHttpConnector current;

	/**
	 * Create a connector.
	 * @param factory creates the connector for a state of the bundle
	 * @param initial the initial state of the bundle
	 */
	SslReloadingConnector(Function<SslBundle, ClientHttpConnector> factory, SslBundle initial) {
		this.factory = factory;
		this.initial = initial;
		this.current = factory.apply(initial);
	}

	/**
	 * Follow the updates of the bundle, if it is one of the given bundles.
	 * @param bundles the bundles of the application
	 */
	void reloadOnUpdate(SslBundles bundles) {
		for (String name : bundles.getBundleNames()) {
			if (bundles.getBundle(name) == this.initial) {
				bundles.addBundleUpdateHandler(name, (updated) -> this.current = this.factory.apply(updated));
			}
		}
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.current.connect(method, uri, requestCallback);
	}

}
