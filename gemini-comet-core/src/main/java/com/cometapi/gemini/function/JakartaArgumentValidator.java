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

import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;

/**
 * Checks arguments with Jakarta Validation, objects also where no {@code @Valid} asks for
 * it.
 */
final class JakartaArgumentValidator implements ArgumentValidator {

	private final Validator validator;

	JakartaArgumentValidator(Validator validator) {
		this.validator = validator;
	}

	@Override
	public Set<String> validate(Object input) {
		Set<String> texts = new TreeSet<>();
		if (isConstrained(input)) {
			this.validator.validate(input)
				.forEach((violation) -> texts.add(violation.getPropertyPath() + " " + violation.getMessage()));
		}
		return texts;
	}

	@Override
	public Set<String> validate(Object bean, Method method, @Nullable Object[] arguments, List<String> names) {
		Set<String> texts = new TreeSet<>();
		for (ConstraintViolation<Object> violation : this.validator.forExecutables()
			.validateParameters(bean, method, arguments)) {
			texts.add(path(violation.getPropertyPath(), names) + " " + violation.getMessage());
		}
		for (int i = 0; i < arguments.length; i++) {
			Object argument = arguments[i];
			if (argument != null && isConstrained(argument)) {
				String name = names.get(i);
				this.validator.validate(argument)
					.forEach((violation) -> texts
						.add(name + "." + violation.getPropertyPath() + " " + violation.getMessage()));
			}
		}
		return texts;
	}

	private boolean isConstrained(Object value) {
		Class<?> type = value.getClass();
		return !BeanUtils.isSimpleValueType(type) && !type.getName().startsWith("java.")
				&& this.validator.getConstraintsForClass(type).isBeanConstrained();
	}

	private static String path(Path path, List<String> names) {
		Iterator<Path.Node> nodes = path.iterator();
		StringBuilder text = new StringBuilder();
		while (nodes.hasNext()) {
			Path.Node node = nodes.next();
			switch (node.getKind()) {
				case METHOD -> {
				}
				case PARAMETER -> text.append(names.get(node.as(Path.ParameterNode.class).getParameterIndex()));
				default -> text.append(place(node));
			}
		}
		return text.toString();
	}

	private static String place(Path.Node node) {
		Object element = (node.getIndex() != null) ? node.getIndex() : node.getKey();
		String place = (node.isInIterable() && element != null) ? "[" + element + "]" : "";
		return (node.getKind() != ElementKind.CONTAINER_ELEMENT) ? place + "." + node.getName() : place;
	}

}
