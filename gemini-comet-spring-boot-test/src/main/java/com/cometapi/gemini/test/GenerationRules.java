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

import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Rules for the generation settings: value ranges and valid combinations.
 */
final class GenerationRules implements RequestRules.Rule {

	private static final List<Range> RANGES = List.of(new Range("temperature", 0, 2), new Range("topP", 0, 1),
			new Range("candidateCount", 1, 8), new Range("maxOutputTokens", 1, 65536),
			new Range("presencePenalty", -2, 2), new Range("frequencyPenalty", -2, 2), new Range("logprobs", 0, 20));

	private static final Set<String> MIME_TYPES = Set.of("text/plain", "application/json", "text/x.enum",
			"application/xml", "application/yaml");

	private static final int MAX_STOP_SEQUENCES = 5;

	@Override
	public void check(SimulatedRequest request) {
		JsonNode config = request.config();
		RANGES.forEach((range) -> range.check(config));
		if (config.path("stopSequences").size() > MAX_STOP_SEQUENCES) {
			throw refused("Unable to submit request because it has too many stop sequences. The maximum is "
					+ MAX_STOP_SEQUENCES + ".");
		}
		if (config.has("logprobs") && !config.path("responseLogprobs").asBoolean(false)) {
			throw refused("Logprobs is only supported when response_logprobs is true.");
		}
		boolean penalty = config.has("presencePenalty") || config.has("frequencyPenalty");
		if (penalty && request.model().id().equals("gemini-2.5-pro")) {
			throw refused("Penalty is not enabled for models/" + request.model().id());
		}
		checkFormat(config);
		checkModalities(request);
	}

	private static void checkFormat(JsonNode config) {
		String mimeType = config.path("responseMimeType").asString("text/plain");
		if (!MIME_TYPES.contains(mimeType)) {
			throw refused("* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are "
					+ "`text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`.\n");
		}
		boolean jsonSchema = config.has("responseJsonSchema") || config.has("_responseJsonSchema");
		if (config.has("responseSchema") && jsonSchema) {
			throw refused("Only one of response_schema and response_json_schema can be set.");
		}
		boolean fits = mimeType.equals("application/json") || (mimeType.equals("text/x.enum") && !jsonSchema);
		if ((config.has("responseSchema") || jsonSchema) && !fits) {
			throw refused("* GenerateContentRequest.generation_config.response_schema: needs "
					+ "response_mime_type `application/json`, but it is `" + mimeType + "`.\n");
		}
		if (config.has("responseSchema")) {
			SchemaRules.check(config.get("responseSchema"), "GenerateContentRequest.generation_config.response_schema");
		}
	}

	private static void checkModalities(SimulatedRequest request) {
		boolean image = request.asksFor("IMAGE");
		boolean audio = request.asksFor("AUDIO");
		boolean offered = (!image || request.model().offersImages()) && (!audio || request.model().offersSpeech());
		if (!offered) {
			throw refused("The requested combination of response modalities is not supported by the model. models/"
					+ request.model().id() + " accepts the following combination of response modalities:\n"
					+ ((request.model().isImage()) ? "* TEXT, IMAGE\n" : "* TEXT\n"));
		}
	}

	private static RequestRejectedException refused(String message) {
		return RequestRejectedException.invalidArgument(message);
	}

	/**
	 * The range of a number, both ends included.
	 *
	 * @param name the setting
	 * @param from the smallest value
	 * @param to the largest value
	 */
	private record Range(String name, double from, double to) {

		void check(JsonNode config) {
			JsonNode value = config.path(this.name);
			if (value.isMissingNode()) {
				return;
			}
			double number = value.asDouble(Double.NaN);
			if (!(number >= this.from && number <= this.to)) {
				throw refused("Unable to submit request because it has a " + this.name + " value of " + value.asString()
						+ " but the supported range is from " + text(this.from) + " (inclusive) to " + text(this.to)
						+ " (inclusive). Update the value and try again.");
			}
		}

		private static String text(double number) {
			return (number == Math.rint(number)) ? Long.toString((long) number) : Double.toString(number);
		}

	}

}
