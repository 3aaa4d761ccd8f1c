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

import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Adds type information to sealed types without annotations, so that Jackson
 * distinguishes their subtypes.
 */
final class SealedTypeIntrospector extends NopAnnotationIntrospector {

	private static final String PROPERTY = "type";

	@Override
	public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
		Class<?> sealed = (annotated instanceof AnnotatedClass type) ? findSealed(type.getAnnotated()) : null;
		if (sealed == null) {
			return null;
		}
		JsonTypeInfo.As inclusion = hasEnum(sealed) ? JsonTypeInfo.As.WRAPPER_OBJECT : JsonTypeInfo.As.PROPERTY;
		return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.SIMPLE_NAME, inclusion,
				isTaken(sealed) ? "@" + PROPERTY : PROPERTY, null, false, null);
	}

	// The constants of an enum have no member to hold the name of their type.
	private static boolean hasEnum(Class<?> type) {
		Class<?>[] subtypes = type.getPermittedSubclasses();
		return type.isEnum() || (subtypes != null && Arrays.stream(subtypes).anyMatch(SealedTypeIntrospector::hasEnum));
	}

	private static @Nullable Class<?> findSealed(@Nullable Class<?> type) {
		if (type == null || type.isEnum() || type.getName().startsWith("java.")) {
			return null;
		}
		Class<?> found = type.isSealed() ? type : null;
		Class<?> above = findSealed(type.getSuperclass());
		for (Class<?> superInterface : type.getInterfaces()) {
			above = (above != null) ? above : findSealed(superInterface);
		}
		return (above != null) ? above : found;
	}

	private static boolean isTaken(Class<?> type) {
		Class<?>[] subtypes = type.getPermittedSubclasses();
		return Arrays.stream(type.getDeclaredFields()).anyMatch((field) -> field.getName().equals(PROPERTY))
				|| (subtypes != null && Arrays.stream(subtypes).anyMatch(SealedTypeIntrospector::isTaken));
	}

}
