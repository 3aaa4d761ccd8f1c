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
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Validates numbers, texts and booleans: a value has the type of its schema and loses
 * nothing when it is read, such as a fraction that would become an integer.
 */
final class ScalarValidator {

	private static final Set<String> TEMPORAL = Set.of("date", "date-time", "time", "duration");

	private static final Set<String> NEVER_BLANK = Set.of("date", "date-time", "time", "duration", "uuid", "uri");

	private static final Pattern NUMERIC = Pattern.compile("[+-]?[0-9]+(\\.[0-9]*)?");

	// A short number with a large exponent, such as 1e999999999, would fill the memory.
	private static final int MAX_DIGITS = 1000;

	private final boolean anyCase;

	private final boolean unknownNames;

	ScalarValidator() {
		this.anyCase = false;
		this.unknownNames = false;
	}

	ScalarValidator(JsonMapper reader) {
		DeserializationConfig config = reader.deserializationConfig();
		this.anyCase = config.isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS);
		this.unknownNames = config.isEnabled(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
				|| config.isEnabled(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
	}

	/**
	 * Match a value against the schema of a scalar.
	 * @param node the schema
	 * @param value the value
	 * @return the value as Jackson reads it exactly, or {@code null} if it does not fit
	 */
	@Nullable JsonNode read(JsonNode node, JsonNode value) {
		JsonNode read = ofType(node, value);
		if (read == null || outside(node, read) != null) {
			return null;
		}
		return (!node.has("enum") || isConstant(node, read)) ? read : null;
	}

	/**
	 * Return the range that a number of the right type exceeds.
	 * @param node the schema of a scalar
	 * @param value the value
	 * @return the range, or {@code null} if the number is in its range or the value is of
	 * another type
	 */
	@Nullable NumberRange rangeExceededBy(JsonNode node, JsonNode value) {
		JsonNode read = ofType(node, value);
		return (read != null) ? outside(node, read) : null;
	}

	private static @Nullable NumberRange outside(JsonNode node, JsonNode value) {
		NumberRange range = value.isNumber() ? NumberRange.of(node) : null;
		return (range != null && !range.contains(value)) ? range : null;
	}

	private @Nullable JsonNode ofType(JsonNode node, JsonNode value) {
		return switch (SchemaTree.type(node)) {
			case "integer" -> integer(value);
			case "number" -> (value.isNumber() && !isNaN(value)) ? value : null;
			case "boolean" -> value.isBoolean() ? value : null;
			case "string" ->
				(value.isString() && isOfFormat(node.path("format").asString(""), value.asString())) ? value : null;
			default -> value;
		};
	}

	private static @Nullable JsonNode integer(JsonNode value) {
		if (value.isIntegralNumber()) {
			return value;
		}
		if (!value.isNumber() || isNaN(value)) {
			return null;
		}
		BigDecimal exact = exact(value);
		BigDecimal shortest = exact.stripTrailingZeros();
		if (shortest.scale() > 0 || (long) shortest.precision() - shortest.scale() > MAX_DIGITS) {
			return null;
		}
		BigInteger integer = shortest.toBigIntegerExact();
		return (integer.bitLength() < Long.SIZE) ? JsonNodeFactory.instance.numberNode(integer.longValue())
				: JsonNodeFactory.instance.numberNode(integer);
	}

	static BigDecimal exact(JsonNode value) {
		return value.isDouble() ? BigDecimal.valueOf(value.doubleValue()) : value.decimalValue();
	}

	private static boolean isNaN(JsonNode value) {
		return (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
	}

	/**
	 * Return a value whose type is not known as Jackson itself reads it: a decimal is a
	 * double if that holds it.
	 * @param value the value
	 * @return the value
	 */
	static JsonNode plain(JsonNode value) {
		if (!value.isBigDecimal()) {
			return value;
		}
		BigDecimal exact = value.decimalValue();
		double plain = exact.doubleValue();
		return (Double.isFinite(plain) && BigDecimal.valueOf(plain).compareTo(exact) == 0)
				? JsonNodeFactory.instance.numberNode(plain) : value;
	}

	// Jackson would read a number as seconds or days, and cut off the time of a date.
	private static boolean isOfFormat(String format, String text) {
		if (text.isBlank()) {
			return !NEVER_BLANK.contains(format);
		}
		return !(TEMPORAL.contains(format) && NUMERIC.matcher(text.strip()).matches())
				&& !(format.equals("date") && text.toUpperCase(Locale.ROOT).contains("T"));
	}

	// The API's own form writes the numbers of an enum as texts.
	private static boolean isSame(JsonNode constant, JsonNode number) {
		try {
			BigDecimal exact = constant.isNumber() ? exact(constant) : new BigDecimal(constant.asString(""));
			return exact.compareTo(exact(number)) == 0;
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private boolean isConstant(JsonNode node, JsonNode value) {
		String text = value.asString("");
		if (value.isNumber()) {
			return node.get("enum").valueStream().anyMatch((constant) -> isSame(constant, value));
		}
		JsonNode aliases = node.path(SchemaTranslator.ALIASES);
		boolean known = aliases.has(text) || aliases.has(SchemaTranslator.ANY_NAME)
				|| node.get("enum")
					.valueStream()
					.map((constant) -> constant.asString(""))
					.anyMatch(this.anyCase ? text::equalsIgnoreCase : text::equals);
		return known || (this.unknownNames && !text.isBlank() && !NUMERIC.matcher(text.strip()).matches());
	}

}
