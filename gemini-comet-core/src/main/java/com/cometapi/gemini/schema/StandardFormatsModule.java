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

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.ext.javatime.deser.DurationDeserializer;
import tools.jackson.databind.ext.javatime.deser.LocalDateTimeDeserializer;
import tools.jackson.databind.ext.javatime.deser.LocalTimeDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Extends Jackson's deserializers to all values that the formats of a schema allow: local
 * times with the offset of {@code date-time} and {@code time}, which is ignored, and
 * durations in weeks. Deserializers of the application are not affected.
 */
final class StandardFormatsModule extends SimpleModule {

	StandardFormatsModule() {
		super(StandardFormatsModule.class.getName());
		setDeserializerModifier(new Modifier());
	}

	private static DateTimeFormatter withOffset(DateTimeFormatter formatter) {
		return new DateTimeFormatterBuilder().append(formatter).optionalStart().appendOffsetId().toFormatter();
	}

	private static final class Modifier extends ValueDeserializerModifier {

		private static final ValueDeserializer<LocalDateTime> DATE_TIME = new LocalDateTimeDeserializer(
				withOffset(DateTimeFormatter.ISO_LOCAL_DATE_TIME));

		private static final ValueDeserializer<LocalTime> TIME = new LocalTimeDeserializer(
				withOffset(DateTimeFormatter.ISO_LOCAL_TIME));

		private static final ValueDeserializer<Duration> DURATION = new Durations();

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier type,
				ValueDeserializer<?> deserializer) {
			if (deserializer == LocalDateTimeDeserializer.INSTANCE) {
				return DATE_TIME;
			}
			if (deserializer == LocalTimeDeserializer.INSTANCE) {
				return TIME;
			}
			return (deserializer == DurationDeserializer.INSTANCE) ? DURATION : deserializer;
		}

	}

	private static final class Durations extends DurationDeserializer {

		private static final Pattern WEEKS = Pattern.compile("P([0-9]{1,9})W");

		@Override
		public Duration deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.hasToken(JsonToken.VALUE_STRING)) {
				var weeks = WEEKS.matcher(parser.getString());
				if (weeks.matches()) {
					return Duration.ofDays(7 * Long.parseLong(weeks.group(1)));
				}
			}
			return super.deserialize(parser, context);
		}

	}

}
