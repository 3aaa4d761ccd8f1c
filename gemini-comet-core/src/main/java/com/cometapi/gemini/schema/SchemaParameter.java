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

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A member of an object that has no Java type of its own, such as a parameter of a
 * function.
 *
 * @param name the name of the member
 * @param type the type of its values
 * @param description the meaning of the value, or {@code null} to take it from the
 * annotations
 * @param required whether the member must be present
 * @param annotations the element with annotations for constraints and the description, or
 * {@code null} for none
 */
public record SchemaParameter(String name, Type type, @Nullable String description, boolean required,
		@Nullable AnnotatedElement annotations) {

	/**
	 * Check the name and the type.
	 */
	public SchemaParameter {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(type, "'type' must not be null");
	}

}
