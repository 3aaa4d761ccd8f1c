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

package com.cometapi.gemini.autoconfigure.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiRetrySettings;
import com.cometapi.gemini.error.GeminiAuthenticationException;
import com.cometapi.gemini.error.GeminiConnectionException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiPermissionException;
import com.cometapi.gemini.error.GeminiProtocolException;
import com.cometapi.gemini.error.GeminiQuotaException;
import com.cometapi.gemini.error.GeminiServerException;
import com.cometapi.gemini.error.GeminiTimeoutException;
import com.cometapi.gemini.fallback.GeminiCircuit;
import com.cometapi.gemini.thread.Durations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.BeansException;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Health.Builder;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link ReactiveHealthIndicator} for the endpoint of a {@link GeminiClient}. Lists the
 * models, which is never billed. Concurrent checks share one call, and its result is
 * cached. The details contain the reason of a failure, the latency, whether the default
 * model is listed, and the models announced for retirement, but never a key. Out of
 * service while the circuit of the default model is open.
 */
public final class GeminiHealthIndicator extends AbstractReactiveHealthIndicator {

	private static final String MODELS = "models/";

	private static final int TOO_MANY_REQUESTS = 429;

	/**
	 * Failures are cached for a shorter time, so that a recovery becomes visible soon.
	 */
	private static final Duration FAILURE_TTL = Duration.ofSeconds(5);

	private final Mono<Health> health;

	private final Supplier<Map<String, GeminiCircuit.State>> circuits;

	private final @Nullable String defaultModel;

	/**
	 * Create an indicator.
	 * @param client the client whose endpoint to check
	 * @param cacheTtl the time to live of a cached result, zero to disable caching
	 * @param timeout the time after which the endpoint is reported as down
	 */
	public GeminiHealthIndicator(GeminiClient client, Duration cacheTtl, Duration timeout) {
		this(() -> client, cacheTtl, timeout);
	}

	/**
	 * Create an indicator for a client that is created on the first check. A client that
	 * cannot be created is reported as down.
	 * @param client a supplier of the client whose endpoint to check
	 * @param cacheTtl the time to live of a cached result, zero to disable caching
	 * @param timeout the time after which the endpoint is reported as down
	 */
	public GeminiHealthIndicator(Supplier<GeminiClient> client, Duration cacheTtl, Duration timeout) {
		this(client, null, Map::of, cacheTtl, timeout);
	}

	/**
	 * Create an indicator for a connection. A client that cannot be created is reported
	 * as down.
	 * @param client a supplier of the client whose endpoint to check
	 * @param defaultModel the default model of the connection, or {@code null} if it is
	 * not known
	 * @param circuits a supplier of the states of the circuits by the id of the model
	 * @param cacheTtl the time to live of a cached result, zero to disable caching
	 * @param timeout the time after which the endpoint is reported as down
	 */
	public GeminiHealthIndicator(Supplier<GeminiClient> client, @Nullable String defaultModel,
			Supplier<Map<String, GeminiCircuit.State>> circuits, Duration cacheTtl, Duration timeout) {
		this.circuits = circuits;
		this.defaultModel = (defaultModel != null && defaultModel.startsWith(MODELS))
				? defaultModel.substring(MODELS.length()) : defaultModel;
		GeminiCallOptions options = GeminiCallOptions.builder()
			.totalTimeout(timeout)
			.retry(GeminiRetrySettings.NONE)
			.build();
		Duration successTtl = Durations.capped(cacheTtl);
		Duration failureTtl = (cacheTtl.compareTo(FAILURE_TTL) < 0) ? cacheTtl : FAILURE_TTL;
		this.health = Mono.fromSupplier(client)
			.flatMap((created) -> check(created, options))
			.onErrorResume(BeansException.class,
					(ex) -> Mono.just(Health.down().withDetail("reason", "configuration").build()))
			.cache((result) -> Status.UP.equals(result.getStatus()) ? successTtl : failureTtl, (ex) -> Duration.ZERO,
					() -> Duration.ZERO);
	}

	private Mono<Health> check(GeminiClient client, GeminiCallOptions options) {
		return client.models(options)
			.map((models) -> withDefaultModel(Health.up(), models))
			.onErrorResume(GeminiException.class, (ex) -> Mono.just(describe(ex)))
			.elapsed()
			.map((result) -> withClient(result.getT2(), client).withDetail("latency", result.getT1() + "ms").build());
	}

	// Endpoints may serve more models than they list
	private Builder withDefaultModel(Builder health, List<Model> models) {
		if (this.defaultModel == null) {
			return health;
		}
		return health.withDetail("defaultModel", this.defaultModel)
			.withDetail("defaultModelListed",
					models.stream().anyMatch((model) -> this.defaultModel.equals(model.id())));
	}

	private static Builder withClient(Builder health, GeminiClient client) {
		health.withDetail("host", String.valueOf(client.getBaseUrl().getHost()));
		Map<String, String> retiring = new TreeMap<>();
		client.getRetiringModels()
			.forEach((model, status) -> retiring.put(model,
					String.valueOf((status.retirementTime() != null) ? status.retirementTime() : status.modelStage())));
		return retiring.isEmpty() ? health : health.withDetail("retiringModels", retiring);
	}

	@Override
	protected Mono<Health> doHealthCheck(Builder builder) {
		return this.health.map(this::withCircuits);
	}

	private Health withCircuits(Health health) {
		Map<String, GeminiCircuit.State> states = this.circuits.get();
		if (states.isEmpty()) {
			return health;
		}
		boolean open = this.defaultModel != null && states.get(this.defaultModel) == GeminiCircuit.State.OPEN;
		return Health.status(open ? Status.OUT_OF_SERVICE : health.getStatus())
			.withDetails(health.getDetails())
			.withDetail("circuits", states)
			.build();
	}

	private static Builder describe(GeminiException ex) {
		Integer status = ex.getError().status();
		if (status != null && status == TOO_MANY_REQUESTS && !(ex instanceof GeminiQuotaException)) {
			return Health.up().withDetail("reason", "rate limit");
		}
		Builder builder = Health.down().withDetail("reason", reason(ex));
		if (status != null) {
			builder.withDetail("status", status);
		}
		return builder;
	}

	private static String reason(GeminiException ex) {
		if (ex instanceof GeminiAuthenticationException || ex instanceof GeminiPermissionException) {
			return "credentials";
		}
		if (ex instanceof GeminiQuotaException) {
			return "quota";
		}
		if (ex instanceof GeminiTimeoutException) {
			return "timeout";
		}
		if (ex instanceof GeminiConnectionException) {
			return "connection";
		}
		if (ex instanceof GeminiServerException) {
			return "server";
		}
		return (ex instanceof GeminiProtocolException) ? "unexpected response" : "refused";
	}

}
