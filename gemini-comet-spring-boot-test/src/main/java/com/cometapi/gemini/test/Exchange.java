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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is being processed. Creates its reply.
 *
 * @param request the request as it arrived
 * @param simulated the validated request
 * @param framing the framing of responses
 * @param errorStyle the format of errors
 */
record Exchange(RecordedRequest request, SimulatedRequest simulated, Framing framing, ErrorStyle errorStyle) {

	HttpReply reply(GeneratedResponse response) {
		ResponseFormatter formatter = new ResponseFormatter(this.simulated.model().id());
		if (this.framing == Framing.SINGLE) {
			int candidates = Math.max(1, this.simulated.config().path("candidateCount").asInt(1));
			return responses(List.of(formatter.whole(response, candidates)));
		}
		return responses(formatter.events(response));
	}

	HttpReply text(String text) {
		List<ObjectNode> parts = List.of(Json.textPart(text));
		int thoughts = ThinkingGenerator.tokens(this.simulated);
		return reply(GeneratedResponse.of(parts, TokenCounter.usage(this.simulated, parts, thoughts, 0)));
	}

	ObjectNode blocked(String reason) {
		return Json.object("promptFeedback", Json.object("blockReason", reason), "usageMetadata",
				TokenCounter.usage(this.simulated, List.of(), 0, 0), "modelVersion", this.simulated.model().id());
	}

	HttpReply responses(List<?> responses) {
		HttpReply reply = switch (this.framing) {
			case SINGLE -> HttpReply.json(200, responses.get(0));
			case ARRAY -> HttpReply.json(200, responses);
			case EVENTS -> HttpReply.events(responses.stream().map((response) -> event(Json.bytes(response))).toList());
		};
		return identified(reply, this.errorStyle, ApiError.newRequestId());
	}

	HttpReply error(ApiError error, ErrorStyle style) {
		return error(error, style, this.framing);
	}

	byte[] errorInStream(ApiError error, ErrorStyle style) {
		Map<String, Object> body = error.body(style, ApiError.newRequestId());
		return (style == ErrorStyle.GOOGLE) ? Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(body)
				: event(Json.bytes(body));
	}

	private byte[] event(byte[] json) {
		String lineEnd = (this.errorStyle == ErrorStyle.GOOGLE) ? "\r\n" : "\n";
		return ("data: " + new String(json, StandardCharsets.UTF_8) + lineEnd + lineEnd)
			.getBytes(StandardCharsets.UTF_8);
	}

	static HttpReply error(ApiError error, ErrorStyle style, Framing framing) {
		String requestId = ApiError.newRequestId();
		Map<String, Object> body = error.body(style, requestId);
		boolean array = style == ErrorStyle.GOOGLE && framing == Framing.ARRAY;
		HttpReply reply = HttpReply.json(error.status(style), (array) ? List.of(body) : body);
		return identified(reply, style, requestId);
	}

	// The gateway gives each response an id.
	private static HttpReply identified(HttpReply reply, ErrorStyle style, String requestId) {
		return (style == ErrorStyle.COMETAPI) ? reply.with(Map.of("X-Oneapi-Request-Id", requestId)) : reply;
	}

	/**
	 * Framing of a response.
	 */
	enum Framing {

		/**
		 * One JSON object.
		 */
		SINGLE,

		/**
		 * A JSON array, the form of a stream that did not ask for events.
		 */
		ARRAY,

		/**
		 * An event stream.
		 */
		EVENTS

	}

}
