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

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the bounds of a number from its schema. The API supports inclusive bounds only:
 * exclusive bounds of an integer are moved by one, those of other numbers are sent
 * unchanged.
 */
final class NumberBounds {

	private NumberBounds() {
	}

	static @Nullable Double minimum(ObjectNode node) {
		return strictest(node.path("minimum"), node.path("exclusiveMinimum"), step(node), true);
	}

	static @Nullable Double maximum(ObjectNode node) {
		return strictest(node.path("maximum"), node.path("exclusiveMaximum"), -step(node), false);
	}

	/**
	 * Describe the exclusive bounds of a number that is not an integer.
	 * @param node the schema of the number
	 * @return the description, empty if there are no such bounds
	 */
	static String describeExclusive(ObjectNode node) {
		if (step(node) == 1) {
			return "";
		}
		return Stream.of("exclusiveMinimum", "exclusiveMaximum")
			.filter((name) -> node.path(name).isNumber())
			.map((name) -> (name.equals("exclusiveMinimum") ? "greater than " : "less than ")
					+ node.path(name).asString())
			.collect(Collectors.joining(" and "));
	}

	private static double step(ObjectNode node) {
		return SchemaTranslator.typeName(node).equals("integer") ? 1 : 0;
	}

	private static @Nullable Double strictest(JsonNode inclusive, JsonNode exclusive, double step, boolean highest) {
		Double[] bounds = { inclusive.isNumber() ? inclusive.doubleValue() : null,
				exclusive.isNumber() ? exclusive.doubleValue() + step : null };
		return Arrays.stream(bounds)
			.filter(Objects::nonNull)
			.reduce((one, other) -> highest ? Math.max(one, other) : Math.min(one, other))
			.orElse(null);
	}

}
