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

package com.cometapi.gemini.client;

import java.util.List;

import com.cometapi.gemini.api.GenerateContentRequest;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Creates the serializer of a nested message when the first such message is written.
 * Jackson would create those of all messages that a tool or a configuration may contain.
 */
final class LazySerializers extends ValueSerializerModifier {

	private static final String MESSAGES = GenerateContentRequest.class.getPackageName();

	@Override
	public List<BeanPropertyWriter> changeProperties(SerializationConfig config, BeanDescription.Supplier message,
			List<BeanPropertyWriter> properties) {
		properties.stream()
			.filter((property) -> !property.hasSerializer() && isMessage(property.getType().getRawClass()))
			.forEach((property) -> property.assignSerializer(new LazySerializer()));
		return properties;
	}

	private static boolean isMessage(Class<?> type) {
		return type.isRecord() && type.getPackageName().equals(MESSAGES);
	}

	/**
	 * Writes a value with the serializer of its class.
	 */
	private static final class LazySerializer extends ValueSerializer<Object> {

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			context.findValueSerializer(value.getClass()).serialize(value, generator, context);
		}

	}

}
