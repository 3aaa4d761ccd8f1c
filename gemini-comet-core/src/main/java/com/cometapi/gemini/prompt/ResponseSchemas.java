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

package com.cometapi.gemini.prompt;

import java.util.Map;

import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.Schema;
import com.cometapi.gemini.client.GeminiJsonMapper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.MimeTypeUtils;

/**
 * Puts the schema of a response into a generation configuration.
 */
final class ResponseSchemas {

	private static final String ENUM_TYPE = "text/x.enum";

	private static final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private ResponseSchemas() {
	}

	static void apply(GenerationConfig.Builder config, Schema schema) {
		if (!ENUM_TYPE.equals(config.build().responseMimeType())) {
			config.responseMimeType(MimeTypeUtils.APPLICATION_JSON_VALUE);
		}
		config.responseSchema(schema).responseJsonSchema(null);
	}

	static void apply(GenerationConfig.Builder config, Map<String, ?> schema) {
		config.responseMimeType(MimeTypeUtils.APPLICATION_JSON_VALUE).responseJsonSchema(schema).responseSchema(null);
	}

	static Map<String, ?> parse(String schema) {
		try {
			Map<String, Object> parsed = mapper.readValue(schema, new TypeReference<>() {
			});
			Assert.isTrue(parsed != null, "'schema' must be a JSON object");
			return parsed;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("'schema' must be a JSON object: " + ex.getOriginalMessage(), ex);
		}
	}

}
