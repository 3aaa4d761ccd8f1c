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
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Registers reflection hints for the annotated functions of beans: the methods with their
 * parameter and return types.
 */
class FunctionBeanAotProcessor implements BeanRegistrationAotProcessor {

	private static final BindingReflectionHintsRegistrar BINDING = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Set<Method> methods = GeminiFunctions.selectMethods(ClassUtils.getUserClass(registeredBean.getBeanClass()));
		if (methods.isEmpty()) {
			return null;
		}
		return (context, code) -> {
			ReflectionHints hints = context.getRuntimeHints().reflection();
			methods.forEach((method) -> registerMethod(hints, method));
		};
	}

	private static void registerMethod(ReflectionHints hints, Method method) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		// The method that Kotlin generates for parameters with default values
		Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(method.getName() + "$default"))
			.forEach((candidate) -> hints.registerMethod(candidate, ExecutableMode.INVOKE));
		BINDING.registerReflectionHints(hints,
				Stream
					.concat(Arrays.stream(method.getGenericParameterTypes()), Stream.of(method.getGenericReturnType()))
					.filter((type) -> type != GeminiFunctionContext.class && type != void.class)
					.map((type) -> isContinuation(type) ? resultOf((ParameterizedType) type) : type)
					.toArray(Type[]::new));
	}

	// The last parameter of a suspending Kotlin function, with the type of its result
	private static boolean isContinuation(Type type) {
		return type instanceof ParameterizedType parameterized
				&& parameterized.getRawType().getTypeName().equals("kotlin.coroutines.Continuation");
	}

	private static Type resultOf(ParameterizedType continuation) {
		Type result = continuation.getActualTypeArguments()[0];
		return (result instanceof WildcardType wildcard && wildcard.getLowerBounds().length > 0)
				? wildcard.getLowerBounds()[0] : result;
	}

}
