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
import kotlin.reflect.KCallable;
import kotlin.reflect.KClass;
import kotlin.reflect.KParameter;
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

	private final KCallable<?> callable;

	private final List<KParameter> values;

	private KotlinFunction(Method method, KCallable<?> callable) {
		this.method = method;
		this.callable = callable;
		this.values = valuesOf(callable);
	}

	/**
	 * Find the Kotlin function behind a method.
	 * @param method the method
	 * @return the function, or {@code null} if the method can be called like a Java
	 * method, or {@code kotlin-reflect} is not present
	 */
	static @Nullable KotlinFunction find(Method method) {
		if (!KotlinDetector.isKotlinReflectPresent() || !KotlinDetector.isKotlinType(method.getDeclaringClass())) {
			return null;
		}
		return JvmClassMappingKt.getKotlinClass(method.getDeclaringClass())
			.getMembers()
			.stream()
			.filter((member) -> member.getName().equals(method.getName()) && isSame(valuesOf(member), method))
			.filter((member) -> member.isSuspend() || member.getParameters().stream().anyMatch(KParameter::isOptional))
			.findFirst()
			.map((member) -> new KotlinFunction(method, member))
			.orElse(null);
	}

	private static List<KParameter> valuesOf(KCallable<?> callable) {
		return callable.getParameters()
			.stream()
			.filter((parameter) -> parameter.getKind() != KParameter.Kind.INSTANCE)
			.toList();
	}

	private static boolean isSame(List<KParameter> parameters, Method method) {
		Class<?>[] types = method.getParameterTypes();
		int count = valueCount(method);
		boolean same = parameters.size() == count;
		for (int i = 0; same && i < count; i++) {
			same = !(parameters.get(i).getType().getClassifier() instanceof KClass<?> type)
					|| ClassUtils.resolvePrimitiveIfNecessary(types[i]) == JvmClassMappingKt.getJavaObjectType(type);
		}
		return same;
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
		if (this.callable.isSuspend()) {
			return CoroutinesUtils.invokeSuspendingFunction(this.method, bean, arguments);
		}
		Map<KParameter, @Nullable Object> given = new HashMap<>();
		this.callable.getParameters()
			.stream()
			.filter((parameter) -> parameter.getKind() == KParameter.Kind.INSTANCE)
			.forEach((parameter) -> given.put(parameter, bean));
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i] != null || !hasDefault(i)) {
				given.put(this.values.get(i), arguments[i]);
			}
		}
		Object result = this.callable.callBy(given);
		return (result != Unit.INSTANCE) ? result : null;
	}

}
