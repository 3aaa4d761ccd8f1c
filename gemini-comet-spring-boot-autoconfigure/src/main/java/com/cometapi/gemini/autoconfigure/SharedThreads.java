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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Starts the threads that Reactor and Reactor Netty keep for the life of the JVM in such
 * a way that they do not inherit a reference to the class loader of the application from
 * the thread that starts them. Needed if the application has another class loader than
 * Reactor, as with DevTools, which replaces it at each restart.
 */
final class SharedThreads {

	private SharedThreads() {
	}

	/**
	 * Return whether the threads may outlive the application.
	 * @param application the class loader of the application
	 * @return {@code true} if they may
	 */
	static boolean mayOutlive(@Nullable ClassLoader application) {
		return application != null && application != Schedulers.class.getClassLoader();
	}

	/**
	 * Start the threads of the parallel scheduler from a thread of the common pool.
	 */
	static void start() {
		ForkJoinPool.commonPool().execute(() -> {
			for (int i = 0; i < Schedulers.DEFAULT_POOL_SIZE; i++) {
				Scheduler.Worker worker = Schedulers.parallel().createWorker();
				worker.schedule(worker::dispose);
			}
		});
	}

	/**
	 * Return a connector that makes its first connections, and with them the threads that
	 * watch the pool, from a thread of the parallel scheduler.
	 * @param connector the connector
	 * @return the connector to use
	 */
	static ClientHttpConnector startedBy(ClientHttpConnector connector) {
		return new StartingConnector(connector);
	}

	private static final class StartingConnector implements ClientHttpConnector {

		private final ClientHttpConnector connector;

		private final AtomicBoolean started = new AtomicBoolean();

		StartingConnector(ClientHttpConnector connector) {
			this.connector = connector;
		}

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			Mono<ClientHttpResponse> response = this.connector.connect(method, uri, requestCallback);
			return (this.started.get()) ? response
					: response.doOnTerminate(() -> this.started.set(true)).subscribeOn(Schedulers.parallel());
		}

	}

}
