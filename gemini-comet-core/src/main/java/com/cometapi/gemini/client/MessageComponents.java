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
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;

/**
 * Record components of a message, the last of which holds the members that this version
 * does not know.
 */
final class MessageComponents {

	private static final String ADDITIONAL = "additional";

	private final Constructor<?> constructor;

	private final Type[] types;

	private final Map<String, Integer> indexes;

	private MessageComponents(Constructor<?> constructor, Type[] types, Map<String, Integer> indexes) {
		this.constructor = constructor;
		this.types = types;
		this.indexes = indexes;
	}

	/**
	 * Return the number of members.
	 * @return the number
	 */
	int count() {
		return this.types.length;
	}

	/**
	 * Return the index of a member.
	 * @param name the name of the member
	 * @return the index, or {@code null} if this version does not know the member
	 */
	@Nullable Integer indexOf(String name) {
		return this.indexes.get(name);
	}

	/**
	 * Return the type of a member.
	 * @param index the index of the member
	 * @return the type
	 */
	Type type(int index) {
		return this.types[index];
	}

	/**
	 * Create a message.
	 * @param values the values of the members that are known, {@code null} for the others
	 * @param additional the members that are not
	 * @return the message
	 */
	Object create(@Nullable Object[] values, Map<String, @Nullable Object> additional) {
		values[this.types.length - 1] = additional;
		return BeanUtils.instantiateClass(this.constructor, values);
	}

	/**
	 * Return whether messages of a type keep unknown members.
	 * @param type the type
	 * @return {@code true} if they do
	 */
	static boolean hasAdditional(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		return components != null && components.length > 0
				&& components[components.length - 1].getName().equals(ADDITIONAL);
	}

	/**
	 * Find the members of a type.
	 * @param type the type, which keeps unknown members
	 * @return its members
	 */
	static MessageComponents of(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Type[] types = new Type[components.length];
		Map<String, Integer> indexes = new HashMap<>();
		for (int i = 0; i < components.length; i++) {
			types[i] = components[i].getGenericType();
			if (!components[i].getAccessor().isAnnotationPresent(JsonIgnore.class)) {
				indexes.put(components[i].getName(), i);
			}
		}
		indexes.remove(ADDITIONAL);
		return new MessageComponents(BeanUtils.getResolvableConstructor(type), types, indexes);
	}

}
