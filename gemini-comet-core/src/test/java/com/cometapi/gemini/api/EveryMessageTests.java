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

package com.cometapi.gemini.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests the rules for all messages of the package.
 */
class EveryMessageTests {

	@Test
	void messagesAreFound() {
		assertThat(Messages.messages()).hasSizeGreaterThan(70)
			.contains(Part.class, GenerateContentResponse.class, GroundingChunk.Web.class);
		assertThat(Messages.openEnums()).hasSizeGreaterThan(20).contains(FinishReason.class);
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#messages")
	void emptyMessageIsReadableAndWrittenUnchanged(Class<?> type) {
		Object message = Wire.read("{}", type);

		for (Method method : readers(type)) {
			assertThatNoException().as(method.toString()).isThrownBy(() -> method.invoke(message));
		}
		assertThat(Wire.write(message)).isEqualTo("{}");
		assertThat(Wire.read("{}", type)).isEqualTo(message).hasSameHashCodeAs(message).hasToString(message.toString());
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#messages")
	void nullMembersAreReadAsAbsent(Class<?> type) {
		StringBuilder json = new StringBuilder();
		for (RecordComponent component : type.getRecordComponents()) {
			if (!List.of("additional", "origin").contains(component.getName())) {
				json.append(json.isEmpty() ? "" : ",")
					.append('"')
					.append(wireName(component.getName()))
					.append("\":null");
			}
		}
		Object message = Wire.read("{" + json + "}", type);

		assertThat(message).isEqualTo(Wire.read("{}", type));
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#messages")
	void unknownMembersAreKept(Class<?> type) {
		String json = """
				{"someFutureMember": {"list": [1, null, "x", 0.1, {"deep": true}], "empty": {}, "none": null},
				 "someFutureNull": null, "some_future_text": "ä€😀", "value": 7}
				""";
		Object message = Wire.read(json, type);

		assertThat(Wire.meaning(Wire.tree(Wire.write(message)))).isEqualTo(Wire.meaning(Wire.tree(json)));
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#messages")
	void listsAreNeverNullAndCannotBeChanged(Class<?> type) throws ReflectiveOperationException {
		Object message = Wire.read("{}", type);

		for (RecordComponent component : type.getRecordComponents()) {
			if (component.getType() == List.class) {
				List<?> list = (List<?>) component.getAccessor().invoke(message);
				assertThat(list).as(component.getName()).isUnmodifiable().isEmpty();
			}
			else if (component.getName().equals("additional")) {
				assertThat((Map<?, ?>) component.getAccessor().invoke(message)).isUnmodifiable();
			}
			else {
				assertThat(component.getType().isPrimitive()).as(component.getName()).isFalse();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#messages")
	void builderKeepsTheMembersOfTheMessage(Class<?> type) throws ReflectiveOperationException {
		Method toBuilder = find(type, "toBuilder");
		if (toBuilder == null) {
			return;
		}
		String json = "{\"someFutureMember\": 1, " + present(type) + "}";
		Object message = Wire.read(json, type);
		Object builder = toBuilder.invoke(message);
		Object copy = builder.getClass().getMethod("build").invoke(builder);
		Object fresh = type.getMethod("builder").invoke(null);

		assertThat(copy).isEqualTo(message);
		assertThat(Wire.write(copy)).isEqualTo(Wire.write(message));
		assertThat(Wire.write(fresh.getClass().getMethod("build").invoke(fresh))).isEqualTo("{}");
	}

	@ParameterizedTest
	@MethodSource("com.cometapi.gemini.api.Messages#records")
	void recordHasOneConstructorAndNoValueOf(Class<?> type) {
		assertThat(type.getDeclaredConstructors()).hasSize(1);
		assertThat(type.getMethods()).extracting(Method::getName).doesNotContain("valueOf");
	}

	@Test
	void everyPublicTypeIsARecordOrAKnownHelper() {
		assertThat(Messages.classes().filter((type) -> Modifier.isPublic(type.getModifiers())))
			.allMatch((type) -> type.isRecord() || type.getSimpleName().equals("Builder") || type == MediaData.class
					|| type == MediaData.StreamSource.class || type == ResponseAccumulator.class
					|| type == SurrogateSafeChunks.class || type == ResponseOrigin.Kind.class);
	}

	@Test
	void buildersHaveNoPublicConstructor() {
		assertThat(Messages.classes().filter((type) -> type.getSimpleName().equals("Builder")))
			.flatMap((type) -> Arrays.asList(type.getDeclaredConstructors()))
			.extracting(Constructor::getModifiers)
			.allMatch(Modifier::isPrivate);
	}

	private static List<Method> readers(Class<?> type) {
		return Stream.of(type.getMethods())
			.filter((method) -> method.getDeclaringClass() == type)
			.filter((method) -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
			.toList();
	}

	private static Method find(Class<?> type, String name) {
		return readers(type).stream().filter((method) -> method.getName().equals(name)).findFirst().orElse(null);
	}

	// A value for every member whose type is known to value(Class).
	private static String present(Class<?> type) {
		StringBuilder json = new StringBuilder();
		for (Method method : builderMethods(type)) {
			String value = value(method.getParameterTypes()[0]);
			String name = wireName(method.getName());
			if (value != null && !name.equals("additional")) {
				json.append(json.isEmpty() ? "" : ",").append('"').append(name).append("\":").append(value);
			}
		}
		return json.toString();
	}

	private static List<Method> builderMethods(Class<?> type) {
		try {
			Class<?> builder = Class.forName(type.getName() + "$Builder");
			return Stream.of(builder.getMethods())
				.filter((method) -> method.getParameterCount() == 1 && method.getReturnType() == builder)
				.filter((method) -> !method.isVarArgs())
				.toList();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String wireName(String name) {
		return switch (name) {
			case "enumValues" -> "enum";
			case "defaultValue" -> "default";
			default -> name;
		};
	}

	private static String value(Class<?> type) {
		if (type == String.class || type == MediaData.class) {
			return "\"AAAA\"";
		}
		if (type == Integer.class || type == Long.class || type == Double.class) {
			return "3";
		}
		if (type == Boolean.class) {
			return "true";
		}
		if (type == List.class) {
			return "[]";
		}
		if (type == Map.class || type == Object.class) {
			return "{}";
		}
		return Messages.openEnums().anyMatch(type::equals) ? "\"FUTURE\"" : "{}";
	}

}
