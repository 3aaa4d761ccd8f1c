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

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.classmate.Annotations;
import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.ResolvedTypeWithMembers;
import com.fasterxml.classmate.members.ResolvedField;
import com.fasterxml.classmate.members.ResolvedMethod;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope.DeclarationDetails;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyMetadata;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.NameTransformer;

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

	ObjectDefinition(TypeDefinitions types, SchemaGenerationContext context) {
		this.types = types;
		this.context = context;
		this.config = types.reading().getConfig();
		this.introspector = this.config.getAnnotationIntrospector();
	}

	ObjectDefinition withTypeId(@Nullable String name, String id) {
		if (name != null) {
			this.properties.putObject(name).put("type", "string").putArray("enum").add(id);
			this.required.add(name);
		}
		return this;
	}

	ObjectNode of(ResolvedType resolved, JavaType type) {
		this.types.path().addLast(type.getRawClass().getSimpleName());
		addMembers(resolved, type, NameTransformer.NOP);
		this.types.path().removeLast();
		if (this.properties.isEmpty()) {
			throw this.types.reject(type, "has no members that Jackson reads");
		}
		return this.definition;
	}

	ObjectNode ofParameters(List<SchemaParameter> parameters) {
		for (SchemaParameter parameter : parameters) {
			this.types.path().addLast(parameter.name());
			ObjectNode member = define(parameter);
			this.types.path().removeLast();
			if (Presence.isNullable(parameter.annotations())) {
				TypeDefinitions.nullable(member);
			}
			add(parameter.name(), member, parameter.description(), parameter.required());
		}
		return this.definition;
	}

	private ObjectNode define(SchemaParameter parameter) {
		JavaType type = this.types.toJavaType(this.context.getTypeContext().resolve(parameter.type()));
		AnnotatedElement element = parameter.annotations();
		return define(type, element, Presence.annotatedType(element));
	}

	private ObjectNode define(JavaType type, @Nullable AnnotatedElement element, @Nullable AnnotatedType declared) {
		ObjectNode definition = this.context
			.createStandardDefinitionReference(detached(this.types.toResolvedType(type, this.context.getTypeContext()),
					(element != null) ? Arrays.stream(element.getAnnotations()) : Stream.empty()), null);
		addArguments(definition, type, declared);
		return definition;
	}

	// What is said inside the brackets of a type, as in Map<String, @Min(1) Integer>.
	private void addArguments(ObjectNode definition, JavaType type, @Nullable AnnotatedType declared) {
		AnnotatedType[] arguments = (declared instanceof AnnotatedParameterizedType generic)
				? generic.getAnnotatedActualTypeArguments() : new AnnotatedType[0];
		JavaType content = type.containedType(arguments.length - 1);
		if (content == null || arguments.length != type.containedTypeCount()) {
			return;
		}
		boolean isContent = content.equals(type.getContentType());
		AnnotatedType argument = arguments[arguments.length - 1];
		if (isContent && type.isMapLikeType()) {
			definition.set("additionalProperties", defineArgument(content, argument));
		}
		else if (isContent && type.isReferenceType()) {
			definition.remove(List.of("items", "additionalProperties"));
			definition.withArray("allOf").insert(0, defineArgument(content, argument));
		}
		else if (isContent || type.hasRawClass(Iterable.class)) {
			definition.set("items", defineArgument(content, argument));
		}
	}

	private ObjectNode defineArgument(JavaType type, AnnotatedType argument) {
		ObjectNode definition = define(type, argument, argument);
		return Presence.isNullable(argument) ? TypeDefinitions.nullable(definition) : definition;
	}

	// Stands for what is no field and no method, so that its annotations are read all
	// the same.
	private FieldScope detached(ResolvedType type, Stream<Annotation> annotations) {
		ResolvedTypeWithMembers declaring = this.context.getTypeContext()
			.resolveWithMembers(this.context.getTypeContext().resolve(Detached.class));
		Annotations copies = new Annotations();
		annotations.forEach(copies::add);
		ResolvedField field = new ResolvedField(declaring.getMemberFields()[0].getDeclaringType(), copies,
				declaring.getMemberFields()[0].getRawMember(), type);
		return this.context.getTypeContext()
			.createFieldScope(field, new DeclarationDetails(field.getDeclaringType(), declaring));
	}

	private void addMembers(ResolvedType resolved, JavaType type, NameTransformer names) {
		BeanDeserializerBase deserializer = (BeanDeserializerBase) this.types.reading()
			.findNonContextualValueDeserializer(type);
		BeanDescription description = describe(type);
		checkHasNames(type, this.introspector.findFormat(this.config, description.getClassInfo()));
		String text = this.introspector.findClassDescription(this.config, description.getClassInfo());
		if (text != null && !this.definition.has("description")) {
			this.definition.put("description", text);
		}
		for (BeanPropertyDefinition property : description.findProperties()) {
			NameTransformer unwrapped = unwrapped(property);
			if (unwrapped != null) {
				JavaType content = property.getPrimaryType();
				addMembers(this.types.toResolvedType(content, this.context.getTypeContext()), content,
						NameTransformer.chainedTransformer(names, unwrapped));
				continue;
			}
			SettableBeanProperty reader = deserializer.findProperty(property.getFullName());
			if (reader != null && reader.getInjectableValueId() == null) {
				addMember(resolved, property, names.transform(property.getName()));
			}
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

	private void addMember(ResolvedType declaring, BeanPropertyDefinition property, String name) {
		MemberSource source = MemberSource.find(this.context, declaring, property);
		if (this.properties.has(name) || Presence.isHidden(source.members())) {
			return;
		}
		this.types.path().addLast(name);
		JavaType type = property.getPrimaryType();
		ObjectNode member = define(source, property, type);
		boolean optional = this.types.contentOf(type) != null;
		boolean nullable = optional || source.isNullable();
		if (nullable) {
			TypeDefinitions.nullable(member);
		}
		PropertyMetadata metadata = property.getMetadata();
		Boolean marked = metadata.getRequired();
		boolean required = (marked != null) ? marked
				: !nullable && metadata.getDefaultValue() == null && !Presence.isMarkedOptional(source.members());
		add(name, member, metadata.getDescription(), required);
		this.types.path().removeLast();
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

	private ObjectNode define(MemberSource source, BeanPropertyDefinition property, JavaType declared) {
		JavaType content = this.types.contentOf(declared);
		JavaType type = (content != null) ? content : declared;
		ObjectNode standard = define(source, property, this.types.toResolvedType(type, this.context.getTypeContext()));
		addArguments(standard, declared, source.annotatedType());
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

	private ObjectNode define(MemberSource source, BeanPropertyDefinition property, ResolvedType type) {
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
				detached(type, (member != null) ? member.annotations() : Stream.empty()), null);
	}

	private static FieldScope overridden(FieldScope field, ResolvedType target) {
		return sameType(field.getType(), target) ? field : field.withOverriddenType(target);
	}

	// The field's own type knows more of arrays than what Jackson's was turned into.
	private static boolean sameType(ResolvedType one, ResolvedType other) {
		return one.getErasedType() == other.getErasedType();
	}

	/**
	 * Where the annotations of a member are.
	 *
	 * @param field the field, if any
	 * @param getter the getter, if any
	 * @param parameter the parameter of the constructor or the setter, if any
	 */
	private record MemberSource(@Nullable FieldScope field, @Nullable MethodScope getter,
			@Nullable AnnotatedElement parameter) {

		static MemberSource find(SchemaGenerationContext context, ResolvedType declaring,
				BeanPropertyDefinition property) {
			ResolvedTypeWithMembers members = context.getTypeContext().resolveWithMembers(declaring);
			DeclarationDetails details = new DeclarationDetails(declaring, members);
			FieldScope field = Arrays.stream(members.getMemberFields())
				.filter((candidate) -> candidate.getName().equals(property.getInternalName()))
				.findFirst()
				.map((found) -> context.getTypeContext().createFieldScope(found, details))
				.orElse(null);
			MethodScope getter = property.hasGetter() ? Arrays.stream(members.getMemberMethods())
				.filter((candidate) -> isSame(candidate, property.getGetter().getAnnotated()))
				.findFirst()
				.map((found) -> context.getTypeContext().createMethodScope(found, details))
				.orElse(null) : null;
			return new MemberSource(field, getter, parameter(property));
		}

		private static boolean isSame(ResolvedMethod candidate, Method method) {
			return candidate.getName().equals(method.getName()) && candidate.getArgumentCount() == 0;
		}

		private static @Nullable AnnotatedElement parameter(BeanPropertyDefinition property) {
			AnnotatedParameter parameter = property.getConstructorParameter();
			if (parameter != null && parameter.getOwner().getMember() instanceof Executable owner) {
				return owner.getParameters()[parameter.getIndex()];
			}
			AnnotatedMethod setter = property.getSetter();
			return (setter != null && setter.getParameterCount() == 1) ? setter.getAnnotated().getParameters()[0]
					: null;
		}

		Stream<Member> members() {
			return Stream.concat(Stream.ofNullable(this.field).map(FieldScope::getRawMember),
					Stream.ofNullable(this.getter).map(MethodScope::getRawMember));
		}

		@Nullable AnnotatedType annotatedType() {
			Stream<AnnotatedElement> elements = members().map(AnnotatedElement.class::cast);
			return Stream.concat(Stream.ofNullable(this.parameter), elements)
				.map(Presence::annotatedType)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
		}

		boolean isNullable() {
			return Presence.isNullable(this.parameter)
					|| members().anyMatch((member) -> Presence.isNullable((AnnotatedElement) member));
		}

	}

	/**
	 * Declares the field that stands for members without one.
	 */
	private static final class Detached {

		@SuppressWarnings("unused")
		private @Nullable Field value;

	}

}
