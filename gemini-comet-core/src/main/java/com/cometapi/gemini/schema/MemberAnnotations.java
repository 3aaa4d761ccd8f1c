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
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.Nullness;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Reads from the annotations of a member whether it is nullable, required or hidden.
 */
final class MemberAnnotations {

	private static final String SWAGGER_SCHEMA = "io.swagger.v3.oas.annotations.media.Schema";

	private static final String SWAGGER_HIDDEN = "io.swagger.v3.oas.annotations.Hidden";

	private MemberAnnotations() {
	}

	/**
	 * Return whether a member may be null.
	 * @param element the field, the method or the parameter
	 * @return {@code true} if it has an annotation {@code Nullable} of any library, or a
	 * nullable Kotlin type and {@code kotlin-reflect} is present
	 */
	static boolean isNullable(@Nullable AnnotatedElement element) {
		if (element == null) {
			return false;
		}
		AnnotatedType type = annotatedType(element);
		return hasNullable(element.getAnnotations()) || (type != null && hasNullable(type.getAnnotations()))
				|| isNullableInKotlin(element);
	}

	private static boolean isNullableInKotlin(AnnotatedElement element) {
		if (element instanceof Field field) {
			return isKotlin(field.getDeclaringClass()) && Nullness.forField(field) == Nullness.NULLABLE;
		}
		if (element instanceof Method method) {
			return isKotlin(method.getDeclaringClass()) && Nullness.forMethodReturnType(method) == Nullness.NULLABLE;
		}
		return element instanceof java.lang.reflect.Parameter parameter
				&& isKotlin(parameter.getDeclaringExecutable().getDeclaringClass())
				&& Nullness.forParameter(parameter) == Nullness.NULLABLE;
	}

	private static boolean isKotlin(Class<?> declaring) {
		return KotlinDetector.isKotlinReflectPresent() && KotlinDetector.isKotlinType(declaring);
	}

	static @Nullable AnnotatedType annotatedType(@Nullable AnnotatedElement element) {
		if (element instanceof Field field) {
			return field.getAnnotatedType();
		}
		if (element instanceof Method method) {
			return method.getAnnotatedReturnType();
		}
		return (element instanceof java.lang.reflect.Parameter parameter) ? parameter.getAnnotatedType() : null;
	}

	private static boolean hasNullable(Annotation[] annotations) {
		return Arrays.stream(annotations)
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("Nullable"));
	}

	/**
	 * Return whether Swagger's annotation says that a member may be left out.
	 * @param members the field and the method of the member
	 * @return {@code true} if one of them is annotated so
	 */
	static boolean isMarkedOptional(Stream<? extends Member> members) {
		return swagger(members).anyMatch((schema) -> has(schema, "requiredMode", "NOT_REQUIRED"));
	}

	/**
	 * Return whether Swagger's annotation says that a member must be present.
	 * @param members the field and the method of the member
	 * @return {@code true} if one of them is annotated so
	 */
	static boolean isMarkedRequired(Stream<? extends Member> members) {
		return swagger(members).anyMatch((schema) -> has(schema, "requiredMode", "REQUIRED"));
	}

	/**
	 * Return whether Swagger's annotation says that a member may be null.
	 * @param members the field and the method of the member
	 * @return {@code true} if one of them is annotated so
	 */
	static boolean isMarkedNullable(Stream<? extends Member> members) {
		return swagger(members).anyMatch((schema) -> schema.getBoolean("nullable"));
	}

	/**
	 * Return whether Swagger's annotations hide a member or mark it as read-only.
	 * @param members the field and the method of the member
	 * @return {@code true} if one of them is annotated so
	 */
	static boolean isHidden(Stream<? extends Member> members) {
		return members.map((member) -> MergedAnnotations.from((AnnotatedElement) member))
			.anyMatch(
					(annotations) -> annotations.isPresent(SWAGGER_HIDDEN) || Stream.of(annotations.get(SWAGGER_SCHEMA))
						.filter(MergedAnnotation::isPresent)
						.anyMatch((schema) -> schema.getBoolean("hidden") || has(schema, "accessMode", "READ_ONLY")));
	}

	private static boolean has(MergedAnnotation<?> annotation, String attribute, String constant) {
		return annotation.getValue(attribute).filter((value) -> value.toString().equals(constant)).isPresent();
	}

	private static Stream<MergedAnnotation<Annotation>> swagger(Stream<? extends Member> members) {
		return members.map((member) -> MergedAnnotations.from((AnnotatedElement) member))
			.map((annotations) -> annotations.get(SWAGGER_SCHEMA))
			.filter(MergedAnnotation::isPresent);
	}

}
