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
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.classmate.Annotations;
import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.ResolvedTypeWithMembers;
import com.fasterxml.classmate.members.ResolvedField;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope.DeclarationDetails;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defines a type with the annotations of its declaration and of its type arguments.
 */
final class AnnotatedTypeDefinition {

	private final TypeDefinitions types;

	private final SchemaGenerationContext context;

	AnnotatedTypeDefinition(TypeDefinitions types, SchemaGenerationContext context) {
		this.types = types;
		this.context = context;
	}

	ObjectNode define(JavaType type, @Nullable AnnotatedElement element, @Nullable AnnotatedType declared) {
		ObjectNode definition = this.context
			.createStandardDefinitionReference(detached(this.types.toResolvedType(type, this.context.getTypeContext()),
					(element != null) ? Arrays.stream(element.getAnnotations()) : Stream.empty()), null);
		addArguments(definition, type, declared);
		return definition;
	}

	// Annotations of type arguments, as in Map<String, @Min(1) Integer>.
	void addArguments(ObjectNode definition, JavaType type, @Nullable AnnotatedType declared) {
		if (declared instanceof AnnotatedArrayType array && type.isArrayType()
				&& !type.getContentType().isPrimitive()) {
			definition.set("items", defineArgument(type.getContentType(), array.getAnnotatedGenericComponentType()));
			return;
		}
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
		return MemberAnnotations.isNullable(argument) ? TypeDefinitions.nullable(definition) : definition;
	}

	// Creates a field for a declaration that is neither a field nor a method, so that its
	// annotations are read.
	FieldScope detached(ResolvedType type, Stream<Annotation> annotations) {
		ResolvedTypeWithMembers declaring = this.context.getTypeContext()
			.resolveWithMembers(this.context.getTypeContext().resolve(Detached.class));
		Annotations copies = new Annotations();
		annotations.forEach(copies::add);
		ResolvedField field = new ResolvedField(declaring.getMemberFields()[0].getDeclaringType(), copies,
				declaring.getMemberFields()[0].getRawMember(), type);
		return this.context.getTypeContext()
			.createFieldScope(field, new DeclarationDetails(field.getDeclaringType(), declaring));
	}

	/**
	 * Declares the field for members without one.
	 */
	private static final class Detached {

		@SuppressWarnings("unused")
		private @Nullable Field value;

	}

}
