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

import java.lang.reflect.Type;
import java.util.function.BiFunction;

import com.cometapi.gemini.api.FunctionDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * A function that takes one object.
 *
 * @param <I> the type of the object, {@link Void} for a function without arguments
 */
final class TypedFunctionCallback<I> implements GeminiFunctionCallback {

	private final String name;

	private final @Nullable String description;

	private final Type inputType;

	private final BiFunction<? super I, GeminiFunctionContext, ? extends @Nullable Object> function;

	private final boolean blocking;

	private volatile @Nullable Declared declared;

	TypedFunctionCallback(String name, @Nullable String description, Type inputType,
			BiFunction<? super I, GeminiFunctionContext, ? extends @Nullable Object> function) {
		this(name, description, inputType, function, true);
	}

	TypedFunctionCallback(String name, @Nullable String description, Type inputType,
			BiFunction<? super I, GeminiFunctionContext, ? extends @Nullable Object> function, boolean blocking) {
		this.name = FunctionNames.check(name);
		this.description = description;
		this.inputType = inputType;
		this.function = function;
		this.blocking = blocking;
	}

	@Override
	public FunctionDeclaration declaration(GeminiFunctionTypes types) {
		Declared declared = this.declared;
		if (declared == null || declared.types() != types) {
			declared = new Declared(types, types.declare(this.name, this.description, this.inputType));
			this.declared = declared;
		}
		return declared.declaration();
	}

	@Override
	public Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types) {
		I input = types.read(call.args(), this.inputType);
		return () -> this.function.apply(input, call.context());
	}

	@Override
	public boolean isBlocking() {
		return this.blocking;
	}

	@Override
	public String toString() {
		return "GeminiFunctionCallback[" + this.name + "]";
	}

	private record Declared(GeminiFunctionTypes types, FunctionDeclaration declaration) {

	}

}
