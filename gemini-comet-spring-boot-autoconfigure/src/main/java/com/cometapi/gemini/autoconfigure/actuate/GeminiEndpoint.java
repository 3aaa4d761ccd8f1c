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

package com.cometapi.gemini.autoconfigure.actuate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.cometapi.gemini.autoconfigure.GeminiConnections;
import com.cometapi.gemini.autoconfigure.actuate.GeminiDescriptor.CircuitDescriptor;
import com.cometapi.gemini.autoconfigure.actuate.GeminiDescriptor.ConnectionDescriptor;
import com.cometapi.gemini.autoconfigure.actuate.GeminiDescriptor.LimitDescriptor;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.cost.GeminiCosts;
import com.cometapi.gemini.cost.GeminiCosts.ModelCosts;
import com.cometapi.gemini.fallback.GeminiFallbackExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimit;
import com.cometapi.gemini.limit.GeminiLimitExchangeFilter;
import com.cometapi.gemini.limit.GeminiLimitUsage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint} for the connections of the application: their health and circuits, and
 * the models that were called since the start. Shows no keys and no contents.
 */
@Endpoint(id = "gemini")
@RegisterReflectionForBinding(GeminiDescriptor.class)
public final class GeminiEndpoint {

	private final Instant since = Instant.now();

	private final GeminiConnections connections;

	private final GeminiCallStatistics statistics;

	private final ObjectProvider<ConnectionStatuses> statuses;

	private final ObjectProvider<GeminiFallbackExchangeFilter> fallback;

	private final ObjectProvider<GeminiLimitExchangeFilter> limits;

	private final ObjectProvider<GeminiCosts> costs;

	GeminiEndpoint(GeminiConnections connections, GeminiCallStatistics statistics,
			ObjectProvider<ConnectionStatuses> statuses, ObjectProvider<GeminiFallbackExchangeFilter> fallback,
			ObjectProvider<GeminiLimitExchangeFilter> limits, ObjectProvider<GeminiCosts> costs) {
		this.connections = connections;
		this.statistics = statistics;
		this.statuses = statuses;
		this.fallback = fallback;
		this.limits = limits;
		this.costs = costs;
	}

	/**
	 * Return the connections with their health and counts.
	 * @return the description
	 */
	@ReadOperation
	public Mono<GeminiDescriptor> gemini() {
		return this.statuses.getIfAvailable(() -> () -> Mono.just(Map.of())).get().map(this::describe);
	}

	private GeminiDescriptor describe(Map<String, String> statuses) {
		GeminiCosts costs = this.costs.getIfAvailable();
		List<ModelCosts> costsByModel = (costs != null) ? costs.byModel() : List.of();
		Map<String, ConnectionDescriptor> descriptors = new LinkedHashMap<>();
		for (String name : this.connections.getNames()) {
			descriptors.put(name, describe(name, statuses.get(name), costsByModel));
		}
		GeminiLimitExchangeFilter limits = this.limits.getIfAvailable();
		List<GeminiLimitUsage> usage = (limits != null) ? limits.getUsage() : List.of();
		return new GeminiDescriptor(this.since, descriptors, usage.stream().map(GeminiEndpoint::describe).toList(),
				describeStore(limits));
	}

	private ConnectionDescriptor describe(String name, @Nullable String status, List<ModelCosts> costs) {
		GeminiClient client = findClient(name);
		String host = (client != null) ? client.getBaseUrl().getHost() : null;
		Map<String, String> retiring = new TreeMap<>();
		if (client != null) {
			client.getRetiringModels()
				.forEach((model, announced) -> retiring.put(model, String.valueOf(
						(announced.retirementTime() != null) ? announced.retirementTime() : announced.modelStage())));
		}
		return new ConnectionDescriptor(host, this.connections.getDefaultModel(name), status, circuits(name),
				this.statistics.get(name, costs), retiring);
	}

	// An application with its own GeminiOperations may have no key
	private @Nullable GeminiClient findClient(String name) {
		try {
			return this.connections.getClient(name);
		}
		catch (BeansException ex) {
			return null;
		}
	}

	private static LimitDescriptor describe(GeminiLimitUsage use) {
		GeminiLimit limit = use.scope().limit();
		return new LimitDescriptor(use.scope().type().name(), use.scope().name(), use.runningCalls(),
				use.waitingCalls(), use.requests(), use.tokens(), use.rejectedCalls(), limit.concurrentCalls(),
				limit.requestsPerMinute(), limit.tokensPerMinute());
	}

	private static @Nullable String describeStore(@Nullable GeminiLimitExchangeFilter limits) {
		if (limits == null || !limits.isShared()) {
			return null;
		}
		return limits.isStoreAvailable() ? "UP" : "DOWN";
	}

	private Map<String, CircuitDescriptor> circuits(String connection) {
		Map<String, CircuitDescriptor> circuits = new TreeMap<>();
		GeminiFallbackExchangeFilter fallback = this.fallback.getIfAvailable();
		if (fallback != null) {
			fallback.getCircuits()
				.stream()
				.filter((circuit) -> circuit.connection().equals(connection))
				.forEach((circuit) -> circuits.put(circuit.model(),
						new CircuitDescriptor(circuit.state().name(), circuit.retryAfter().toString())));
		}
		return circuits;
	}

}
