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

package com.cometapi.gemini.test.readme;

import java.math.BigDecimal;

import com.cometapi.gemini.GeminiOperations;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.cost.GeminiBudgetEvent;
import com.cometapi.gemini.error.GeminiBudgetExceededException;
import com.cometapi.gemini.prompt.PromptResult;

import org.springframework.context.event.EventListener;

/**
 * The code blocks of the page on costs.
 */
final class CostRecipes {

	private CostRecipes() {
	}

	static BigDecimal call(GeminiOperations gemini) {
		GenerateContentResponse response = gemini.prompt("Explain how AI works").call();
		BigDecimal cost = response.origin().cost();
		return cost;
	}

	static BigDecimal turn(GeminiOperations gemini) {
		PromptResult result = gemini.prompt("What is the weather in Paris?").functionNames("weather").result();
		BigDecimal cost = result.totalCost();
		return cost;
	}

	static String tenant(GeminiOperations gemini, String tenant) {
		try {
			return gemini.prompt("Explain how AI works").budgetKey("tenant", tenant).text();
		}
		catch (GeminiBudgetExceededException ex) {
			return "Your budget of " + ex.getLimit() + " is used up until " + ex.getResetAt();
		}
	}

	static String cached(GeminiOperations gemini) {
		return gemini.prompt("Explain how AI works").cacheResponse(true).text();
	}

	static class BudgetAlarm {

		@EventListener
		void onBudgetEvent(GeminiBudgetEvent event) {
			System.out.println("Budget " + event.budget().name() + " has spent " + event.spent());
		}

	}

}
