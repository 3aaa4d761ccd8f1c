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

import java.util.List;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

import org.springframework.util.ReflectionUtils;

/**
 * Recognizes builder methods that add one element to a collection, such as those of
 * Lombok's {@code @Singular}, which Jackson takes for members.
 */
final class SingularBuilderMethods {

	private SingularBuilderMethods() {
	}

	static boolean isSingular(BeanPropertyDefinition property, BeanDescription builder, JavaType built) {
		return !isKept(property.getInternalName(), builder.getBeanClass(), built.getRawClass())
				&& isElementOfOther(property, builder.findProperties());
	}

	// Lombok keeps the value of a member with a default in a field with a suffix.
	private static boolean isKept(String name, Class<?> builder, Class<?> built) {
		return ReflectionUtils.findField(builder, name) != null
				|| ReflectionUtils.findField(builder, name + "$value") != null
				|| ReflectionUtils.findField(built, name) != null;
	}

	private static boolean isElementOfOther(BeanPropertyDefinition property, List<BeanPropertyDefinition> all) {
		return all.stream()
			.map(BeanPropertyDefinition::getPrimaryType)
			.filter((type) -> type.isCollectionLikeType() || type.hasRawClass(Iterable.class))
			.anyMatch((type) -> type.containedTypeOrUnknown(0).equals(property.getPrimaryType()));
	}

}
