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

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * Checks that the deserializer of a member reads the values that its schema describes.
 */
final class DeserializerChecks {

	private final TypeDefinitions types;

	private final DeserializationConfig config;

	private final AnnotationIntrospector introspector;

	DeserializerChecks(TypeDefinitions types) {
		this.types = types;
		this.config = types.reading().getConfig();
		this.introspector = this.config.getAnnotationIntrospector();
	}

	/**
	 * Check a member.
	 * @param property the member
	 * @param reader the property that reads it
	 * @param format the format of the member, or {@code null}
	 * @throws IllegalArgumentException if it cannot be read
	 */
	void check(BeanPropertyDefinition property, SettableBeanProperty reader, JsonFormat.@Nullable Value format) {
		checkDeserializer(property, reader, format);
		checkSelection(property, reader);
	}

	// A custom deserializer must at least read the usual JSON form of the type.
	private void checkDeserializer(BeanPropertyDefinition property, SettableBeanProperty reader,
			JsonFormat.@Nullable Value format) {
		AnnotatedMember member = property.getPrimaryMember();
		if (member == null) {
			return;
		}
		JavaType type = reader.getType();
		ValueDeserializer<?> deserializer = reader.getValueDeserializer();
		if (this.introspector.findDeserializer(this.config, member) != null) {
			checkReads(property, deserializer, type, format);
		}
		else if (this.introspector.findContentDeserializer(this.config, member) != null
				&& deserializer instanceof ContainerDeserializerBase<?> container) {
			checkReads(property, container.getContentDeserializer(), type.getContentType(), format);
		}
	}

	private void checkReads(BeanPropertyDefinition property, ValueDeserializer<?> deserializer, JavaType type,
			JsonFormat.@Nullable Value format) {
		JsonNode sample = this.types.samples()
			.sampleOf(type.getRawClass(), (format != null) ? format : JsonFormat.Value.empty());
		if (sample == null || !isRead(deserializer, sample)) {
			this.types.path().addLast(property.getName());
			throw this.types.reject(type, "is read by %s, which does not declare the JSON that it reads: "
				.formatted(deserializer.getClass().getName()) + "use a type that Jackson knows");
		}
	}

	// Jackson has no creator for the objects of a type that is just being resolved.
	private void checkSelection(BeanPropertyDefinition property, SettableBeanProperty reader) {
		ValueDeserializer<?> deserializer = reader.getValueDeserializer();
		while (deserializer instanceof ContainerDeserializerBase<?> container) {
			deserializer = container.getContentDeserializer();
		}
		if (MemberSelection.of(this.config, property.getPrimaryMember()) != null
				&& deserializer instanceof BeanDeserializerBase bean
				&& bean.getValueInstantiator().canCreateFromObjectWith() && !bean.creatorProperties().hasNext()) {
			this.types.path().addLast(property.getName());
			throw this.types.reject(property.getPrimaryType(), "leaves out members of a type with a constructor that "
					+ "refers to itself, which Jackson cannot read: make it a class with setters");
		}
	}

	private boolean isRead(ValueDeserializer<?> reader, JsonNode sample) {
		try (JsonParser parser = sample.traverse(this.types.reading())) {
			parser.nextToken();
			reader.deserialize(parser, this.types.reading());
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
