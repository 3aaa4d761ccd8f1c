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

import java.math.BigDecimal;
import java.time.Year;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.ClassUtils;

/**
 * Value ranges of Java's number types.
 */
enum NumberRange {

	BYTE(Byte.MIN_VALUE, Byte.MAX_VALUE),

	SHORT(Short.MIN_VALUE, Short.MAX_VALUE),

	INTEGER(Integer.MIN_VALUE, Integer.MAX_VALUE),

	LONG(Long.MIN_VALUE, Long.MAX_VALUE),

	FLOAT(-Float.MAX_VALUE, Float.MAX_VALUE),

	DOUBLE(-Double.MAX_VALUE, Double.MAX_VALUE),

	YEAR(Year.MIN_VALUE, Year.MAX_VALUE);

	private static final Map<Class<?>, NumberRange> BY_TYPE = Map.of(Byte.class, BYTE, Short.class, SHORT,
			Integer.class, INTEGER, Long.class, LONG, Float.class, FLOAT, Double.class, DOUBLE, AtomicInteger.class,
			INTEGER, AtomicLong.class, LONG, Year.class, YEAR);

	private static final Map<String, NumberRange> BY_FORMAT = Map.of("int32", INTEGER, "int64", LONG, "float", FLOAT,
			"double", DOUBLE);

	private final Number min;

	private final Number max;

	NumberRange(Number min, Number max) {
		this.min = min;
		this.max = max;
	}

	static @Nullable NumberRange of(Class<?> type) {
		return BY_TYPE.get(ClassUtils.resolvePrimitiveIfNecessary(type));
	}

	/**
	 * Return the range of the numbers of a schema.
	 * @param node the schema
	 * @return the range, or {@code null} if the schema has none
	 */
	static @Nullable NumberRange of(JsonNode node) {
		JsonNode name = node.path(SchemaTranslator.NUMBER);
		return name.isString() ? valueOf(name.asString()) : BY_FORMAT.get(node.path("format").asString(""));
	}

	boolean contains(JsonNode number) {
		if (this == FLOAT || this == DOUBLE) {
			BigDecimal value = ScalarValidator.exact(number);
			return Double.isFinite((this == FLOAT) ? value.floatValue() : value.doubleValue());
		}
		return number.canConvertToLong() && number.longValue() >= this.min.longValue()
				&& number.longValue() <= this.max.longValue();
	}

	/**
	 * Return whether a text is a number that is in this range.
	 * @param name the name of a member of a map
	 * @return {@code true} if it is
	 */
	boolean containsName(String name) {
		try {
			BigDecimal number = new BigDecimal(name.strip());
			return number.compareTo(new BigDecimal(this.min.toString())) >= 0
					&& number.compareTo(new BigDecimal(this.max.toString())) <= 0;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	String describe() {
		return "from %s to %s".formatted(this.min, this.max);
	}

}
