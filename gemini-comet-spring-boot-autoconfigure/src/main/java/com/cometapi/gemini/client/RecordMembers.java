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

package com.cometapi.gemini.client;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Adds members that a message does not know to one that was read already.
 */
final class RecordMembers {

	private static final String ADDITIONAL = "additional";

	private RecordMembers() {
	}

	/**
	 * Return whether messages of a type have a place for such members.
	 * @param type the type
	 * @return {@code true} if they have
	 */
	static boolean canAddTo(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		return components != null && components.length > 0
				&& components[components.length - 1].getName().equals(ADDITIONAL);
	}

	/**
	 * Return a copy of a message with more members.
	 * @param message the message
	 * @param members the members
	 * @return the copy
	 */
	static Object add(@Nullable Object message, Map<String, @Nullable Object> members) {
		Assert.state(message != null, "No message");
		RecordComponent[] components = message.getClass().getRecordComponents();
		Class<?>[] types = new Class<?>[components.length];
		@Nullable Object[] values = new Object[components.length];
		for (int i = 0; i < components.length; i++) {
			types[i] = components[i].getType();
			values[i] = ReflectionUtils.invokeMethod(components[i].getAccessor(), message);
		}
		Map<Object, @Nullable Object> additional = new LinkedHashMap<>();
		if (values[components.length - 1] instanceof Map<?, ?> known) {
			additional.putAll(known);
		}
		additional.putAll(members);
		values[components.length - 1] = additional;
		return BeanUtils.instantiateClass(constructor(message.getClass(), types), values);
	}

	private static Constructor<?> constructor(Class<?> type, Class<?>[] types) {
		try {
			return type.getDeclaredConstructor(types);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("No canonical constructor of " + type, ex);
		}
	}

}
