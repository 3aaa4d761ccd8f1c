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

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedClassResolver;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.jsontype.impl.AsDeductionTypeDeserializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defines a type with subtypes as a choice of these, which are distinguished as the
 * mapper does.
 */
final class SubtypeDefinition {

	private final TypeDefinitions types;

	private final JavaType type;

	private final ResolvedType resolved;

	private final SchemaGenerationContext context;

	private final TypeDeserializer typeDeserializer;

	private SubtypeDefinition(TypeDefinitions types, JavaType type, ResolvedType resolved,
			SchemaGenerationContext context, TypeDeserializer typeDeserializer) {
		this.types = types;
		this.type = type;
		this.resolved = resolved;
		this.context = context;
		this.typeDeserializer = typeDeserializer;
	}

	static @Nullable SubtypeDefinition find(TypeDefinitions types, JavaType type, ResolvedType resolved,
			SchemaGenerationContext context) {
		TypeDeserializer typeDeserializer = types.reading().findTypeDeserializer(type);
		return (typeDeserializer != null) ? new SubtypeDefinition(types, type, resolved, context, typeDeserializer)
				: null;
	}

	ObjectNode define() {
		List<Class<?>> subtypes = findSubtypes();
		if (subtypes.isEmpty()) {
			throw this.types.reject(this.type, "has no subtypes that Jackson knows: annotate it with @JsonSubTypes");
		}
		if (subtypes.size() == 1) {
			return define(subtypes.get(0));
		}
		ObjectNode definition = JsonNodeFactory.instance.objectNode();
		ArrayNode anyOf = definition.putArray("anyOf");
		subtypes.forEach((subtype) -> anyOf.add(define(subtype)));
		Class<?> fallback = this.typeDeserializer.getDefaultImpl();
		if (fallback != null && this.type.getRawClass().isAssignableFrom(fallback) && !subtypes.contains(fallback)) {
			definition.putObject(SchemaTranslator.ALIASES).put(SchemaTranslator.ANY_NAME, fallback.getName());
		}
		return definition;
	}

	private ObjectNode define(Class<?> subtype) {
		ResolvedType resolvedSubtype = (subtype == this.type.getRawClass()) ? this.resolved
				: this.context.getTypeContext().resolveSubtype(this.resolved, subtype);
		JavaType javaType = this.types.toJavaType(resolvedSubtype);
		if (!isObject(javaType)) {
			return defineOther(subtype, javaType);
		}
		ObjectDefinition object = new ObjectDefinition(this.types, this.context);
		if (this.typeDeserializer instanceof AsDeductionTypeDeserializer) {
			return object.of(resolvedSubtype, javaType);
		}
		String id = idOf(subtype);
		return switch (this.typeDeserializer.getTypeInclusion()) {
			case PROPERTY, EXISTING_PROPERTY ->
				object.withTypeId(this.typeDeserializer.getPropertyName(), id, furtherIdsOf(subtype, id))
					.of(resolvedSubtype, javaType);
			case WRAPPER_OBJECT ->
				wrap(id, furtherIdsOf(subtype, id), object.allowEmpty().of(resolvedSubtype, javaType));
			default ->
				throw this.types.reject(this.type, "tells its subtypes apart by %s: use a property or a wrapper object"
					.formatted(this.typeDeserializer.getTypeInclusion()));
		};
	}

	private boolean isObject(JavaType subtype) {
		return ObjectDefinition.isKotlinObject(subtype)
				|| this.types.reading().findNonContextualValueDeserializer(subtype) instanceof BeanDeserializerBase;
	}

	private ObjectNode defineOther(Class<?> subtype, JavaType javaType) {
		if (this.typeDeserializer.getTypeInclusion() != JsonTypeInfo.As.WRAPPER_OBJECT) {
			throw this.types.reject(this.type,
					"has a subtype that is not an object: annotate it with "
							+ "@JsonTypeInfo(use = NAME, include = WRAPPER_OBJECT), or make %s a record"
								.formatted(subtype.getName()));
		}
		String id = idOf(subtype);
		return wrap(id, furtherIdsOf(subtype, id), this.types.reference(javaType, this.context));
	}

	// The serializer maps a type to its id, the deserializer an id to its type.
	private String idOf(Class<?> subtype) {
		SerializationContext writing = this.types.jsonMapper()._serializationContext();
		TypeSerializer typeSerializer = writing.findTypeSerializer(this.type);
		String id = (typeSerializer != null)
				? typeSerializer.getTypeIdResolver().idFromValueAndType(writing, null, subtype) : null;
		if (id == null) {
			throw this.types.reject(this.type, "has no id for its subtype " + subtype.getName());
		}
		return id;
	}

	// A subtype may be read under several names.
	private List<String> furtherIdsOf(Class<?> subtype, String id) {
		DeserializationContext reading = this.types.reading();
		if (subtype == this.typeDeserializer.getDefaultImpl()) {
			return List.of(SchemaTranslator.ANY_NAME);
		}
		return reading.getConfig()
			.getSubtypeResolver()
			.collectAndResolveSubtypesByTypeId(reading.getConfig(), annotatedClass(this.type.getRawClass()))
			.stream()
			.filter((named) -> named.getType() == subtype && named.hasName() && !named.getName().equals(id))
			.map(NamedType::getName)
			.filter((name) -> isRead(name, subtype))
			.distinct()
			.toList();
	}

	private boolean isRead(String id, Class<?> subtype) {
		try {
			JavaType found = this.typeDeserializer.getTypeIdResolver().typeFromId(this.types.reading(), id);
			return found != null && found.hasRawClass(subtype);
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private static ObjectNode wrap(String id, List<String> furtherIds, ObjectNode object) {
		ObjectNode wrapper = JsonNodeFactory.instance.objectNode().put("type", "object");
		wrapper.putObject("properties").set(id, object);
		furtherIds.forEach((further) -> wrapper.withObject(SchemaTranslator.ALIASES).put(further, id));
		wrapper.putArray("required").add(id);
		return wrapper;
	}

	// Jackson finds the same types, but without an order.
	private List<Class<?>> findSubtypes() {
		Set<Class<?>> found = new LinkedHashSet<>();
		collect(this.type.getRawClass(), found);
		DeserializationConfig config = this.types.reading().getConfig();
		Collection<NamedType> known = config.getSubtypeResolver()
			.collectAndResolveSubtypesByClass(config, annotatedClass(this.type.getRawClass()));
		known.stream().map(NamedType::getType).filter(SubtypeDefinition::isConcrete).forEach(found::add);
		return new ArrayList<>(found);
	}

	private void collect(Class<?> candidate, Set<Class<?>> found) {
		if (isConcrete(candidate)) {
			found.add(candidate);
		}
		if (candidate.isEnum()) {
			return;
		}
		DeserializationConfig config = this.types.reading().getConfig();
		List<NamedType> subtypes = config.getAnnotationIntrospector().findSubtypes(config, annotatedClass(candidate));
		if (subtypes != null) {
			subtypes.stream()
				.map(NamedType::getType)
				.filter((subtype) -> subtype != candidate)
				.forEach((subtype) -> collect(subtype, found));
		}
	}

	private AnnotatedClass annotatedClass(Class<?> type) {
		return AnnotatedClassResolver.resolveWithoutSuperTypes(this.types.reading().getConfig(), type);
	}

	private static boolean isConcrete(Class<?> type) {
		return type.isEnum() || (!type.isInterface() && !Modifier.isAbstract(type.getModifiers()));
	}

}
