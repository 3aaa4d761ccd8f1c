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
import java.util.List;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.ChargeableAttempts;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.TokenEstimates;
import com.cometapi.gemini.error.GeminiError;
import com.cometapi.gemini.error.GeminiInvalidRequestException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One call that is charged to budgets: reserves the estimate, runs the call and settles
 * its charge. Used for one subscription.
 */
final class BudgetedCall {

	private final List<BudgetCharge> charges;

	private final @Nullable ModelPrice price;

	private final String model;

	private final long estimate;

	private final ChargeableAttempts attempts = new ChargeableAttempts();

	// Shared with the thread that cancels.
	private volatile boolean ended;

	private volatile boolean billed;

	private volatile @Nullable BigDecimal cost;

	BudgetedCall(BudgetSettings settings, GeminiExchange exchange) {
		this.charges = settings.budgets()
			.stream()
			.map((budget) -> new BudgetCharge(settings, budget, exchange.options().budgetKeys()))
			.toList();
		this.model = exchange.model();
		this.price = settings.prices().find(exchange.connection(), exchange.model());
		this.estimate = (this.price != null)
				? estimate(this.price, exchange.request(), settings.estimatedOutputTokens()) : 0;
	}

	private static long estimate(ModelPrice price, GenerateContentRequest request, int outputTokens) {
		GenerationConfig config = request.generationConfig();
		Integer maxOutputTokens = (config != null) ? config.maxOutputTokens() : null;
		Integer candidates = (config != null) ? config.candidateCount() : null;
		long output = (maxOutputTokens != null) ? Math.min(Math.max(maxOutputTokens, 0), outputTokens) : outputTokens;
		return GeminiBudget.toBillionths(price.estimate(TokenEstimates.of(request),
				output * ((candidates != null) ? Math.max(candidates, 1) : 1)));
	}

	/**
	 * Run the call.
	 * @param call the call
	 * @return its events, or the exception of a budget that refuses it
	 */
	Flux<GenerateContentResponse> run(Flux<GenerateContentResponse> call) {
		return reserve().thenMany(this.attempts.countIn(call))
			.doOnNext(this::observe)
			.concatWith(Mono.defer(() -> settle(charge(true))).then(Mono.empty()))
			.onErrorResume((ex) -> settle(charge(this.ended)).then(Mono.error(ex)))
			.doOnCancel(() -> settle(charge(this.ended)).subscribe());
	}

	private Mono<Void> reserve() {
		List<BudgetCharge> refusing = this.charges.stream().filter(BudgetCharge::isRefusing).toList();
		if (!refusing.isEmpty() && this.price == null) {
			return Mono.error(() -> new GeminiInvalidRequestException(
					("The model '%s' has no price, so that the budget '%s' cannot be checked. "
							+ "Set 'cometapi.gemini.prices.[%s].input' and '.output'")
						.formatted(this.model, refusing.get(0).budgetName(), this.model),
					GeminiError.NONE, null));
		}
		return Flux.fromIterable(refusing).concatMap((charge) -> charge.reserve(this.estimate)).then();
	}

	private void observe(GenerateContentResponse event) {
		ResponseOrigin origin = event.origin();
		if (origin != null && origin.kind() == ResponseOrigin.Kind.MODEL) {
			this.billed = true;
			if (origin.cost() != null) {
				this.cost = origin.cost();
			}
		}
		if (event.finishReason() != null || event.isPromptBlocked()) {
			this.ended = true;
		}
	}

	private long charge(boolean complete) {
		if (!this.billed && this.attempts.isEmpty()) {
			return 0;
		}
		BigDecimal cost = this.cost;
		long known = (cost != null) ? GeminiBudget.toBillionths(cost) : this.estimate;
		return (complete) ? known : Math.max(known, this.estimate);
	}

	private Mono<Void> settle(long charge) {
		return Flux.fromIterable(this.charges).flatMap((budget) -> budget.settle(charge)).then();
	}

}
