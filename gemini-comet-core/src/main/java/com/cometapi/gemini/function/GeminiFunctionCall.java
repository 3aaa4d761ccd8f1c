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

import com.cometapi.gemini.api.FunctionCall;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A function call of a model before it runs.
 *
 * @param name the name of the function
 * @param id the id that the model gave the call, or {@code null} for none
 * @param args the arguments, empty if there are none
 * @param context the values that the prompt passes to the functions
 * @param origin the origin of the function, or {@code null} if it is part of the
 * application
 */
public record GeminiFunctionCall(String name, @Nullable String id, Map<String, @Nullable Object> args,
		GeminiFunctionContext context, @Nullable GeminiFunctionOrigin origin) {

	/**
	 * Create a call.
	 */
	public GeminiFunctionCall {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(args, "'args' must not be null");
		Assert.notNull(context, "'context' must not be null");
	}

	/**
	 * Return a copy with other arguments.
	 * @param args the arguments
	 * @return the copy
	 */
	public GeminiFunctionCall withArgs(Map<String, ? extends @Nullable Object> args) {
		return new GeminiFunctionCall(this.name, this.id, JsonValues.copy(args), this.context, this.origin);
	}

	static GeminiFunctionCall of(FunctionCall call, GeminiFunctionContext context,
			@Nullable GeminiFunctionOrigin origin) {
		return new GeminiFunctionCall(String.valueOf(call.name()), call.id(),
				(call.args() != null) ? call.args() : Map.of(), context, origin);
	}

}
