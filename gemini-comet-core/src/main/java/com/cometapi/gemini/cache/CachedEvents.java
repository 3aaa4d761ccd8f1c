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

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Collects the events of a response that is to be stored, up to a maximum size.
 */
final class CachedEvents {

	private final GeminiExchange exchange;

	private final long maxSize;

	private final List<GenerateContentResponse> events = new ArrayList<>();

	private long size;

	CachedEvents(GeminiExchange exchange, long maxSize) {
		this.exchange = exchange;
		this.maxSize = maxSize;
	}

	void add(GenerateContentResponse event) {
		this.size += event.candidates()
			.stream()
			.flatMap((candidate) -> candidate.parts().stream())
			.mapToLong(CachedEvents::size)
			.sum();
		if (this.size <= this.maxSize) {
			this.events.add(event);
		}
		else {
			this.events.clear();
		}
	}

	private static long size(Part part) {
		Blob blob = part.inlineData();
		long media = (blob != null && blob.data() != null) ? blob.data().length() : 0;
		return media + ((part.text() != null) ? part.text().length() : 0);
	}

	/**
	 * Return the response if it is complete and comes from the model that was asked: the
	 * response of a fallback is not stored.
	 * @return the response, or {@code null} if it must not be stored
	 */
	@Nullable CachedResponse toResponse() {
		if (this.events.isEmpty()) {
			return null;
		}
		ResponseAccumulator accumulator = new ResponseAccumulator();
		this.events.forEach(accumulator::add);
		GenerateContentResponse response = accumulator.toResponse();
		ResponseOrigin origin = response.origin();
		if (origin == null || origin.kind() != ResponseOrigin.Kind.MODEL || origin.fallback()
				|| !this.exchange.model().equals(origin.model())) {
			return null;
		}
		boolean complete = GeminiResponseOutcome.isSuccessful(response) && response.candidates()
			.stream()
			.allMatch((candidate) -> candidate.finishReason() != null && candidate.finishReason().isComplete());
		return (complete) ? CachedResponse.of(this.events, origin) : null;
	}

}
