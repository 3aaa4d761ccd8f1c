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

package com.cometapi.gemini.test;

import tools.jackson.databind.JsonNode;

/**
 * Rules for schemas in the API's own format.
 */
final class SchemaRules {

	private SchemaRules() {
	}

	static void check(JsonNode schema, String path) {
		String type = schema.path("type").asString("");
		if (type.equals("OBJECT") && schema.has("properties") && schema.get("properties").isEmpty()) {
			throw RequestRejectedException
				.invalidArgument("* " + path + ".properties: should be non-empty for OBJECT type\n");
		}
		if (type.equals("ARRAY") && !schema.has("items")) {
			throw RequestRejectedException.invalidArgument("* " + path + ".items: missing field.\n");
		}
		schema.path("required").forEach((name) -> {
			if (!schema.path("properties").has(name.asString(""))) {
				throw RequestRejectedException
					.invalidArgument("* " + path + ".required: property is not defined: " + name.asString("") + "\n");
			}
		});
		schema.path("properties")
			.properties()
			.forEach((entry) -> check(entry.getValue(), path + ".properties[" + entry.getKey() + "]"));
		if (schema.has("items")) {
			check(schema.get("items"), path + ".items");
		}
		schema.path("anyOf").forEach((alternative) -> check(alternative, path + ".any_of"));
	}

}
