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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import kotlin.Unit;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.reflect.KClass;
import kotlin.reflect.KFunction;
import kotlin.reflect.KParameter;
import kotlin.reflect.full.KClasses;
import kotlin.reflect.jvm.KCallablesJvm;
import kotlin.reflect.jvm.ReflectJvmMapping;
import org.jspecify.annotations.Nullable;

import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * A method written in Kotlin that suspends or has parameters with default values. It is
 * called through Kotlin's reflection, which supplies them.
 */
final class KotlinFunction {

	private static final String COROUTINES = "kotlinx.coroutines.reactor.MonoKt";

	private final Method method;

	private final KFunction<?> function;

	private final List<KParameter> values;

	private KotlinFunction(Method method, KFunction<?> function) {
		this.method = method;
		this.function = function;
		this.values = valuesOf(function);
	}

	/**
	 * Find the Kotlin function behind a method.
	 * @param method the method
	 * @return the function, or {@code null} if the method can be called like a Java
	 * method, or {@code kotlin-reflect} is not present
	 */
	static @Nullable KotlinFunction find(Method method) {
		KFunction<?> function = reflect(method);
		return (function != null
				&& (function.isSuspend() || function.getParameters().stream().anyMatch(KParameter::isOptional)))
						? new KotlinFunction(method, function) : null;
	}

	private static @Nullable KFunction<?> reflect(Method method) {
		return (KotlinDetector.isKotlinReflectPresent() && KotlinDetector.isKotlinType(method.getDeclaringClass()))
				? ReflectJvmMapping.getKotlinFunction(method) : null;
	}

	/**
	 * Return the name of a method in its source. Kotlin adds a suffix to methods that
	 * take a value class or are internal.
	 * @param method the method
	 * @return the name, that of the method if {@code kotlin-reflect} is not present
	 */
	static String nameOf(Method method) {
		KFunction<?> function = reflect(method);
		return (function != null) ? function.getName() : method.getName();
	}

	private static List<KParameter> valuesOf(KFunction<?> function) {
		return function.getParameters()
			.stream()
			.filter((parameter) -> parameter.getKind() != KParameter.Kind.INSTANCE)
			.toList();
	}

	/**
	 * Return the number of parameters that a caller gives values for.
	 * @param method the method
	 * @return all parameters but the continuation of a suspending function
	 */
	static int valueCount(Method method) {
		if (!KotlinDetector.isSuspendingFunction(method)) {
			return method.getParameterCount();
		}
		Assert.isTrue(
				KotlinDetector.isKotlinReflectPresent()
						&& ClassUtils.isPresent(COROUTINES, KotlinFunction.class.getClassLoader()),
				() -> ("%s cannot be a function: it suspends, which needs kotlin-reflect and kotlinx-coroutines-reactor")
					.formatted(method));
		return method.getParameterCount() - 1;
	}

	boolean hasDefault(int index) {
		return this.values.get(index).isOptional();
	}

	/**
	 * Call the function.
	 * @param bean the bean to call it on
	 * @param arguments the arguments, {@code null} for a default value
	 * @return the result, a publisher if the function suspends
	 */
	@Nullable Object call(Object bean, @Nullable Object[] arguments) {
		if (this.function.isSuspend()) {
			return CoroutinesUtils.invokeSuspendingFunction(this.method, bean, arguments);
		}
		Map<KParameter, @Nullable Object> given = new HashMap<>();
		this.function.getParameters()
			.stream()
			.filter((parameter) -> parameter.getKind() == KParameter.Kind.INSTANCE)
			.forEach((parameter) -> given.put(parameter, bean));
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i] != null || !hasDefault(i)) {
				given.put(this.values.get(i), ValueClasses.box(this.values.get(i), arguments[i]));
			}
		}
		Object result = this.function.callBy(given);
		return (result != Unit.INSTANCE) ? result : null;
	}

	/**
	 * Creates objects of value classes. A class of its own, since a JVM without
	 * {@code kotlin-reflect} must be able to verify the enclosing one.
	 */
	private static final class ValueClasses {

		// The method takes the value that a value class holds, the Kotlin function an
		// object of the class.
		static @Nullable Object box(KParameter parameter, @Nullable Object value) {
			if (value == null || !(parameter.getType().getClassifier() instanceof KClass<?> type)
					|| !KotlinDetector.isInlineClass(JvmClassMappingKt.getJavaClass(type)) || type.isInstance(value)) {
				return value;
			}
			KFunction<?> constructor = KClasses.getPrimaryConstructor(type);
			Assert.state(constructor != null, () -> type + " has no constructor");
			KCallablesJvm.setAccessible(constructor, true);
			return constructor.call(box(constructor.getParameters().get(0), value));
		}

	}

}
