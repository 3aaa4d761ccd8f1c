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

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiExchangeFilter;
import com.cometapi.gemini.cost.GeminiCosts.ModelCosts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.Ordered;

/**
 * Counts the calls to models since the start of the application, with their errors and
 * tokens. Ordered after the fallback and before costs and limits, so that it sees each
 * connection and model that is tried. Thread-safe; the number of models is bounded.
 */
final class GeminiCallStatistics implements GeminiExchangeFilter, Ordered {

	static final int ORDER = -160;

	private static final String OTHER = "other";

	private final Map<String, Map<String, ModelCounts>> counts = new ConcurrentHashMap<>();

	private final int maxModels;

	GeminiCallStatistics(int maxModels) {
		this.maxModels = maxModels;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Flux<GenerateContentResponse> filter(GeminiExchange exchange, Next next) {
		Call call = new Call(find(exchange));
		return next.exchange(exchange)
			.doOnNext(call::add)
			.doOnComplete(() -> call.end(null, false))
			.doOnError((failure) -> call.end(failure, false))
			.doOnCancel(() -> call.end(null, true));
	}

	/**
	 * Return the counts of a connection.
	 * @param connection the name of the connection
	 * @param costs the costs of the calls to all connections
	 * @return the counts by the id of the model
	 */
	Map<String, GeminiDescriptor.ModelDescriptor> get(String connection, List<ModelCosts> costs) {
		Map<String, ModelCounts> counts = this.counts.getOrDefault(connection, Map.of());
		Map<String, BigDecimal> sums = new HashMap<>();
		costs.stream()
			.filter((model) -> model.connection().equals(connection) && model.calls() > model.callsWithoutCost())
			.forEach((model) -> sums.merge(counts.containsKey(model.model()) ? model.model() : OTHER, model.cost(),
					BigDecimal::add));
		Map<String, GeminiDescriptor.ModelDescriptor> models = new TreeMap<>();
		counts.forEach((model, count) -> models.put(model, count.describe(sums.get(model))));
		return models;
	}

	private ModelCounts find(GeminiExchange exchange) {
		Map<String, ModelCounts> models = this.counts.computeIfAbsent(exchange.connection(),
				(name) -> new ConcurrentHashMap<>());
		ModelCounts known = models.get(exchange.model());
		if (known != null) {
			return known;
		}
		return models.computeIfAbsent((models.size() < this.maxModels) ? exchange.model() : OTHER,
				(model) -> new ModelCounts());
	}

	/**
	 * Counts of one model of one connection.
	 */
	private static final class ModelCounts {

		private final LongAdder calls = new LongAdder();

		private final LongAdder cancelled = new LongAdder();

		private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

		private final LongAdder input = new LongAdder();

		private final LongAdder cached = new LongAdder();

		private final LongAdder tool = new LongAdder();

		private final LongAdder output = new LongAdder();

		private final LongAdder thinking = new LongAdder();

		void add(@Nullable UsageMetadata usage) {
			if (usage != null) {
				add(this.input, usage.promptTokenCount());
				add(this.cached, usage.cachedContentTokenCount());
				add(this.tool, usage.toolUsePromptTokenCount());
				add(this.output, usage.candidatesTokenCount());
				add(this.thinking, usage.thoughtsTokenCount());
			}
		}

		private static void add(LongAdder sum, @Nullable Integer tokens) {
			if (tokens != null) {
				sum.add(tokens);
			}
		}

		GeminiDescriptor.ModelDescriptor describe(@Nullable BigDecimal cost) {
			Map<String, Long> errors = new TreeMap<>();
			this.errors.forEach((name, count) -> errors.put(name, count.sum()));
			return new GeminiDescriptor.ModelDescriptor(this.calls.sum(), this.cancelled.sum(), errors,
					new GeminiDescriptor.TokensDescriptor(this.input.sum(), this.cached.sum(), this.tool.sum(),
							this.output.sum(), this.thinking.sum()),
					cost);
		}

	}

	/**
	 * A call that is running.
	 */
	private static final class Call {

		private final ModelCounts counts;

		// Shared with the thread that cancels.
		private volatile @Nullable UsageMetadata usage;

		private final AtomicBoolean ended = new AtomicBoolean();

		Call(ModelCounts counts) {
			this.counts = counts;
		}

		void add(GenerateContentResponse event) {
			UsageMetadata usage = event.usageMetadata();
			if (usage != null) {
				UsageMetadata earlier = this.usage;
				this.usage = (earlier != null) ? earlier.merge(usage) : usage;
			}
		}

		void end(@Nullable Throwable failure, boolean cancelled) {
			if (!this.ended.compareAndSet(false, true)) {
				return;
			}
			this.counts.calls.increment();
			if (failure != null) {
				this.counts.errors.computeIfAbsent(failure.getClass().getSimpleName(), (name) -> new LongAdder())
					.increment();
			}
			if (cancelled) {
				this.counts.cancelled.increment();
			}
			this.counts.add(this.usage);
		}

	}

}
