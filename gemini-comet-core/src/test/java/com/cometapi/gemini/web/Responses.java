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

package com.cometapi.gemini.web;

import java.math.BigDecimal;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.GeminiJsonMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Responses as a model would send them.
 */
final class Responses {

	static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private Responses() {
	}

	static GenerateContentResponse text(String text) {
		return json("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":%s}]}}]}"
			.formatted(MAPPER.writeValueAsString(text)));
	}

	static GenerateContentResponse costing(String cost, String json) {
		return json(json).toBuilder()
			.origin(ResponseOrigin.ofModel("default", "gemini-3.5-flash").withCost(new BigDecimal(cost)))
			.build();
	}

	static GenerateContentResponse json(String json) {
		GenerateContentResponse response = MAPPER.readValue(json, GenerateContentResponse.class);
		return (response.parts().stream().anyMatch((part) -> part.functionResponse() != null))
				? response.toBuilder().origin(ResponseOrigin.FUNCTIONS).build() : response;
	}

}
