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

/**
 * Prices, costs and budgets. {@link com.cometapi.gemini.cost.GeminiCostFilter
 * GeminiCostFilter} adds the cost to responses by the
 * {@link com.cometapi.gemini.cost.GeminiPrices GeminiPrices} of the application;
 * {@link com.cometapi.gemini.cost.GeminiBudgetFilter GeminiBudgetFilter} reserves the
 * estimated cost of a call in its budgets and corrects it afterwards. Start reading at
 * {@code BudgetedCall}, which does so for one call. Uses the {@code client} package and
 * those below it.
 */
@NullMarked
package com.cometapi.gemini.cost;

import org.jspecify.annotations.NullMarked;
