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

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.AnnotationIntrospector.ReferenceProperty;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyMetadata;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.NameTransformer;

import org.springframework.core.KotlinDetector;
import org.springframework.util.ReflectionUtils;

/**
 * Defines an object: the members that the mapper reads, in the order of their
 * declaration.
 */
final class ObjectDefinition {

	private final TypeDefinitions types;

	private final SchemaGenerationContext context;

	private final DeserializationConfig config;

	private final AnnotationIntrospector introspector;

	private final ObjectNode definition = JsonNodeFactory.instance.objectNode().put("type", "object");

	private final ObjectNode properties = this.definition.putObject("properties");

	private final ArrayNode required = this.definition.putArray("required");

	private final AnnotatedTypeDefinition annotated;

	private final DeserializerChecks readers;

	private @Nullable MemberSelection selection;

	private boolean empty;

	ObjectDefinition(TypeDefinitions types, SchemaGenerationContext context) {
		this.types = types;
		this.context = context;
		this.config = types.reading().getConfig();
		this.introspector = this.config.getAnnotationIntrospector();
		this.annotated = new AnnotatedTypeDefinition(types, context);
		this.readers = new DeserializerChecks(types);
	}

	ObjectDefinition withTypeId(@Nullable String name, String id, List<String> furtherIds) {
		if (name != null) {
			ObjectNode member = this.properties.putObject(name).put("type", "string");
			member.putArray("enum").add(id);
			furtherIds.forEach((further) -> member.withObject(SchemaTranslator.ALIASES).put(further, id));
			this.required.add(name);
		}
		return this;
	}

	ObjectDefinition withSelection(MemberSelection selection) {
		this.selection = selection;
		return this;
	}

	ObjectDefinition allowEmpty() {
		this.empty = true;
		return this;
	}

	ObjectNode of(ResolvedType resolved, JavaType type) {
		this.types.path().addLast(type.getRawClass().getSimpleName());
		if (!isKotlinObject(type)) {
			addMembers(resolved, type, NameTransformer.NOP);
		}
		this.types.path().removeLast();
		if (this.properties.isEmpty() && this.empty) {
			this.definition.set("additionalProperties", TypeDefinitions.anything());
		}
		if (this.properties.isEmpty() && !this.definition.has("additionalProperties")) {
			throw this.types.reject(type, "has no members that Jackson reads");
		}
		return this.definition;
	}

	/**
	 * Return whether a type is an {@code object} of Kotlin, which has no members to read.
	 * @param type the type
	 * @return {@code true} if it is
	 */
	static boolean isKotlinObject(JavaType type) {
		Class<?> raw = type.getRawClass();
		return KotlinDetector.isKotlinType(raw) && ReflectionUtils.findField(raw, "INSTANCE", raw) != null;
	}

	ObjectNode ofParameters(List<SchemaParameter> parameters) {
		for (SchemaParameter parameter : parameters) {
			this.types.path().addLast(parameter.name());
			ObjectNode member = define(parameter);
			this.types.path().removeLast();
			if (MemberAnnotations.isNullable(parameter.annotations())) {
				TypeDefinitions.nullable(member);
			}
			add(parameter.name(), member, parameter.description(), parameter.required());
		}
		return this.definition;
	}

	private ObjectNode define(SchemaParameter parameter) {
		JavaType type = this.types.toJavaType(this.context.getTypeContext().resolve(parameter.type()));
		AnnotatedElement element = parameter.annotations();
		return this.annotated.define(type, element, MemberAnnotations.annotatedType(element));
	}

	private void addMembers(ResolvedType resolved, JavaType type, NameTransformer names) {
		if (!(this.types.reading()
			.findNonContextualValueDeserializer(type) instanceof BeanDeserializerBase deserializer)) {
			throw this.types.reject(type, "is not read as an object that has members");
		}
		BeanDescription description = describe(type);
		checkHasNames(type, this.introspector.findFormat(this.config, description.getClassInfo()));
		String text = this.introspector.findClassDescription(this.config, description.getClassInfo());
		if (text != null && !this.definition.has("description")) {
			this.definition.put("description", text);
		}
		InitialValues initialValues = InitialValues.of(deserializer.getValueInstantiator(), this.types.reading());
		for (BeanPropertyDefinition property : description.findProperties()) {
			SettableBeanProperty reader = deserializer.findProperty(property.getFullName());
			if (isIgnored(property, description) || (reader != null && reader.isIgnorable())) {
				checkMayBeMissing(reader, deserializer);
				continue;
			}
			NameTransformer unwrapped = unwrapped(property);
			if (unwrapped != null) {
				JavaType content = property.getPrimaryType();
				addMembers(this.types.toResolvedType(content, this.context.getTypeContext()), content,
						NameTransformer.chainedTransformer(names, unwrapped));
				continue;
			}
			if (reader != null && reader.getInjectableValueId() == null
					&& !(description.getBeanClass() != type.getRawClass()
							&& SingularBuilderMethods.isSingular(property, description, type))) {
				boolean initialized = !reader.isCreatorProperty() && initialValues.contains(property);
				this.readers.check(property, reader, findFormat(property));
				addMember(resolved, property, reader, names.transform(property.getName()),
						isNeeded(reader, deserializer), initialized);
			}
		}
		addAnySetter(description);
	}

	private boolean isIgnored(BeanPropertyDefinition property, BeanDescription description) {
		if (description.getIgnoredPropertyNames() != null
				&& description.getIgnoredPropertyNames().contains(property.getName())) {
			return true;
		}
		if (this.selection != null && this.selection.excludes(property.getName())) {
			return true;
		}
		AnnotatedMember member = property.getPrimaryMember();
		if (member != null && this.introspector.hasIgnoreMarker(this.config, member)) {
			return true;
		}
		ReferenceProperty reference = property.findReferenceType();
		return (reference != null && reference.isBackReference()) || isAnySetter(member)
				|| Boolean.TRUE.equals(this.introspector.isIgnorableType(this.config,
						this.types.reading().introspectClassAnnotations(property.getPrimaryType())));
	}

	private void checkMayBeMissing(@Nullable SettableBeanProperty reader, BeanDeserializerBase deserializer) {
		if (reader != null && isNeeded(reader, deserializer)) {
			throw this.types.reject(deserializer.getValueType(),
					"has the ignored member '%s', which must be present to be read: make it an object that may be null"
						.formatted(reader.getName()));
		}
	}

	private boolean isAnySetter(@Nullable AnnotatedMember member) {
		return member != null && Boolean.TRUE.equals(this.introspector.hasAnySetter(this.config, member));
	}

	// A creator gets null for missing members, which a primitive type refuses. Creators
	// of other languages know defaults.
	private boolean isNeeded(SettableBeanProperty reader, BeanDeserializerBase deserializer) {
		return reader.isCreatorProperty()
				&& deserializer.getValueInstantiator().getClass() == StdValueInstantiator.class
				&& (this.config.isEnabled(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
						|| (reader.getType().isPrimitive()
								&& this.config.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)));
	}

	private void addAnySetter(BeanDescription description) {
		AnnotatedMember member = description.findAnySetterAccessor();
		if (member == null) {
			member = description.findProperties()
				.stream()
				.map(BeanPropertyDefinition::getPrimaryMember)
				.filter(this::isAnySetter)
				.findFirst()
				.orElse(null);
		}
		if (member != null) {
			JavaType type = (member instanceof AnnotatedMethod method) ? method.getParameterType(1)
					: member.getType().getContentType();
			this.definition.set("additionalProperties",
					(type != null) ? this.types.reference(type, this.context) : TypeDefinitions.anything());
		}
	}

	private BeanDescription describe(JavaType type) {
		BeanDescription description = this.types.reading().introspectBeanDescription(type);
		Class<?> builder = this.introspector.findPOJOBuilder(this.config, description.getClassInfo());
		return (builder != null)
				? this.types.reading()
					.introspectBeanDescriptionForBuilder(this.types.jsonMapper().constructType(builder), description)
				: description;
	}

	private @Nullable NameTransformer unwrapped(BeanPropertyDefinition property) {
		AnnotatedMember member = property.getPrimaryMember();
		return (member != null) ? this.introspector.findUnwrappingNameTransformer(this.config, member) : null;
	}

	private void addMember(ResolvedType declaring, BeanPropertyDefinition property, SettableBeanProperty reader,
			String name, boolean needed, boolean initialized) {
		MemberDeclaration source = MemberDeclaration.find(this.context, declaring, property);
		if (this.properties.has(name) || MemberAnnotations.isHidden(source.members())) {
			return;
		}
		this.types.path().addLast(name);
		// An annotation may name a type that is narrower than the declared one.
		JavaType type = reader.getType();
		ObjectNode member = define(source, property, type);
		boolean optional = this.types.contentOf(type) != null;
		boolean nullable = optional || source.isNullable();
		if (nullable) {
			TypeDefinitions.nullable(member);
		}
		PropertyMetadata metadata = property.getMetadata();
		Boolean marked = metadata.getRequired();
		boolean required = needed || ((marked != null) ? marked
				: MemberAnnotations.isMarkedRequired(source.members())
						|| (!nullable && !initialized && metadata.getDefaultValue() == null
								&& !MemberAnnotations.isMarkedOptional(source.members())));
		addAliases(property, name);
		add(name, member, metadata.getDescription(), required);
		this.types.path().removeLast();
	}

	private void addAliases(BeanPropertyDefinition property, String name) {
		property.findAliases()
			.forEach((alias) -> this.definition.withObject(SchemaTranslator.ALIASES).put(alias.getSimpleName(), name));
	}

	private void add(String name, ObjectNode member, @Nullable String description, boolean required) {
		if (description != null && !description.isEmpty()) {
			member.put("description", description);
		}
		this.properties.set(name, member);
		if (required) {
			this.required.add(name);
		}
	}

	private ObjectNode define(MemberDeclaration source, BeanPropertyDefinition property, JavaType declared) {
		JavaType content = this.types.contentOf(declared);
		JavaType type = (content != null) ? content : declared;
		checkTypeInfo(property, type);
		MemberSelection selection = MemberSelection.of(this.config, property.getPrimaryMember());
		if (selection != null) {
			return define(source, property, type, selection);
		}
		JavaType input = this.types.converterInput(property.getPrimaryMember());
		ObjectNode standard = define(source, property,
				this.types.toResolvedType((input != null) ? input : type, this.context.getTypeContext()));
		if (input != null) {
			return standard;
		}
		JavaType elements = this.types.contentConverterInput(property.getPrimaryMember());
		if (elements != null) {
			standard.set(type.isMapLikeType() ? "additionalProperties" : "items",
					this.types.reference(elements, this.context));
			return standard;
		}
		this.annotated.addArguments(standard, declared, source.annotatedType());
		JsonFormat.Value format = findFormat(property);
		ObjectNode scalar = (format != null) ? this.types.samples().describe(type.getRawClass(), format) : null;
		if (scalar == null) {
			if (!type.isContainerType()) {
				checkHasNames(type, format);
			}
			return standard;
		}
		if (!scalar.has("format")) {
			scalar.putNull("format");
		}
		scalar.putArray("allOf").add(standard);
		return scalar;
	}

	private ObjectNode define(MemberDeclaration source, BeanPropertyDefinition property, JavaType type,
			MemberSelection selection) {
		boolean container = type.isContainerType() && type.getContentType() != null;
		ObjectNode definition = define(source, property, this.types.toResolvedType(
				container ? type : this.types.jsonMapper().constructType(Object.class), this.context.getTypeContext()));
		if (container) {
			definition.set(type.isMapLikeType() ? "additionalProperties" : "items",
					this.types.selectedMembers().define(type.getContentType(), selection, this.context));
		}
		else {
			definition.putArray("allOf").add(this.types.selectedMembers().define(type, selection, this.context));
		}
		return definition;
	}

	private void checkTypeInfo(BeanPropertyDefinition property, JavaType type) {
		AnnotatedMember member = property.getPrimaryMember();
		if (member != null && this.introspector.findPolymorphicTypeInfo(this.config, member) != null) {
			throw this.types.reject(type, "is annotated with @JsonTypeInfo on the member: annotate the type itself");
		}
	}

	private void checkHasNames(JavaType type, JsonFormat.@Nullable Value format) {
		if (format != null && format.getShape() == JsonFormat.Shape.ARRAY) {
			throw this.types.reject(type, "is read from an array, in which its members have no names: leave out "
					+ "@JsonFormat(shape = ARRAY)");
		}
	}

	private JsonFormat.@Nullable Value findFormat(BeanPropertyDefinition property) {
		AnnotatedMember member = property.getPrimaryMember();
		JsonFormat.Value format = (member != null) ? this.introspector.findFormat(this.config, member) : null;
		return JsonFormat.Value.empty().equals(format) ? null : format;
	}

	private ObjectNode define(MemberDeclaration source, BeanPropertyDefinition property, ResolvedType type) {
		FieldScope field = source.field();
		if (field != null) {
			return this.context.createStandardDefinitionReference(overridden(field, type), null);
		}
		MethodScope getter = source.getter();
		if (getter != null) {
			JsonNode node = this.context.createStandardDefinitionReference(
					sameType(getter.getType(), type) ? getter : getter.withOverriddenType(type), null);
			return (ObjectNode) node;
		}
		AnnotatedMember member = property.getPrimaryMember();
		return this.context.createStandardDefinitionReference(
				this.annotated.detached(type, (member != null) ? member.annotations() : Stream.empty()), null);
	}

	private static FieldScope overridden(FieldScope field, ResolvedType target) {
		return sameType(field.getType(), target) ? field : field.withOverriddenType(target);
	}

	// The type of the field has more details of arrays than the converted type of
	// Jackson.
	private static boolean sameType(ResolvedType one, ResolvedType other) {
		return one.getErasedType() == other.getErasedType();
	}

}
