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
import java.time.Instant;

/**
 * Event of a budget that is used up.
 *
 * @param budget the budget
 * @param key the key, empty for calls without a key
 * @param limit the limit of the key
 * @param spent the amount that is spent or reserved
 * @param resetAt the time at which the budget starts again
 * @param refused whether a call was refused; otherwise it is the first event of its
 * period
 */
public record GeminiBudgetEvent(GeminiBudget budget, String key, BigDecimal limit, BigDecimal spent, Instant resetAt,
		boolean refused) {

}
