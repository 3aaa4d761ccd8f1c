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

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Map;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.ConcurrentReferenceHashMap;

/**
 * Generates the schemas of Java types: the names, the formats of values and the subtypes
 * are those that the application's {@link JsonMapper} reads. Thread-safe; caches the
 * schemas.
 *
 * <p>
 * Members are required unless they are {@code Optional}, annotated with a
 * {@code Nullable} of any library, have a default value or are marked as not required
 * with {@code @JsonProperty} or Swagger's {@code @Schema}. Their order is that of the
 * declaration. Descriptions and constraints are taken from Jackson's annotations, and
 * from those of Jakarta Validation and Swagger if these are on the class path.
 */
public final class GeminiSchemaGenerator {

	private static final JsonMapper NODES = JsonMapper.builder().build();

	private final JsonMapper jsonMapper;

	private final ScalarFormats samples;

	private final Map<Type, GeminiSchema> schemas = new ConcurrentReferenceHashMap<>();

	/**
	 * Create a generator.
	 * @param jsonMapper the application's mapper, which is not changed
	 */
	public GeminiSchemaGenerator(JsonMapper jsonMapper) {
		Assert.notNull(jsonMapper, "'jsonMapper' must not be null");
		this.jsonMapper = jsonMapper.rebuild()
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.disable(DeserializationFeature.UNWRAP_ROOT_VALUE, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(SerializationFeature.WRAP_ROOT_VALUE)
			.deactivateDefaultTyping()
			.withCoercionConfigDefaults(
					(coercion) -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
			.addModule(new StandardFormatsModule())
			.annotationIntrospector(AnnotationIntrospectorPair
				.create(jsonMapper.deserializationConfig().getAnnotationIntrospector(), new SealedTypeIntrospector()))
			.build();
		this.samples = new ScalarFormats(this.jsonMapper);
	}

	/**
	 * Return the mapper that reads and writes values of the generated schemas: a copy of
	 * the application's own, with changes. It distinguishes the subtypes of a sealed type
	 * without {@code @JsonTypeInfo} by a member {@code type} with the simple name, or
	 * {@code @type} if one of them has a {@code type} of its own, and by a wrapper object
	 * if one of them is an enum. It uses neither default typing nor root names, and
	 * ignores the offset of local times. It reads an empty text as a text only, and no
	 * number with a fraction as an integer.
	 * @return the mapper
	 */
	public JsonMapper jsonMapper() {
		return this.jsonMapper;
	}

	/**
	 * Generate the schema of a type.
	 * @param type the type, such as a class or a parameterized type
	 * @return the schema
	 * @throws IllegalArgumentException if the type does not determine the form of its
	 * values
	 */
	public GeminiSchema generate(Type type) {
		Assert.notNull(type, "'type' must not be null");
		Assert.isTrue(!(type instanceof Class<?> raw) || raw.getTypeParameters().length == 0,
				() -> ("There is no schema for the type %s, whose type arguments are missing. Specify them, as in "
						+ "'new ParameterizedTypeReference<Page<Book>>() {}'")
					.formatted(type.getTypeName()));
		GeminiSchema known = this.schemas.get(type);
		if (known != null) {
			return known;
		}
		checkIsKnown(type);
		GeminiSchema schema = generate(type, new TypeDefinitions(this.jsonMapper, this.samples, List.of()));
		this.schemas.put(type, schema);
		return schema;
	}

	/**
	 * Generate the schema of an object with the given members.
	 * @param parameters the members, at least one
	 * @return the schema
	 * @throws IllegalArgumentException if there is no member, or if the type of a member
	 * does not determine the form of its values
	 */
	public GeminiSchema generate(List<SchemaParameter> parameters) {
		Assert.notEmpty(parameters, "'parameters' must not be empty: a function without parameters has no schema");
		parameters.forEach((parameter) -> checkIsKnown(parameter.type()));
		return generate(SchemaParameter[].class, new TypeDefinitions(this.jsonMapper, this.samples, parameters));
	}

	// A variable without a bound would be read as plain maps and lists.
	private static void checkIsKnown(Type type) {
		TypeVariable<?> variable = findVariable(type);
		Assert.isTrue(variable == null,
				() -> ("There is no schema for the type %s, whose type argument %s is not known at runtime. Pass it, as in "
						+ "'ResolvableType.forClassWithGenerics(List.class, bookType).getType()', or declare a subclass "
						+ "that specifies it")
					.formatted(type.getTypeName(), variable));
	}

	private static @Nullable TypeVariable<?> findVariable(Type type) {
		if (type instanceof TypeVariable<?> variable) {
			return (variable.getBounds()[0] == Object.class) ? variable : null;
		}
		if (type instanceof GenericArrayType array) {
			return findVariable(array.getGenericComponentType());
		}
		if (type instanceof ParameterizedType generic) {
			for (Type argument : generic.getActualTypeArguments()) {
				TypeVariable<?> variable = findVariable(argument);
				if (variable != null) {
					return variable;
				}
			}
		}
		return null;
	}

	private GeminiSchema generate(Type type, TypeDefinitions definitions) {
		try {
			return SchemaTranslator.translate(generator(definitions).generateSchema(type),
					definitions.selectedMembers().definitions());
		}
		catch (JacksonException ex) {
			String reason = "cannot be read by the application's JsonMapper: " + ex.getOriginalMessage();
			throw new IllegalArgumentException(definitions.describe(type.getTypeName(), reason), ex);
		}
	}

	private SchemaGenerator generator(TypeDefinitions definitions) {
		SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(NODES, SchemaVersion.DRAFT_2020_12,
				new OptionPreset(Option.DEFINITION_FOR_MAIN_SCHEMA, Option.PLAIN_DEFINITION_KEYS));
		builder.forTypesInGeneral().withCustomDefinitionProvider(definitions).withTypeAttributeOverride(definitions);
		ConstraintModules.addTo(builder);
		return new SchemaGenerator(builder.build());
	}

}
