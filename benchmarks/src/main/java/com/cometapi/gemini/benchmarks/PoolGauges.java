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

package com.cometapi.gemini.benchmarks;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;

/**
 * Reads the gauges of the library's connection pools.
 */
final class PoolGauges implements ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder>,
		ConnectionProvider.MeterRegistrar {

	private final List<ConnectionPoolMetrics> pools = new CopyOnWriteArrayList<>();

	@Override
	public ReactorClientHttpConnectorBuilder customize(ReactorClientHttpConnectorBuilder builder) {
		return builder.withHttpClientCustomizer(this::measure);
	}

	private HttpClient measure(HttpClient httpClient) {
		ConnectionProvider pool = httpClient.configuration().connectionProvider();
		ConnectionProvider.Builder same = (pool != HttpResources.get()) ? pool.mutate() : null;
		return (same != null) ? HttpClient.create(same.metrics(true, () -> this).build()) : httpClient;
	}

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.pools.add(metrics);
	}

	boolean isQuiet() {
		return acquired() + pending() == 0;
	}

	int acquired() {
		return sum(ConnectionPoolMetrics::acquiredSize);
	}

	int pending() {
		return sum(ConnectionPoolMetrics::pendingAcquireSize);
	}

	private int sum(ToIntFunction<ConnectionPoolMetrics> gauge) {
		return this.pools.stream().mapToInt(gauge).sum();
	}

}
