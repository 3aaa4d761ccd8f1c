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

package com.cometapi.gemini.function;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Outcome of approving a function call.
 */
public final class GeminiFunctionDecision {

	private static final GeminiFunctionDecision ALLOW = new GeminiFunctionDecision(null, null);

	private static final GeminiFunctionDecision SUSPEND = new GeminiFunctionDecision(null, null);

	private final @Nullable Map<String, @Nullable Object> args;

	private final @Nullable String refusal;

	private GeminiFunctionDecision(@Nullable Map<String, @Nullable Object> args, @Nullable String refusal) {
		this.args = args;
		this.refusal = refusal;
	}

	@Nullable Map<String, @Nullable Object> args() {
		return this.args;
	}

	@Nullable String refusal() {
		return this.refusal;
	}

	boolean isSuspension() {
		return this == SUSPEND;
	}

	@Override
	public String toString() {
		if (this.refusal != null) {
			return "GeminiFunctionDecision[refuse]";
		}
		if (isSuspension()) {
			return "GeminiFunctionDecision[suspend]";
		}
		return (this.args != null) ? "GeminiFunctionDecision[change]" : "GeminiFunctionDecision[allow]";
	}

	/**
	 * Allow the call unchanged.
	 * @return the decision
	 */
	public static GeminiFunctionDecision allow() {
		return ALLOW;
	}

	/**
	 * Allow the call with other arguments, which are checked like those of the model.
	 * @param args the arguments that replace those of the model
	 * @return the decision
	 */
	public static GeminiFunctionDecision allow(Map<String, ? extends @Nullable Object> args) {
		Assert.notNull(args, "'args' must not be null");
		return new GeminiFunctionDecision(JsonValues.copy(args), null);
	}

	/**
	 * Refuse the call.
	 * @param text the text that the model receives instead of a result
	 * @return the decision
	 */
	public static GeminiFunctionDecision refuse(String text) {
		Assert.hasText(text, "'text' must not be empty");
		return new GeminiFunctionDecision(null, text);
	}

	/**
	 * End the prompt without a decision. No function of the response runs, and the
	 * response has the open calls.
	 * <p>
	 * To continue after the decision, send a function response without a value for the
	 * call. The approval of that prompt decides about the call: if it allows the call,
	 * the function runs, and then the model is called.
	 * @return the decision
	 */
	public static GeminiFunctionDecision suspend() {
		return SUSPEND;
	}

}
