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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import com.cometapi.gemini.api.FunctionDeclaration;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * A function backed by a bean method, invoked through the bean's proxy if it has one.
 */
final class MethodFunctionCallback implements GeminiFunctionCallback {

	private final Object bean;

	private final AnnotatedFunctionMethod function;

	private final Method method;

	private final @Nullable KotlinFunction kotlinFunction;

	MethodFunctionCallback(Object bean, AnnotatedFunctionMethod function) {
		this.bean = bean;
		this.function = function;
		this.method = AopUtils.selectInvocableMethod(function.method(), bean.getClass());
		Assert.isTrue(!AopUtils.isCglibProxy(bean) || !Modifier.isFinal(this.method.getModifiers()),
				() -> "%s cannot be a function: it is final, so that the proxy of its bean cannot intercept it"
					.formatted(this.method));
		ReflectionUtils.makeAccessible(this.method);
		this.kotlinFunction = function.kotlinFunction(this.method);
	}

	@Override
	public FunctionDeclaration declaration(GeminiFunctionTypes types) {
		return this.function.declaration();
	}

	@Override
	public Invocation prepare(GeminiFunctionCall call, GeminiFunctionTypes types) {
		Object target = AopProxyUtils.getSingletonTarget(this.bean);
		@Nullable Object[] arguments = this.function.resolve((target != null) ? target : this.bean, call, types);
		return () -> invoke(arguments);
	}

	private @Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
		try {
			return (this.kotlinFunction != null) ? this.kotlinFunction.call(this.bean, arguments)
					: this.method.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw ex;
		}
	}

	@Override
	public boolean isBlocking() {
		return this.function.isBlocking();
	}

	@Override
	public String toString() {
		return "GeminiFunctionCallback[" + this.function.declaration().name() + "]";
	}

}
