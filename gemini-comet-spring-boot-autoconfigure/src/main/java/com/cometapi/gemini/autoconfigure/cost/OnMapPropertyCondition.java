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

package com.cometapi.gemini.autoconfigure.cost;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * {@link SpringBootCondition} that matches if a map of properties has entries.
 */
abstract class OnMapPropertyCondition extends SpringBootCondition {

	private final String name;

	OnMapPropertyCondition(String name) {
		this.name = name;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean found = !Binder.get(context.getEnvironment())
			.bind(this.name, Bindable.mapOf(String.class, Object.class))
			.orElseGet(Map::of)
			.isEmpty();
		return new ConditionOutcome(found, ConditionMessage.forCondition("Gemini properties")
			.because((found) ? "found '%s'".formatted(this.name) : "did not find '%s'".formatted(this.name)));
	}

	/**
	 * Matches if there are prices.
	 */
	static class OnPrices extends OnMapPropertyCondition {

		OnPrices() {
			super("cometapi.gemini.prices");
		}

	}

	/**
	 * Matches if there are budgets.
	 */
	static class OnBudgets extends OnMapPropertyCondition {

		OnBudgets() {
			super("cometapi.gemini.budgets");
		}

	}

}
