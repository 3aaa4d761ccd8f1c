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

package com.cometapi.gemini.cost;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Costs of all calls since the application started, by connection and model, including
 * calls that failed or were cancelled as far as they reported their usage. Thread-safe;
 * its size is bounded.
 */
public final class GeminiCosts {

	private static final int MAX_MODELS = 500;

	private static final String OTHER = "other";

	private final Map<Key, ModelCosts> costs = new ConcurrentHashMap<>();

	/**
	 * Return the costs by connection and model.
	 * @return the costs so far, the highest first
	 */
	public List<ModelCosts> byModel() {
		return this.costs.values().stream().sorted(Comparator.comparing(ModelCosts::cost).reversed()).toList();
	}

	/**
	 * Return the cost of all calls.
	 * @return the cost so far
	 */
	public BigDecimal total() {
		return this.costs.values().stream().map(ModelCosts::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	void add(String connection, String model, @Nullable BigDecimal cost) {
		Key key = new Key(connection, model);
		if (this.costs.size() >= MAX_MODELS && !this.costs.containsKey(key)) {
			key = new Key(OTHER, OTHER);
		}
		this.costs.merge(key, ModelCosts.of(key, cost), ModelCosts::plus);
	}

	private record Key(String connection, String model) {

	}

	/**
	 * Costs of the calls to one model.
	 *
	 * @param connection the name of the connection
	 * @param model the id of the model
	 * @param cost the cost of those calls whose cost is known
	 * @param calls the number of calls
	 * @param callsWithoutCost the number of calls whose cost is not known, because the
	 * model has no price or the call did not report its usage
	 */
	public record ModelCosts(String connection, String model, BigDecimal cost, long calls, long callsWithoutCost) {

		private static ModelCosts of(Key key, @Nullable BigDecimal cost) {
			return new ModelCosts(key.connection(), key.model(), (cost != null) ? cost : BigDecimal.ZERO, 1,
					(cost != null) ? 0 : 1);
		}

		private ModelCosts plus(ModelCosts other) {
			return new ModelCosts(this.connection, this.model, this.cost.add(other.cost), this.calls + other.calls,
					this.callsWithoutCost + other.callsWithoutCost);
		}

	}

}
