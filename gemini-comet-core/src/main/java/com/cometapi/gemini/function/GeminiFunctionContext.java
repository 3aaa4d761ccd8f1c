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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Values that a prompt passes to its functions, such as the current user or tenant. The
 * model never sees them. Immutable.
 */
public final class GeminiFunctionContext {

	/**
	 * A context without values.
	 */
	public static final GeminiFunctionContext EMPTY = new GeminiFunctionContext(Map.of());

	private final Map<String, Object> values;

	private GeminiFunctionContext(Map<String, Object> values) {
		this.values = values;
	}

	/**
	 * Return a copy with one more value.
	 * @param name the name of the value
	 * @param value the value, which replaces one with the same name
	 * @return the copy
	 */
	public GeminiFunctionContext with(String name, Object value) {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(value, "'value' must not be null");
		Map<String, Object> copy = new LinkedHashMap<>(this.values);
		copy.put(name, value);
		return new GeminiFunctionContext(copy);
	}

	/**
	 * Return a copy with all the values of another context.
	 * @param other the other context, whose values replace those with the same name
	 * @return the copy
	 */
	public GeminiFunctionContext with(GeminiFunctionContext other) {
		Map<String, Object> copy = new LinkedHashMap<>(this.values);
		copy.putAll(other.values);
		return new GeminiFunctionContext(copy);
	}

	/**
	 * Return a value.
	 * @param name the name of the value
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value, or {@code null} if there is none of that name
	 * @throws ClassCastException if the value is of another type
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(String name, Class<T> type) {
		Object value = this.values.get(name);
		return (value != null) ? (T) ClassUtils.resolvePrimitiveIfNecessary(type).cast(value) : null;
	}

	/**
	 * Return a required value.
	 * @param name the name of the value
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws IllegalStateException if there is none of that name
	 * @throws ClassCastException if the value is of another type
	 */
	public <T> T getRequired(String name, Class<T> type) {
		T value = get(name, type);
		Assert.state(value != null, () -> "The function context has no value named '%s'".formatted(name));
		return value;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof GeminiFunctionContext context && this.values.equals(context.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	// The values may be secrets.
	@Override
	public String toString() {
		return "GeminiFunctionContext" + this.values.keySet();
	}

	/**
	 * Return a context with one value.
	 * @param name the name of the value
	 * @param value the value
	 * @return the context
	 */
	public static GeminiFunctionContext of(String name, Object value) {
		return EMPTY.with(name, value);
	}

	/**
	 * Return a context with values.
	 * @param values the values by name
	 * @return the context
	 */
	public static GeminiFunctionContext of(Map<String, ?> values) {
		return new GeminiFunctionContext(Map.copyOf(values));
	}

}
