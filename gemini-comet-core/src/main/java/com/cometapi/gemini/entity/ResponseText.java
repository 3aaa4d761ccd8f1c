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

package com.cometapi.gemini.entity;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.SurrogateSafeChunks;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiNoTextException;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Reads the text of a response or of the events of a stream.
 */
public final class ResponseText {

	private ResponseText() {
	}

	/**
	 * Return the text of a response.
	 * @param response the response
	 * @return the text without thoughts
	 * @throws GeminiException if the response is not {@linkplain GeminiResponseOutcome
	 * successful} or has other parts but no text
	 */
	public static String of(GenerateContentResponse response) {
		GeminiException failure = findFailure(response);
		if (failure != null) {
			throw failure;
		}
		return response.text();
	}

	/**
	 * Return the text of each event as it arrives.
	 * @param events the events
	 * @return the pieces of the text, none of them empty or ending within a surrogate
	 * pair; fails as the events do
	 */
	public static Flux<String> pieces(Flux<GenerateContentResponse> events) {
		return Flux.defer(() -> {
			SurrogateSafeChunks pieces = new SurrogateSafeChunks();
			Flux<String> rest = Flux.defer(() -> Flux.just(pieces.end()));
			return events.map((event) -> pieces.add(event.text()))
				.onErrorResume((ex) -> rest.concatWith(Flux.error(ex)))
				.concatWith(rest)
				.filter((text) -> !text.isEmpty());
		});
	}

	private static @Nullable GeminiException findFailure(GenerateContentResponse response) {
		GeminiException failure = GeminiResponseOutcome.findFailure(response);
		if (failure != null || !response.text().isEmpty()) {
			return failure;
		}
		// A response that ended well without any content has an empty text.
		return (response.parts().stream().anyMatch(Part::hasContent))
				? new GeminiNoTextException(describeOtherParts(response), response) : null;
	}

	private static String describeOtherParts(GenerateContentResponse response) {
		FinishReason finishReason = response.finishReason();
		boolean complete = finishReason != null && finishReason.isComplete();
		String parts = Stream
			.concat(response.functionCalls().stream().map((call) -> "a call of " + call.name()),
					response.inlineData().stream().map((blob) -> "a medium of type " + blob.mimeType()))
			.collect(Collectors.joining(", "));
		return "The response has no text%s, but %s: use call() or stream() to get it".formatted(
				(complete) ? "" : ": " + GeminiResponseOutcome.describe(response),
				(parts.isEmpty()) ? "parts of other kinds" : parts);
	}

}
