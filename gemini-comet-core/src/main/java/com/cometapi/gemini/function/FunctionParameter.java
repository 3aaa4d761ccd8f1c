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

import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import com.cometapi.gemini.function.annotation.GeminiFunctionParam;
import com.cometapi.gemini.schema.SchemaParameter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A parameter of a function method: its declaration, and its argument for a call.
 */
final class FunctionParameter {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private static final Map<Class<?>, Object> EMPTY_VALUES = Map.of(Optional.class, Optional.empty(),
			OptionalInt.class, OptionalInt.empty(), OptionalLong.class, OptionalLong.empty(), OptionalDouble.class,
			OptionalDouble.empty());

	private static final Pattern NUMBER_OR_BOOLEAN = Pattern
		.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false");

	private final String name;

	private final Type type;

	private final boolean optional;

	private final boolean context;

	private final boolean required;

	private final @Nullable String description;

	private final Parameter parameter;

	private final @Nullable JsonNode defaultValue;

	private final @Nullable Object emptyValue;

	private FunctionParameter(MethodParameter parameter, Class<?> beanType, GeminiFunctionTypes types,
			@Nullable KotlinFunction kotlinFunction) {
		Type declared = GenericTypeResolver.resolveType(parameter.getGenericParameterType(), beanType);
		GeminiFunctionParam annotation = parameter.getParameterAnnotation(GeminiFunctionParam.class);
		this.parameter = parameter.getParameter();
		this.context = parameter.getParameterType() == GeminiFunctionContext.class;
		this.optional = parameter.getParameterType() == Optional.class;
		this.type = (this.optional) ? ResolvableType.forType(declared).getGeneric().getType() : declared;
		this.name = (this.context) ? "" : findName(parameter, annotation);
		this.description = (annotation != null && StringUtils.hasText(annotation.description()))
				? annotation.description() : null;
		this.defaultValue = findDefault(annotation, types);
		this.emptyValue = EMPTY_VALUES.get(parameter.getParameterType());
		boolean defaulted = kotlinFunction != null && kotlinFunction.hasDefault(parameter.getParameterIndex());
		this.required = (annotation == null || annotation.required()) && !parameter.isOptional()
				&& this.defaultValue == null && !defaulted && this.emptyValue == null;
		Assert.isTrue(
				this.required || this.defaultValue != null || defaulted || !parameter.getParameterType().isPrimitive(),
				() -> "%s is optional but has a primitive type: give it a default value or use an object type"
					.formatted(describe(parameter)));
	}

	static FunctionParameter of(MethodParameter parameter, Class<?> beanType, GeminiFunctionTypes types,
			@Nullable KotlinFunction kotlinFunction) {
		parameter.initParameterNameDiscovery(NAMES);
		return new FunctionParameter(parameter, beanType, types, kotlinFunction);
	}

	private static String findName(MethodParameter parameter, @Nullable GeminiFunctionParam annotation) {
		String name = (annotation != null && StringUtils.hasText(annotation.name())) ? annotation.name()
				: parameter.getParameterName();
		Assert.isTrue(name != null, () -> ("%s has no name: compile with the option '-parameters'"
				+ " or name it with @GeminiFunctionParam(name = ...)")
			.formatted(describe(parameter)));
		return name;
	}

	private @Nullable JsonNode findDefault(@Nullable GeminiFunctionParam annotation, GeminiFunctionTypes types) {
		if (annotation == null || GeminiFunctionParam.NO_DEFAULT.equals(annotation.defaultValue())) {
			return null;
		}
		String text = annotation.defaultValue();
		try {
			JsonNode value = isJson(text) ? types.jsonMapper().readTree(text) : StringNode.valueOf(text);
			Object read = types.convert(this.name, value, this.type);
			Assert.notNull(read, "it is read as null");
			return value;
		}
		catch (GeminiFunctionException | JacksonException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("The default value '%s' of the parameter '%s' does not fit its type %s"
				.formatted(text, this.name, this.type.getTypeName()), ex);
		}
	}

	private boolean isJson(String text) {
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(ResolvableType.forType(this.type).toClass());
		// The application's mapper may refuse texts for numbers and booleans.
		if (Number.class.isAssignableFrom(raw) || raw == Boolean.class || EMPTY_VALUES.containsKey(raw)) {
			return NUMBER_OR_BOOLEAN.matcher(text).matches();
		}
		return !CharSequence.class.isAssignableFrom(raw) && (text.startsWith("{") || text.startsWith("["));
	}

	private static String describe(MethodParameter parameter) {
		return "Parameter %d of %s".formatted(parameter.getParameterIndex(), parameter.getExecutable());
	}

	boolean isContext() {
		return this.context;
	}

	String name() {
		return this.name;
	}

	SchemaParameter schema() {
		return new SchemaParameter(this.name, this.type, this.description, this.required, this.parameter);
	}

	// The default value is read for each call since the method may modify it.
	@Nullable Object resolve(GeminiFunctionContext context, JsonNode args, GeminiFunctionTypes types) {
		if (this.context) {
			return context;
		}
		Object value = resolve(args, types);
		if (value == null) {
			return this.emptyValue;
		}
		return (this.optional) ? Optional.of(value) : value;
	}

	private @Nullable Object resolve(JsonNode args, GeminiFunctionTypes types) {
		JsonNode value = args.get(this.name);
		if (value == null || value.isNull()) {
			value = this.defaultValue;
		}
		Object read = (value != null) ? types.convert(this.name, value, this.type) : null;
		if (read == null && this.required) {
			throw GeminiFunctionTypes.missing(this.name);
		}
		return read;
	}

}
