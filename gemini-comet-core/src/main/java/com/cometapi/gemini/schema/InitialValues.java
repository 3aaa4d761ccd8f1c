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

package com.cometapi.gemini.schema;

import java.lang.reflect.Field;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.util.ClassUtil;

import org.springframework.util.ReflectionUtils;

/**
 * Finds the members of a bean or a builder that have an initial value. Zero and
 * {@code false} of primitive types, which a member without an initial value has as well,
 * and {@code null} do not count.
 */
final class InitialValues {

	/**
	 * Name suffix of the field in which Lombok's builders note that a member with a
	 * default value was set.
	 */
	private static final String LOMBOK_SET = "$set";

	private final @Nullable Object instance;

	private InitialValues(@Nullable Object instance) {
		this.instance = instance;
	}

	static InitialValues of(ValueInstantiator instantiator, DeserializationContext context) {
		try {
			if (instantiator.canCreateUsingDefault()) {
				return new InitialValues(instantiator.createUsingDefault(context));
			}
			if (instantiator.canCreateFromObjectWith()) {
				SettableBeanProperty[] arguments = instantiator.getFromObjectArguments(context.getConfig());
				return new InitialValues(instantiator.createFromObjectWith(context,
						Arrays.stream(arguments)
							.map((argument) -> ClassUtil.defaultValue(argument.getType().getRawClass()))
							.toArray()));
			}
		}
		catch (RuntimeException ex) {
			// A constructor may refuse to be called without values.
		}
		return new InitialValues(null);
	}

	boolean contains(BeanPropertyDefinition property) {
		if (this.instance == null) {
			return false;
		}
		String name = property.getInternalName();
		if (find(name + LOMBOK_SET) != null) {
			return true;
		}
		Field field = find(name);
		try {
			Object value = (field != null) ? read(field) : readAccessor(property);
			Class<?> type = (field != null) ? field.getType() : property.getRawPrimaryType();
			return value != null && !value.equals(ClassUtil.defaultValue(type));
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private @Nullable Field find(String name) {
		return (this.instance != null) ? ReflectionUtils.findField(this.instance.getClass(), name) : null;
	}

	private @Nullable Object read(Field field) {
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, this.instance);
	}

	private @Nullable Object readAccessor(BeanPropertyDefinition property) {
		if (!property.hasGetter()) {
			return null;
		}
		ReflectionUtils.makeAccessible(property.getGetter().getAnnotated());
		return ReflectionUtils.invokeMethod(property.getGetter().getAnnotated(), this.instance);
	}

}
