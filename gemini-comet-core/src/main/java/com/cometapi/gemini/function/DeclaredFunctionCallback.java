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

import java.util.function.Function;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.schema.GeminiSchemaMatcher;
import org.jspecify.annotations.Nullable;

/**
 * A function with an explicit declaration that reads its arguments itself.
 */
final class DeclaredFunctionCallback implements GeminiFunctionCallback {

	private final FunctionDeclaration declaration;

	private final @Nullable GeminiSchemaMatcher matcher;

	private final Function<GeminiFunctionCall, ? extends @Nullable Object> function;

	DeclaredFunctionCallback(FunctionDeclaration declaration,
			Function<GeminiFunctionCall, ? extends @Nullable Object> function) {
		FunctionNames.check(declaration.name());
		this.declaration = declaration;
		this.matcher = GeminiSchemaMatcher.of(declaration);
		this.function = function;
	}

	@Override
	public FunctionDeclaration declaration(GeminiFunctionTypes types) {
		return this.declaration;
	}

	@Override
	public Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types) {
		GeminiFunctionCall checked = (this.matcher != null) ? GeminiFunctionTypes.check(this.matcher, call) : call;
		return () -> this.function.apply(checked);
	}

	@Override
	public String toString() {
		return "GeminiFunctionCallback[" + this.declaration.name() + "]";
	}

}
