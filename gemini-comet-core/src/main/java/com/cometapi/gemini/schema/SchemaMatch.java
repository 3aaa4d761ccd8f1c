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

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * The result of matching a value against a schema.
 *
 * @param value the value, for Jackson to read: its members have the names of the schema,
 * and its integers no decimal point
 * @param mismatches the places where the value is not of the type that the schema
 * requires, such as {@code 'planets[2].moons' must be an integer, but was 1.5}, at most
 * 20
 */
public record SchemaMatch(JsonNode value, List<String> mismatches) {

	/**
	 * Create a match.
	 */
	public SchemaMatch {
		mismatches = List.copyOf(mismatches);
	}

}
