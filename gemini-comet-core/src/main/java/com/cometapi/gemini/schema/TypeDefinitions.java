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
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.TypeAttributeOverrideV2;
import com.github.victools.jsonschema.generator.TypeContext;
import com.github.victools.jsonschema.generator.TypeScope;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.bean.BuilderBasedDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.ClassUtil;

import org.springframework.core.KotlinDetector;
import org.springframework.util.ReflectionUtils;

/**
 * Defines types as the mapper reads them. Used for one schema.
 */
final class TypeDefinitions implements CustomDefinitionProviderV2, TypeAttributeOverrideV2 {

	private final JsonMapper jsonMapper;

	private final ScalarFormats samples;

	private final List<SchemaParameter> parameters;

	private final Deque<String> path = new ArrayDeque<>();

	private final Set<ResolvedType> objects = new HashSet<>();

	private final DeserializationContext reading;

	private final TypesInProgress open = new TypesInProgress(this);

	private final PartialObjectDefinitions selectedMembers = new PartialObjectDefinitions(this);

	TypeDefinitions(JsonMapper jsonMapper, ScalarFormats samples, List<SchemaParameter> parameters) {
		this.jsonMapper = jsonMapper;
		this.samples = samples;
		this.parameters = parameters;
		// Public despite its name, and the only way to inspect how the mapper reads a
		// type. So is '_serializationContext()'.
		this.reading = jsonMapper._deserializationContext();
	}

	JsonMapper jsonMapper() {
		return this.jsonMapper;
	}

	DeserializationContext reading() {
		return this.reading;
	}

	ScalarFormats samples() {
		return this.samples;
	}

	Deque<String> path() {
		return this.path;
	}

	PartialObjectDefinitions selectedMembers() {
		return this.selectedMembers;
	}

	/**
	 * Define types other than objects. An object is defined later, when it is known by
	 * name, so that it may refer to itself.
	 */
	@Override
	public @Nullable CustomDefinition provideCustomSchemaDefinition(ResolvedType resolved,
			SchemaGenerationContext context) {
		if (resolved.getErasedType() == SchemaParameter[].class) {
			return new CustomDefinition(new ObjectDefinition(this, context).ofParameters(this.parameters),
					DefinitionType.INLINE, AttributeInclusion.NO);
		}
		JavaType type = toJavaType(resolved);
		ObjectNode definition = this.open.defineInline(type, () -> defineSimple(type, context));
		if (definition == null && type.isArrayType()) {
			return null;
		}
		if (definition == null) {
			definition = defineOther(type);
		}
		if (definition == null) {
			this.objects.add(resolved);
			return null;
		}
		return new CustomDefinition(definition, DefinitionType.INLINE, AttributeInclusion.YES);
	}

	@Override
	public void overrideTypeAttributes(ObjectNode definition, TypeScope scope, SchemaGenerationContext context) {
		ResolvedType resolved = scope.getType();
		if (!this.objects.contains(resolved)) {
			return;
		}
		JavaType type = toJavaType(resolved);
		definition.remove("type");
		definition.setAll(this.open.defineObject(type, () -> defineObject(resolved, type, context)));
	}

	private ObjectNode defineObject(ResolvedType resolved, JavaType type, SchemaGenerationContext context) {
		SubtypeDefinition subtypes = SubtypeDefinition.find(this, type, resolved, context);
		if (subtypes != null) {
			return subtypes.define();
		}
		if (this.reading.findNonContextualValueDeserializer(type) instanceof BeanDeserializerBase bean) {
			JavaType delegate = delegateOf(bean.getValueInstantiator());
			if (delegate != null) {
				return reference(delegate, context);
			}
			if (!(bean instanceof BuilderBasedDeserializer) && !bean.getValueType().hasRawClass(type.getRawClass())) {
				return reference(bean.getValueType(), context);
			}
		}
		return new ObjectDefinition(this, context).of(resolved, type);
	}

	// Jackson has methods of its own for a delegate that is a list.
	@Nullable JavaType delegateOf(ValueInstantiator instantiator) {
		if (instantiator.canCreateUsingDelegate()) {
			return instantiator.getDelegateType(this.reading.getConfig());
		}
		return instantiator.canCreateUsingArrayDelegate() ? instantiator.getArrayDelegateType(this.reading.getConfig())
				: null;
	}

	private @Nullable ObjectNode defineSimple(JavaType type, SchemaGenerationContext context) {
		ObjectNode scalar = this.samples.describe(type.getRawClass(), JsonFormat.Value.empty());
		if (scalar != null) {
			return scalar;
		}
		JavaType input = converterInput(this.reading.introspectClassAnnotations(type));
		if (input != null && !input.hasRawClass(type.getRawClass())) {
			return reference(input, context);
		}
		JavaType held = heldBy(type);
		if (held != null) {
			return reference(held, context);
		}
		return JsonNode.class.isAssignableFrom(type.getRawClass()) ? defineNode(type)
				: defineContainer(type, (content) -> reference(content, context));
	}

	// Jackson's module for Kotlin reads a value class as the value that it holds.
	private @Nullable JavaType heldBy(JavaType type) {
		Method unbox = KotlinDetector.isInlineClass(type.getRawClass())
				? ReflectionUtils.findMethod(type.getRawClass(), "unbox-impl") : null;
		return (unbox != null && this.reading.findNonContextualValueDeserializer(type)
			.getClass()
			.getName()
			.startsWith("tools.jackson.module.kotlin.")) ? type(unbox.getGenericReturnType()) : null;
	}

	@Nullable ObjectNode defineContainer(JavaType type, Function<JavaType, ObjectNode> content) {
		JavaType optional = contentOf(type);
		if (optional != null) {
			return nullable(content.apply(optional));
		}
		if (type.isMapLikeType()) {
			ObjectNode map = JsonNodeFactory.instance.objectNode().put("type", "object");
			map.set("additionalProperties", content.apply(type.getContentType()));
			String keys = this.samples.describeKeys(type.getKeyType().getRawClass());
			if (keys != null) {
				map.put(SchemaTranslator.HINT, keys);
			}
			NumberRange range = NumberRange.of(type.getKeyType().getRawClass());
			if (range != null
					&& ClassUtil.isJacksonStdImpl(this.reading.findKeyDeserializer(type.getKeyType(), null))) {
				map.put(SchemaTranslator.NUMBER, range.name());
			}
			return map;
		}
		if (type.isCollectionLikeType() || type.getRawClass() == Iterable.class) {
			ObjectNode array = JsonNodeFactory.instance.objectNode().put("type", "array");
			array.set("items", content.apply(elementOf(type)));
			return array;
		}
		return null;
	}

	// A tree is read as it is.
	private static ObjectNode defineNode(JavaType type) {
		ObjectNode node = JsonNodeFactory.instance.objectNode();
		if (type.hasRawClass(ObjectNode.class)) {
			node.put("type", "object").set("additionalProperties", anything());
		}
		else if (type.hasRawClass(ArrayNode.class)) {
			node.put("type", "array").set("items", anything());
		}
		else {
			node.setAll(anything());
		}
		return node;
	}

	static ObjectNode anything() {
		return JsonNodeFactory.instance.objectNode().put(SchemaTranslator.OPEN, true);
	}

	private @Nullable ObjectNode defineOther(JavaType type) {
		Class<?> raw = type.getRawClass();
		if (raw == void.class || raw == Void.class) {
			throw reject(type, "has no value");
		}
		if (raw == Object.class) {
			return anything();
		}
		this.open.checkEnds(type);
		if (this.reading.findTypeDeserializer(type) != null) {
			return null;
		}
		ValueDeserializer<?> deserializer = this.reading.findNonContextualValueDeserializer(type);
		if (deserializer instanceof BeanDeserializerBase bean) {
			return defineCreated(type, bean.getValueInstantiator());
		}
		return defineByKind(type, deserializer);
	}

	private ObjectNode defineByKind(JavaType type, ValueDeserializer<?> deserializer) {
		LogicalType kind = deserializer.logicalType();
		if (type.isAbstract() && (kind == LogicalType.POJO || kind == null)) {
			throw reject(type, "is abstract: make it sealed or annotate it with @JsonTypeInfo and @JsonSubTypes");
		}
		String name = switch ((kind != null) ? kind : LogicalType.POJO) {
			case Textual, OtherScalar, DateTime, Binary -> "string";
			case Integer -> "integer";
			case Float -> "number";
			case Boolean -> "boolean";
			default -> throw reject(type, "is read by " + deserializer.getClass().getName()
					+ ", which does not declare the JSON that it reads: use a record, or annotate a factory method of "
					+ "the type with @JsonCreator");
		};
		ObjectNode definition = JsonNodeFactory.instance.objectNode().put("type", name);
		NumberRange range = NumberRange.of(type.getRawClass());
		if (range != null) {
			definition.put(SchemaTranslator.NUMBER, range.name());
		}
		return (kind == LogicalType.Binary) ? definition.put("format", "byte") : definition;
	}

	private @Nullable ObjectNode defineCreated(JavaType type, ValueInstantiator instantiator) {
		if (delegateOf(instantiator) != null || instantiator.canCreateFromObjectWith()
				|| instantiator.canCreateUsingDefault()) {
			return null;
		}
		ObjectNode definition = JsonNodeFactory.instance.objectNode();
		if (instantiator.canCreateFromString()) {
			return definition.put("type", "string");
		}
		if (instantiator.canCreateFromInt() || instantiator.canCreateFromLong()) {
			NumberRange range = instantiator.canCreateFromLong() ? NumberRange.LONG : NumberRange.INTEGER;
			return definition.put("type", "integer").put(SchemaTranslator.NUMBER, range.name());
		}
		if (instantiator.canCreateFromDouble()) {
			return definition.put("type", "number");
		}
		if (instantiator.canCreateFromBoolean()) {
			return definition.put("type", "boolean");
		}
		throw reject(type, "has no constructor that Jackson can use");
	}

	private static JavaType elementOf(JavaType type) {
		return (type.getContentType() != null) ? type.getContentType() : type.containedTypeOrUnknown(0);
	}

	/**
	 * Return the type of the content of an optional value.
	 * @param type the type
	 * @return the type of the content, or {@code null} if it is not an optional
	 */
	@Nullable JavaType contentOf(JavaType type) {
		Class<?> raw = type.getRawClass();
		if (raw == OptionalInt.class) {
			return type(int.class);
		}
		if (raw == OptionalLong.class) {
			return type(long.class);
		}
		if (raw == OptionalDouble.class) {
			return type(double.class);
		}
		return type.isReferenceType() ? type.getReferencedType() : null;
	}

	private JavaType type(Type type) {
		return this.jsonMapper.constructType(type);
	}

	/**
	 * Return a reference to the definition of another type.
	 * @param type the type
	 * @param context the context
	 * @return a node that becomes the definition when the schema is complete
	 */
	ObjectNode reference(JavaType type, SchemaGenerationContext context) {
		ObjectNode definition = JsonNodeFactory.instance.objectNode();
		definition.putArray("allOf")
			.add(context.createDefinitionReference(toResolvedType(type, context.getTypeContext())));
		return definition;
	}

	/**
	 * Return the input type of the converter for a class or a member.
	 * @param annotated the class or the member that may name a converter
	 * @return the type, or {@code null} if there is no converter
	 */
	@Nullable JavaType converterInput(@Nullable Annotated annotated) {
		DeserializationConfig config = this.reading.getConfig();
		Object converter = (annotated != null)
				? config.getAnnotationIntrospector().findDeserializationConverter(config, annotated) : null;
		return (converter != null)
				? this.reading.converterInstance(annotated, converter).getInputType(this.reading.getTypeFactory())
				: null;
	}

	/**
	 * Return the input type of the converter for the elements of a list or the values of
	 * a map.
	 * @param member the member that may name a converter
	 * @return the type, or {@code null} if there is no converter
	 */
	@Nullable JavaType contentConverterInput(@Nullable AnnotatedMember member) {
		DeserializationConfig config = this.reading.getConfig();
		Object converter = (member != null)
				? config.getAnnotationIntrospector().findDeserializationContentConverter(config, member) : null;
		return (converter != null)
				? this.reading.converterInstance(member, converter).getInputType(this.reading.getTypeFactory()) : null;
	}

	static ObjectNode nullable(ObjectNode definition) {
		return definition.put("nullable", true);
	}

	IllegalArgumentException reject(JavaType type, String reason) {
		return reject(type.toCanonical(), reason);
	}

	IllegalArgumentException reject(String type, String reason) {
		return new IllegalArgumentException(describe(type, reason));
	}

	String describe(String type, String reason) {
		String place = this.path.isEmpty() ? "" : " of '" + String.join(".", this.path) + "'";
		return "There is no schema for the type %s%s: it %s".formatted(type, place, reason);
	}

	JavaType toJavaType(ResolvedType type) {
		TypeFactory types = this.jsonMapper.getTypeFactory();
		if (type.isArray()) {
			return types.constructArrayType(toJavaType(type.getArrayElementType()));
		}
		JavaType[] parameters = type.getTypeParameters().stream().map(this::toJavaType).toArray(JavaType[]::new);
		if (parameters.length == 0) {
			return types.constructType(type.getErasedType());
		}
		return types.constructParametricType(type.getErasedType(), parameters);
	}

	ResolvedType toResolvedType(JavaType type, TypeContext types) {
		if (type.isArrayType()) {
			return types.resolve((GenericArrayType) () -> toResolvedType(type.getContentType(), types));
		}
		Type[] parameters = type.getBindings()
			.getTypeParameters()
			.stream()
			.map((parameter) -> toResolvedType(parameter, types))
			.toArray(Type[]::new);
		return types.resolve(type.getRawClass(), parameters);
	}

}
