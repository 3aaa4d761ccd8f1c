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

package com.cometapi.gemini.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.GeminiRetryEvent;
import com.cometapi.gemini.client.GeminiRetryListener;
import com.cometapi.gemini.client.TokenEstimates;
import com.cometapi.gemini.error.GeminiLimitExceededException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

import org.springframework.core.Ordered;
import org.springframework.util.Assert;

/**
 * Limits the calls to each connection and each model. A call that would exceed a limit
 * waits for at most {@link GeminiLimitSettings#maxWait()}; interactive calls are admitted
 * before background ones. After that time it is rejected with a
 * {@link GeminiLimitExceededException}, or at once if the limit is known to admit it only
 * later.
 *
 * <p>
 * Tokens are estimated before a call and corrected by the usage that the model reports,
 * or left as estimated if it reports none. Retries do not wait; they count as requests if
 * this object is also registered as a {@link GeminiRetryListener}.
 *
 * <p>
 * Its order is {@value #ORDER}, inside of fallbacks, so that a call to a fallback counts
 * for the connection and the model of the fallback.
 */
public final class GeminiLimitExchangeFilter
		implements GeminiExchangeFilter, GeminiRetryListener, Ordered, AutoCloseable {

	/**
	 * Order of this filter.
	 */
	public static final int ORDER = -100;

	private final GeminiLimitSettings settings;

	private final LocalLimits local = new LocalLimits();

	private final LimitAdmission admission;

	private final LimitQueue queue;

	private final Map<String, GeminiLimitScope> connections = new ConcurrentHashMap<>();

	private final Map<String, GeminiLimitScope> models = new ConcurrentHashMap<>();

	private final Map<GeminiLimitScope, TokenCorrection> corrections = new ConcurrentHashMap<>();

	private final AtomicLong calls = new AtomicLong();

	private final String idPrefix = UUID.randomUUID() + ":";

	/**
	 * Create a filter that counts the calls of this process.
	 * @param settings the settings
	 */
	public GeminiLimitExchangeFilter(GeminiLimitSettings settings) {
		this(settings, null, List.of());
	}

	/**
	 * Create a filter.
	 * @param settings the settings
	 * @param store counts the calls of several instances together, or {@code null} to
	 * count those of this process
	 * @param listeners the listeners
	 */
	public GeminiLimitExchangeFilter(GeminiLimitSettings settings, @Nullable GeminiLimitStore store,
			List<GeminiLimitListener> listeners) {
		Assert.notNull(settings, "'settings' must not be null");
		this.settings = settings;
		this.admission = (store != null) ? new SharedLimitAdmission(this.local, store, settings)
				: new LocalLimitAdmission(this.local);
		this.queue = new LimitQueue(this.admission, this.local, List.copyOf(listeners));
		settings.models()
			.forEach((model, limit) -> this.models.put(model,
					new GeminiLimitScope(GeminiLimitScope.Type.MODEL, model, limit)));
		settings.connections().keySet().forEach(this::connection);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		List<GeminiLimitScope> scopes = scopes(exchange.connection(), exchange.model());
		return (scopes.isEmpty()) ? next.exchange(exchange) : Flux.defer(() -> limit(exchange, scopes, next));
	}

	private Flux<GenerateContentResponse> limit(GeminiExchange exchange, List<GeminiLimitScope> scopes, Next next) {
		TokenCorrection correction = correction(scopes);
		long estimate = (correction != null) ? TokenEstimates.of(exchange.request()) : 0;
		long corrected = (correction != null) ? correction.apply(estimate) : 0;
		long number = this.calls.incrementAndGet();
		GeminiLimitPermit permit = new GeminiLimitPermit(this.idPrefix + number, scopes, corrected);
		LimitedCall call = new LimitedCall(exchange, permit, number, this.settings.maxWait());
		AtomicReference<@Nullable UsageMetadata> usage = new AtomicReference<>();
		// Runs before the caller can make its next call, and after the cancel of this one
		// was passed on.
		Runnable end = () -> {
			Long tokens = (correction != null) ? tokens(usage.get()) : null;
			this.queue.end(call, tokens);
		};
		// The usage of a call that failed or was cancelled may be incomplete.
		Runnable learn = () -> {
			Long tokens = tokens(usage.get());
			if (correction != null && tokens != null) {
				correction.learn(tokens - estimate);
			}
		};
		return this.queue.enter(call)
			.thenMany(next.exchange(exchange))
			.doOnNext((event) -> noteUsage(event, usage))
			.doOnComplete(learn)
			.doOnTerminate(end)
			.doFinally((signal) -> {
				if (signal == SignalType.CANCEL) {
					end.run();
				}
			});
	}

	private static void noteUsage(GenerateContentResponse event, AtomicReference<@Nullable UsageMetadata> usage) {
		if (event.usageMetadata() != null) {
			usage.set(event.usageMetadata());
		}
	}

	private static @Nullable Long tokens(@Nullable UsageMetadata usage) {
		if (usage == null) {
			return null;
		}
		Integer total = usage.totalTokenCount();
		return (total != null) ? Long.valueOf(total) : sum(usage.promptTokenCount(), usage.candidatesTokenCount(),
				usage.thoughtsTokenCount(), usage.toolUsePromptTokenCount());
	}

	private static @Nullable Long sum(@Nullable Integer... counts) {
		Long sum = null;
		for (Integer count : counts) {
			if (count != null) {
				sum = ((sum != null) ? sum : 0) + count;
			}
		}
		return sum;
	}

	private @Nullable TokenCorrection correction(List<GeminiLimitScope> scopes) {
		// The scope of the model comes last and is preferred: its calls are more alike
		// than those of a connection.
		for (int i = scopes.size() - 1; i >= 0; i--) {
			if (scopes.get(i).limit().tokensPerMinute() != null) {
				return this.corrections.computeIfAbsent(scopes.get(i), (scope) -> new TokenCorrection());
			}
		}
		return null;
	}

	private List<GeminiLimitScope> scopes(String connection, @Nullable String model) {
		List<GeminiLimitScope> scopes = new ArrayList<>(2);
		GeminiLimitScope connectionScope = connection(connection);
		if (connectionScope.limit().isLimited()) {
			scopes.add(connectionScope);
		}
		GeminiLimitScope modelScope = (model != null) ? this.models.get(model) : null;
		if (modelScope != null) {
			scopes.add(modelScope);
		}
		return scopes;
	}

	private GeminiLimitScope connection(String name) {
		return this.connections.computeIfAbsent(name,
				(key) -> new GeminiLimitScope(GeminiLimitScope.Type.CONNECTION, key,
						this.settings.connections()
							.getOrDefault(key, GeminiLimit.NONE)
							.withDefaults(this.settings.defaults())));
	}

	@Override
	public void onRetry(GeminiRetryEvent event) {
		List<GeminiLimitScope> scopes = (event.model() != null) ? scopes(event.connection(), event.model()) : List.of();
		if (!scopes.isEmpty()) {
			this.admission.count(new GeminiLimitPermit(this.idPrefix + this.calls.incrementAndGet(), scopes, 0));
		}
	}

	/**
	 * Return the use of each limit by this instance of the application.
	 * @return the use of the connections and models that have limits
	 */
	public List<GeminiLimitUsage> getUsage() {
		List<GeminiLimitScope> scopes = new ArrayList<>(this.connections.values());
		scopes.addAll(this.models.values());
		return scopes.stream()
			.filter((scope) -> scope.limit().isLimited())
			.map((scope) -> this.local.usage(scope, this.queue.countWaiting(scope)))
			.toList();
	}

	/**
	 * Return whether a shared store counts the calls of several instances together.
	 * @return {@code true} if it does, even while it is not available
	 */
	public boolean isShared() {
		return this.admission.isShared();
	}

	/**
	 * Return whether the shared store decides about calls.
	 * @return {@code false} from a failure of the store until it has all calls again;
	 * {@code true} if there is no store
	 */
	public boolean isStoreAvailable() {
		return this.admission.isStoreAvailable();
	}

	/**
	 * Return the maximum time that a call waits.
	 * @return the time
	 */
	public Duration getMaxWait() {
		return this.settings.maxWait();
	}

	/**
	 * Resume the reports of running calls to the shared store after {@link #close()}.
	 * Does nothing if this filter was not closed.
	 */
	public void open() {
		this.admission.open();
	}

	/**
	 * Stop the reports of running calls to the shared store.
	 */
	@Override
	public void close() {
		this.admission.close();
	}

}
