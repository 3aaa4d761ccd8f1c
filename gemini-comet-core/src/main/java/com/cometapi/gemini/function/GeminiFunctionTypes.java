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
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.SchemaType;
import com.cometapi.gemini.error.JsonErrorDescription;
import com.cometapi.gemini.schema.ConstraintChecker;
import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.schema.GeminiSchemaGenerator;
import com.cometapi.gemini.schema.GeminiSchemaMatcher;
import com.cometapi.gemini.schema.SchemaMatch;
import com.cometapi.gemini.schema.SchemaParameter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * Converts Java types to function declarations and arguments to Java objects, with the
 * application's {@link JsonMapper}. Thread-safe.
 */
public final class GeminiFunctionTypes {

	private static final String WRAPPED_INPUT = "input";

	private static final JsonMapper ARGUMENTS = JsonMapper.builder().build();

	private final JsonMapper jsonMapper;

	private final GeminiSchemaGenerator schemaGenerator;

	private final @Nullable ConstraintChecker constraints;

	private final Map<Type, GeminiSchemaMatcher> matchers = new ConcurrentReferenceHashMap<>();

	private final Map<Type, GeminiSchema> wrappedInputs = new ConcurrentReferenceHashMap<>();

	GeminiFunctionTypes(GeminiSchemaGenerator schemaGenerator, @Nullable ConstraintChecker constraints) {
		this.jsonMapper = schemaGenerator.jsonMapper();
		this.schemaGenerator = schemaGenerator;
		this.constraints = constraints;
	}

	JsonMapper jsonMapper() {
		return this.jsonMapper;
	}

	/**
	 * Return the declaration of a function that takes one object.
	 * @param name the name of the function
	 * @param description the description for the model, or {@code null}
	 * @param inputType the type of the object, {@link Void} for none; a type that is not
	 * an object in JSON becomes the member {@code input} of one
	 * @return the declaration
	 */
	public FunctionDeclaration declare(String name, @Nullable String description, Type inputType) {
		FunctionNames.check(name);
		if (inputType == Void.class) {
			return declaration(name, description).build();
		}
		if (isWrapped(inputType)) {
			return declare(name, description, wrap(inputType));
		}
		return declare(name, description, this.schemaGenerator.generate(inputType));
	}

	/**
	 * Return the declaration of a function that takes several arguments.
	 * @param name the name of the function
	 * @param description the description for the model, or {@code null}
	 * @param parameters the arguments
	 * @return the declaration
	 */
	public FunctionDeclaration declare(String name, @Nullable String description, List<SchemaParameter> parameters) {
		FunctionNames.check(name);
		if (parameters.isEmpty()) {
			return declaration(name, description).build();
		}
		return declare(name, description, generate(parameters));
	}

	GeminiSchema generate(List<SchemaParameter> parameters) {
		return this.schemaGenerator.generate(parameters);
	}

	GeminiSchemaMatcher matcher(GeminiSchema schema) {
		return new GeminiSchemaMatcher(schema, this.jsonMapper);
	}

	static FunctionDeclaration declare(String name, @Nullable String description, @Nullable GeminiSchema schema) {
		FunctionDeclaration.Builder declaration = declaration(name, description);
		if (schema == null) {
			return declaration.build();
		}
		if (schema.jsonSchema() != null) {
			return declaration.parametersJsonSchema(schema.jsonSchema()).build();
		}
		return declaration.parameters(schema.schema()).build();
	}

	private static FunctionDeclaration.Builder declaration(String name, @Nullable String description) {
		return FunctionDeclaration.builder().name(name).description(description);
	}

	private GeminiSchema wrap(Type inputType) {
		GeminiSchema wrapped = this.wrappedInputs.get(inputType);
		if (wrapped == null) {
			wrapped = generate(List.of(new SchemaParameter(WRAPPED_INPUT, inputType, null, true, null)));
			this.wrappedInputs.put(inputType, wrapped);
		}
		return wrapped;
	}

	// Arguments must be an object with known members.
	private boolean isWrapped(Type type) {
		Class<?> raw = ResolvableType.forType(type).toClass();
		return BeanUtils.isSimpleValueType(raw) || raw.isArray() || raw == Optional.class
				|| Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)
				|| Modifier.isAbstract(raw.getModifiers()) || !isObject(this.schemaGenerator.generate(type));
	}

	// A class may be a text in JSON, for example with @JsonValue, or a choice of types.
	private static boolean isObject(GeminiSchema schema) {
		return (schema.schema() != null) ? SchemaType.OBJECT.equals(schema.schema().type()) : schema.isJsonObject();
	}

	/**
	 * Check the arguments of a call against the schema of a type that was declared with
	 * {@link #declare(String, String, Type)}, and return them as one object of this type,
	 * whose constraints are met.
	 * @param args the arguments
	 * @param inputType the type of the object
	 * @param <T> the type of the object
	 * @return the object, {@code null} for {@link Void} only
	 * @throws GeminiFunctionException if the arguments are not valid
	 */
	@SuppressWarnings("NullAway")
	public <T> T read(Map<String, ? extends @Nullable Object> args, Type inputType) {
		if (inputType == Void.class) {
			return null;
		}
		String name = isWrapped(inputType) ? WRAPPED_INPUT : "";
		JsonNode value = tree(args);
		if (!name.isEmpty()) {
			value = value.path(name);
			if (value.isMissingNode() || value.isNull()) {
				throw missing(name);
			}
		}
		T input = convert(name, match(matcher(inputType), name, value), inputType);
		if (input == null) {
			throw missing(name);
		}
		if (this.constraints != null) {
			refuse(this.constraints.check(input));
		}
		return input;
	}

	private GeminiSchemaMatcher matcher(Type inputType) {
		GeminiSchemaMatcher matcher = this.matchers.get(inputType);
		if (matcher == null) {
			matcher = matcher(this.schemaGenerator.generate(inputType));
			this.matchers.put(inputType, matcher);
		}
		return matcher;
	}

	/**
	 * Check the arguments of a call.
	 * @param matcher the matcher for the declared schema, {@code null} for no arguments
	 * @param args the arguments
	 * @return the arguments as one object
	 * @throws GeminiFunctionException if they do not fit the schema
	 */
	JsonNode match(@Nullable GeminiSchemaMatcher matcher, Map<String, ? extends @Nullable Object> args) {
		return (matcher != null) ? match(matcher, "", tree(args)) : tree(args);
	}

	/**
	 * Check the arguments of a call that are not read as Java objects.
	 * @param matcher the matcher for the declared schema
	 * @param call the call
	 * @return the call, whose integers have no decimal point
	 * @throws GeminiFunctionException if the arguments do not fit the schema
	 */
	static GeminiFunctionCall check(GeminiSchemaMatcher matcher, GeminiFunctionCall call) {
		JsonNode args = tree(call.args());
		JsonNode checked = match(matcher, "", args);
		return checked.equals(args) ? call : call.withArgs(JsonValues.object(checked, ARGUMENTS));
	}

	private static JsonNode match(GeminiSchemaMatcher matcher, String path, JsonNode value) {
		SchemaMatch match = matcher.match(path, value);
		refuse(match.mismatches());
		return match.value();
	}

	private static JsonNode tree(Map<String, ? extends @Nullable Object> args) {
		return ARGUMENTS.valueToTree(args);
	}

	static GeminiFunctionException missing(String name) {
		return new GeminiFunctionException("Invalid arguments: '%s' is missing".formatted(name));
	}

	/**
	 * Return an argument as a Java object.
	 * @param name the name of the argument, empty for all of them
	 * @param value the argument
	 * @param type the type of the object
	 * @param <T> the type of the object
	 * @return the object
	 * @throws GeminiFunctionException if the argument does not fit the type
	 */
	<T> @Nullable T convert(String name, JsonNode value, Type type) {
		try {
			return this.jsonMapper.readerFor(this.jsonMapper.constructType(type)).readValue(value);
		}
		catch (JacksonException ex) {
			String path = JsonErrorDescription.path(name, ex);
			throw new GeminiFunctionException("Invalid arguments: %s not fit the declared schema"
				.formatted(path.isEmpty() ? "they do" : "'" + path + "' does"), ex);
		}
	}

	void validate(Object bean, Method method, @Nullable Object[] arguments, List<String> names) {
		if (this.constraints != null) {
			refuse(this.constraints.checkArguments(bean, method, arguments, names));
		}
	}

	private static void refuse(Collection<String> violations) {
		if (!violations.isEmpty()) {
			throw new GeminiFunctionException("Invalid arguments: " + String.join("; ", violations));
		}
	}

}
