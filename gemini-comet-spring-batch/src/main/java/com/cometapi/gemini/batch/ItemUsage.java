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

package com.cometapi.gemini.batch;

import java.math.BigDecimal;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.prompt.PromptResult;
import com.cometapi.gemini.prompt.PromptTurn;
import com.cometapi.gemini.prompt.TurnAdvisor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Adds up the usage and the cost of the turns of one item, failed ones included.
 */
final class ItemUsage implements TurnAdvisor {

	private @Nullable UsageMetadata usage;

	private @Nullable BigDecimal cost;

	private volatile boolean hasResponse;

	@Override
	public Flux<GenerateContentResponse> advise(PromptTurn turn, Next next) {
		return next.proceed(turn).doOnNext((event) -> this.hasResponse = true).doOnTerminate(() -> add(turn.result()));
	}

	/**
	 * Return whether a response or a part of one has arrived, which is billed even if it
	 * does not report its usage.
	 * @return {@code false} if the prompt may be sent again
	 */
	boolean hasResponse() {
		return this.hasResponse;
	}

	private synchronized void add(PromptResult result) {
		this.usage = UsageMetadata.sum(this.usage, result.totalUsage());
		BigDecimal cost = result.totalCost();
		if (cost != null) {
			this.cost = (this.cost != null) ? this.cost.add(cost) : cost;
		}
	}

	synchronized @Nullable UsageMetadata usage() {
		return this.usage;
	}

	synchronized @Nullable BigDecimal cost() {
		return this.cost;
	}

}
