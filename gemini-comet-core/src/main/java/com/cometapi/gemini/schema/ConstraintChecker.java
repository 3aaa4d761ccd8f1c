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

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.Assert;

/**
 * Checks values against their Jakarta Validation constraints, even where no
 * {@code @Valid} asks for it. Thread-safe.
 */
public final class ConstraintChecker {

	private final Validator validator;

	/**
	 * Create a checker.
	 * @param validator the validator to use
	 */
	public ConstraintChecker(Validator validator) {
		Assert.notNull(validator, "'validator' must not be null");
		this.validator = validator;
	}

	/**
	 * Check a value.
	 * @param value the value
	 * @return the violations in order, such as {@code price must be greater than 0}
	 */
	public List<String> check(Object value) {
		return check("", value).sorted().distinct().toList();
	}

	/**
	 * Check the arguments of a method.
	 * @param bean the object that declares the method
	 * @param method the method
	 * @param arguments the arguments
	 * @param names the names of the arguments in the messages
	 * @return the violations in order
	 */
	public List<String> checkArguments(Object bean, Method method, @Nullable Object[] arguments, List<String> names) {
		List<String> violations = new ArrayList<>();
		this.validator.forExecutables()
			.validateParameters(bean, method, arguments)
			.forEach((violation) -> violations.add(describe(path(violation.getPropertyPath(), names), violation)));
		for (int i = 0; i < arguments.length; i++) {
			Object argument = arguments[i];
			if (argument != null) {
				check(names.get(i) + ".", argument).forEach(violations::add);
			}
		}
		return violations.stream().sorted().distinct().toList();
	}

	private Stream<String> check(String prefix, Object value) {
		return (!isConstrained(value)) ? Stream.empty()
				: this.validator.validate(value)
					.stream()
					.map((violation) -> describe(prefix + violation.getPropertyPath(), violation));
	}

	private static String describe(String path, ConstraintViolation<?> violation) {
		return path.isEmpty() ? violation.getMessage() : path + " " + violation.getMessage();
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
