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

package com.cometapi.gemini.fallback;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.client.ModelId;
import com.cometapi.gemini.fallback.GeminiFallbackSettings.FirstChoice;
import com.cometapi.gemini.prompt.ModelAdapter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.Ordered;
import org.springframework.util.Assert;

/**
 * Sends a call that has failed for a {@link GeminiFallbackReason} to another model or
 * connection. This happens when its retries are used up, and only if the caller has not
 * received a part of the response. Its order is {@value #ORDER}.
 *
 * <p>
 * The fallbacks are tried in their order, each at most once. The request is
 * {@linkplain ModelAdapter adapted} to the model that is called. Models whose circuit
 * breaker is open after earlier failures are skipped. If all fail, the caller gets the
 * first failure, with the others as suppressed exceptions.
 *
 * <p>
 * A call that was made on a named connection, or with an API key of its own, only falls
 * back to other models of the same connection: another connection would send the prompts
 * of one tenant with the key of another. Headers of a call are not sent to another
 * connection. A request with cached content has no fallback: the content belongs to its
 * model and account.
 */
public final class GeminiFallbackExchangeFilter implements GeminiExchangeFilter, Ordered {

	/**
	 * Order of this filter: outside the rate limits, inside budgets and caches.
	 */
	public static final int ORDER = -200;

	private final GeminiFallbackSettings settings;

	private final ModelAdapter adapter;

	private final CircuitBreakers breakers;

	private final List<GeminiFallbackListener> listeners;

	/**
	 * Create a filter.
	 * @param settings the settings
	 * @param adapter adapts requests to the fallbacks
	 * @param breakers creates the circuit breakers, or {@code null} for none
	 * @param listeners the listeners, told before each call to a fallback
	 */
	public GeminiFallbackExchangeFilter(GeminiFallbackSettings settings, ModelAdapter adapter,
			GeminiCircuitBreaker.@Nullable Factory breakers, List<GeminiFallbackListener> listeners) {
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(adapter, "'adapter' must not be null");
		this.settings = settings;
		this.adapter = adapter;
		this.breakers = new CircuitBreakers(breakers);
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		List<ConnectionModel> models = models(exchange);
		ConnectionModel own = new ConnectionModel(exchange.connection(), exchange.model());
		return (models.equals(List.of(own))) ? next.exchange(exchange) : Flux.defer(() -> new FallbackCall(exchange,
				models, this.settings.reasons(), this.adapter, this.breakers, this.listeners, next)
			.events());
	}

	/**
	 * Return the circuits of the models that were called.
	 * @return the circuits by connection and model, empty without circuit breakers
	 */
	public List<GeminiCircuit> getCircuits() {
		return this.breakers.circuits();
	}

	// The models to try, in order.
	private List<ConnectionModel> models(GeminiExchange exchange) {
		ConnectionModel own = new ConnectionModel(exchange.connection(), exchange.model());
		if (exchange.request().cachedContent() != null) {
			return List.of(own);
		}
		Set<ConnectionModel> models = new LinkedHashSet<>();
		List<FirstChoice> firstChoices = new ArrayList<>(firstChoices(exchange));
		while (!firstChoices.isEmpty()) {
			models.add(toConnectionModel(firstChoices.remove(draw(firstChoices)).target(), exchange));
		}
		if (models.isEmpty()) {
			models.add(own);
		}
		for (GeminiFallbackTarget fallback : this.settings.fallbacks()) {
			if (isAllowed(fallback, exchange)) {
				models.add(toConnectionModel(fallback, exchange));
			}
		}
		return List.copyOf(models);
	}

	private List<FirstChoice> firstChoices(GeminiExchange exchange) {
		List<FirstChoice> all = this.settings.firstChoices();
		boolean isShared = exchange.connection().equals(GeminiExchange.DEFAULT_CONNECTION)
				&& (exchange.model().equals(this.settings.defaultModel())
						|| all.stream().allMatch((choice) -> choice.target().model() == null));
		return (isShared) ? all.stream().filter((choice) -> isAllowed(choice.target(), exchange)).toList() : List.of();
	}

	private static int draw(List<FirstChoice> firstChoices) {
		int sum = firstChoices.stream().mapToInt(FirstChoice::weight).sum();
		int drawn = ThreadLocalRandom.current().nextInt(sum);
		int index = 0;
		while (drawn >= firstChoices.get(index).weight()) {
			drawn -= firstChoices.get(index++).weight();
		}
		return index;
	}

	private static boolean isAllowed(GeminiFallbackTarget target, GeminiExchange exchange) {
		boolean mayLeave = exchange.connection().equals(GeminiExchange.DEFAULT_CONNECTION)
				&& exchange.options().apiKey() == null;
		return mayLeave || target.connection() == null || target.connection().equals(exchange.connection());
	}

	private static ConnectionModel toConnectionModel(GeminiFallbackTarget target, GeminiExchange exchange) {
		return new ConnectionModel((target.connection() != null) ? target.connection() : exchange.connection(),
				(target.model() != null) ? ModelId.normalize(target.model()) : exchange.model());
	}

}
