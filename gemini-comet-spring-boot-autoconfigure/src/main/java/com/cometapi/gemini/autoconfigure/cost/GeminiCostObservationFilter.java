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

import java.math.BigDecimal;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.cost.GeminiPrices;
import com.cometapi.gemini.cost.ModelPrice;
import com.cometapi.gemini.observation.GeminiObservationContext;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.HighCardinalityKeyNames;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import org.jspecify.annotations.Nullable;

/**
 * {@link ObservationFilter} that adds the cost of a call to its observation. Applied by
 * Spring Boot when an observation stops, before the handlers.
 */
final class GeminiCostObservationFilter implements ObservationFilter {

	private final GeminiPrices prices;

	GeminiCostObservationFilter(GeminiPrices prices) {
		this.prices = prices;
	}

	@Override
	public Observation.Context map(Observation.Context context) {
		if (context instanceof GeminiObservationContext call) {
			BigDecimal cost = costOf(call);
			if (cost != null) {
				call.setCost(cost);
				call.addHighCardinalityKeyValue(HighCardinalityKeyNames.COST.withValue(cost.toPlainString()));
			}
		}
		return context;
	}

	private @Nullable BigDecimal costOf(GeminiObservationContext call) {
		GenerateContentResponse response = call.getResponse();
		if (response == null || response.usageMetadata() == null) {
			return null;
		}
		ModelPrice price = this.prices.find(call.getConnection(), call.getModel());
		return (price != null) ? price.costOf(response.usageMetadata()) : null;
	}

}
