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

package com.cometapi.gemini.cache;

import java.math.BigDecimal;
import java.util.List;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response as the cache stores it, as JSON bytes that any cache can hold.
 *
 * @param format the version of the format
 * @param connection the connection that was called
 * @param model the model that was called
 * @param cost the cost of the call, or {@code null} if it is not known
 * @param events the events of the response
 */
record CachedResponse(int format, String connection, String model, @Nullable BigDecimal cost,
		List<GenerateContentResponse> events) {

	private static final int FORMAT = 1;

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/**
	 * Return the events with the origin of a response from the cache.
	 * @param streamed whether they are for a stream; for a call, they are merged into one
	 * @return the events
	 */
	List<GenerateContentResponse> replay(boolean streamed) {
		ResponseOrigin origin = new ResponseOrigin(ResponseOrigin.Kind.CACHE, this.connection, this.model, false,
				BigDecimal.ZERO);
		List<GenerateContentResponse> events = (streamed || this.events.size() == 1) ? this.events : List.of(whole());
		return events.stream().map((event) -> event.toBuilder().origin(origin).build()).toList();
	}

	private GenerateContentResponse whole() {
		ResponseAccumulator accumulator = new ResponseAccumulator();
		this.events.forEach(accumulator::add);
		return accumulator.toResponse();
	}

	byte[] toJson() {
		return MAPPER.writeValueAsBytes(this);
	}

	/**
	 * Create the stored form of a response.
	 * @param events the events of the response
	 * @param origin the origin of the last event
	 * @return the stored form
	 */
	static CachedResponse of(List<GenerateContentResponse> events, ResponseOrigin origin) {
		return new CachedResponse(FORMAT, String.valueOf(origin.connection()), String.valueOf(origin.model()),
				origin.cost(), events);
	}

	/**
	 * Read a stored response.
	 * @param json the JSON
	 * @return the response, or {@code null} if this version cannot read it
	 */
	static @Nullable CachedResponse parse(byte[] json) {
		try {
			CachedResponse response = MAPPER.readValue(json, CachedResponse.class);
			return (response.format() == FORMAT && !response.events().isEmpty()) ? response : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
