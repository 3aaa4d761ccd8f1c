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

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads and validates a request as strictly as the real API.
 */
final class RequestReader {

	private final Set<String> moreModels;

	private final boolean lenient;

	RequestReader(Set<String> moreModels, boolean lenient) {
		this.moreModels = moreModels;
		this.lenient = lenient;
	}

	// Return the request, or reject it if it violates a rule.
	SimulatedRequest read(ModelCall call, String body) {
		JsonNode json = parse(body);
		if (this.lenient) {
			return new SimulatedRequest(new SimulatedModel(call.model()), json);
		}
		SimulatedModel model = SimulatedModel.find(call.model(), this.moreModels);
		if (model == null) {
			throw new RequestRejectedException(ApiError.unknownModel(call));
		}
		SimulatedRequest request = new SimulatedRequest(model, RequestNormalizer.check(json));
		RequestRules.check(request);
		return request;
	}

	private static JsonNode parse(String body) {
		@Nullable JsonNode json;
		try {
			json = Json.MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			throw new RequestRejectedException(ApiError.malformedBody(ex.getOriginalMessage()));
		}
		if (json == null || !json.isObject()) {
			throw new RequestRejectedException(ApiError.malformedBody("Expected an object."));
		}
		return json;
	}

}
