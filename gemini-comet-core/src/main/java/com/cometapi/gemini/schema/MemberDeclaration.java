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
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.ResolvedTypeWithMembers;
import com.fasterxml.classmate.members.ResolvedMethod;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope.DeclarationDetails;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * Elements that declare a member and may carry its annotations.
 *
 * @param field the field, if any
 * @param getter the getter, if any
 * @param parameter the parameter of the constructor or the setter, if any
 */
record MemberDeclaration(@Nullable FieldScope field, @Nullable MethodScope getter,
		@Nullable AnnotatedElement parameter) {

	static MemberDeclaration find(SchemaGenerationContext context, ResolvedType declaring,
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
		return new MemberDeclaration(field, getter, parameter(property));
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
		return (setter != null && setter.getParameterCount() == 1) ? setter.getAnnotated().getParameters()[0] : null;
	}

	Stream<Member> members() {
		return Stream.concat(Stream.ofNullable(this.field).map(FieldScope::getRawMember),
				Stream.ofNullable(this.getter).map(MethodScope::getRawMember));
	}

	@Nullable AnnotatedType annotatedType() {
		Stream<AnnotatedElement> elements = members().map(AnnotatedElement.class::cast);
		return Stream.concat(Stream.ofNullable(this.parameter), elements)
			.map(MemberAnnotations::annotatedType)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	boolean isNullable() {
		return MemberAnnotations.isNullable(this.parameter) || MemberAnnotations.isMarkedNullable(members())
				|| members().anyMatch((member) -> MemberAnnotations.isNullable((AnnotatedElement) member));
	}

}
