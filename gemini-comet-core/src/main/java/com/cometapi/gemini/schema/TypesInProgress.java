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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

import org.springframework.util.ClassUtils;

/**
 * Tracks the nested types whose definition is in progress, and rejects infinite types.
 */
final class TypesInProgress {

	/**
	 * Maximum number of times that a type contains itself; beyond it, the type would grow
	 * without end.
	 */
	private static final int MAX_NESTING = 16;

	private final TypeDefinitions types;

	private final Deque<Class<?>> objects = new ArrayDeque<>();

	private Deque<JavaType> inline = new ArrayDeque<>();

	TypesInProgress(TypeDefinitions types) {
		this.types = types;
	}

	/**
	 * Define a type in place each time that it occurs, such as a list.
	 * @param type the type
	 * @param definition defines it
	 * @param <T> the type of the definition
	 * @return the definition
	 */
	<T> T defineInline(JavaType type, Supplier<T> definition) {
		if (this.inline.contains(type)) {
			throw this.types.reject(type, "holds itself: use a record with a list or a map of its kind");
		}
		checkNesting(type, this.inline.stream().filter((open) -> open.hasRawClass(type.getRawClass())).count());
		this.inline.push(type);
		try {
			return definition.get();
		}
		finally {
			this.inline.pop();
		}
	}

	/**
	 * Define a type that is referenced by name, so that it may contain the types around
	 * it again.
	 * @param type the type
	 * @param definition defines it
	 * @param <T> the type of the definition
	 * @return the definition
	 */
	<T> T defineObject(JavaType type, Supplier<T> definition) {
		checkNesting(type, this.objects.stream().filter((open) -> open == type.getRawClass()).count());
		Deque<JavaType> outside = this.inline;
		this.inline = new ArrayDeque<>();
		this.objects.push(type.getRawClass());
		try {
			return definition.get();
		}
		finally {
			this.objects.pop();
			this.inline = outside;
		}
	}

	private void checkNesting(JavaType type, long depth) {
		if (depth > MAX_NESTING) {
			throw reject(type.getRawClass());
		}
	}

	private IllegalArgumentException reject(Class<?> type) {
		return this.types.reject(type.getName(),
				"holds itself with larger parameters each time: use the same ones, or a type without any");
	}

	/**
	 * Check that a type is finite, since Jackson follows all its members.
	 * @param type the type
	 */
	void checkEnds(JavaType type) {
		checkEnds(type, new HashSet<>(), new ArrayDeque<>());
	}

	private void checkEnds(JavaType type, Set<JavaType> seen, Deque<Class<?>> around) {
		if (!seen.add(type)) {
			return;
		}
		Class<?> raw = type.getRawClass();
		if (around.stream().filter((open) -> open == raw).count() > MAX_NESTING) {
			throw reject(raw);
		}
		around.push(raw);
		if (type.getContentType() != null) {
			checkEnds(type.getContentType(), seen, around);
		}
		else if (isObject(raw)) {
			membersOf(type).forEach((member) -> checkEnds(member, seen, around));
		}
		around.pop();
	}

	private List<JavaType> membersOf(JavaType type) {
		try {
			return this.types.reading()
				.introspectBeanDescription(type)
				.findProperties()
				.stream()
				.map(BeanPropertyDefinition::getPrimaryType)
				.toList();
		}
		catch (JacksonException ex) {
			// Irrelevant for a type without members.
			return List.of();
		}
	}

	private static boolean isObject(Class<?> type) {
		return !ClassUtils.isPrimitiveOrWrapper(type) && !type.isEnum() && !type.getName().startsWith("java.");
	}

}
