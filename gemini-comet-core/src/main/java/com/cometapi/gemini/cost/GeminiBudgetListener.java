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

/**
 * Listener for budgets that are used up. Called on a thread for functions, so that it may
 * block; the call does not wait for it, and its exceptions are logged.
 */
@FunctionalInterface
public interface GeminiBudgetListener {

	/**
	 * Called once in each period when a budget with
	 * {@link GeminiBudget.OnExceeded#NOTIFY} is used up, and for each call that a budget
	 * with {@link GeminiBudget.OnExceeded#REFUSE} refuses.
	 * @param event the event
	 */
	void onExceeded(GeminiBudgetEvent event);

}
