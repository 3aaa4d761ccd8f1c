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
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.schema.GeminiSchemaMatcher;
import com.cometapi.gemini.schema.SchemaParameter;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import tools.jackson.databind.JsonNode;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Metadata of an annotated function method, independent of the bean to invoke it on.
 */
final class AnnotatedFunctionMethod {

	private final Method method;

	private final @Nullable KotlinFunction kotlinFunction;

	private final List<FunctionParameter> parameters;

	private final List<String> names;

	private final FunctionDeclaration declaration;

	private final @Nullable GeminiSchemaMatcher matcher;

	AnnotatedFunctionMethod(Method method, Class<?> beanType, GeminiFunctionTypes types) {
		check(method);
		this.method = method;
		this.kotlinFunction = KotlinFunction.find(method);
		this.parameters = Arrays.stream(new AnnotatedMethod(method).getMethodParameters())
			.limit(KotlinFunction.valueCount(method))
			.map((parameter) -> FunctionParameter.of(parameter, beanType, types, this.kotlinFunction))
			.toList();
		this.names = this.parameters.stream().map(FunctionParameter::name).toList();
		GeminiSchema schema = generate(types);
		this.matcher = (schema != null) ? types.matcher(schema) : null;
		this.declaration = declare(schema);
	}

	private static void check(Method method) {
		Assert.isTrue(!Modifier.isPrivate(method.getModifiers()),
				() -> "%s cannot be a function: it must not be private".formatted(method));
		Assert.isTrue(!Modifier.isStatic(method.getModifiers()),
				() -> "%s cannot be a function: it must not be static".formatted(method));
	}

	private @Nullable GeminiSchema generate(GeminiFunctionTypes types) {
		List<SchemaParameter> parameters = this.parameters.stream()
			.filter((parameter) -> !parameter.isContext())
			.map(FunctionParameter::schema)
			.toList();
		try {
			return parameters.isEmpty() ? null : types.generate(parameters);
		}
		catch (IllegalArgumentException ex) {
			throw refuse(ex);
		}
	}

	private FunctionDeclaration declare(@Nullable GeminiSchema schema) {
		com.cometapi.gemini.function.annotation.GeminiFunction annotation = annotation(this.method);
		String description = (StringUtils.hasText(annotation.description())) ? annotation.description() : null;
		try {
			return GeminiFunctionTypes.declare(FunctionNames.check(nameOf(this.method)), description, schema);
		}
		catch (IllegalArgumentException ex) {
			throw refuse(ex);
		}
	}

	private IllegalArgumentException refuse(IllegalArgumentException reason) {
		return new IllegalArgumentException("%s cannot be a function: %s".formatted(this.method, reason.getMessage()),
				reason);
	}

	static String nameOf(Method method) {
		com.cometapi.gemini.function.annotation.GeminiFunction annotation = annotation(method);
		return (StringUtils.hasText(annotation.name())) ? annotation.name() : KotlinFunction.nameOf(method);
	}

	private static com.cometapi.gemini.function.annotation.GeminiFunction annotation(Method method) {
		com.cometapi.gemini.function.annotation.GeminiFunction annotation = find(method);
		Assert.state(annotation != null, () -> method + " is not a function");
		return annotation;
	}

	static com.cometapi.gemini.function.annotation.@Nullable GeminiFunction find(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method,
				com.cometapi.gemini.function.annotation.GeminiFunction.class);
	}

	Method method() {
		return this.method;
	}

	/**
	 * Return the Kotlin function to call on a bean or its proxy.
	 * @param invocable the method, or that of an interface of the proxy
	 * @return the function, or {@code null} to invoke the method
	 */
	@Nullable KotlinFunction kotlinFunction(Method invocable) {
		return (this.kotlinFunction != null && !invocable.equals(this.method)) ? KotlinFunction.find(invocable)
				: this.kotlinFunction;
	}

	FunctionDeclaration declaration() {
		return this.declaration;
	}

	boolean isBlocking() {
		return !Publisher.class.isAssignableFrom(this.method.getReturnType());
	}

	@Nullable Object[] resolve(Object bean, GeminiFunctionCall call, GeminiFunctionTypes types) {
		@Nullable Object[] arguments = new @Nullable Object[this.parameters.size()];
		JsonNode args = types.match(this.matcher, call.args());
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.parameters.get(i).resolve(call.context(), args, types);
		}
		// For a validator, the continuation of a suspending function is an argument too.
		types.validate(bean, this.method, Arrays.copyOf(arguments, this.method.getParameterCount()), this.names);
		return arguments;
	}

}
