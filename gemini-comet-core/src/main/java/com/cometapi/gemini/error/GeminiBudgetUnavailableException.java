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

package com.cometapi.gemini.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call is refused because the store of its budget does not respond. Nothing
 * was sent.
 */
public final class GeminiBudgetUnavailableException extends GeminiException {

	private final String budget;

	/**
	 * Create an exception.
	 * @param message the message
	 * @param budget the name of the budget
	 * @param cause the failure of the store, or {@code null} for none
	 */
	public GeminiBudgetUnavailableException(String message, String budget, @Nullable Throwable cause) {
		super(GeminiFailureCode.BUSY, message, true, cause);
		this.budget = budget;
	}

	/**
	 * Return the name of the budget.
	 * @return the name
	 */
	public String getBudget() {
		return this.budget;
	}

}
