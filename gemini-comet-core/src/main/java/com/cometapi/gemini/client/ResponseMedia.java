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

package com.cometapi.gemini.client;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.error.GeminiBlockedException;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.error.GeminiNoMediaException;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import com.cometapi.gemini.error.Redactor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Finds the requested media in a response, or describes why it has none.
 */
public final class ResponseMedia {

	private static final int MAX_TEXT = 300;

	private static final int MAX_MESSAGE = 1000;

	private static final String DATA_URL = "](data:image/";

	private static final int MAX_PARTS = 5;

	private @Nullable ResponseAccumulator response = new ResponseAccumulator();

	private ResponseMedia() {
	}

	/**
	 * Return the images of a response, without drafts in the thoughts.
	 * @param response the whole response
	 * @return the images, at least one
	 * @throws GeminiBlockedException if a filter blocked the prompt or the response
	 * @throws GeminiNoMediaException if there is no image, or if the response is
	 * incomplete
	 */
	public static List<Blob> images(GenerateContentResponse response) {
		List<Blob> images = response.inlineData().stream().filter(ResponseMedia::isImage).toList();
		if (images.isEmpty() || !GeminiResponseOutcome.isSuccessful(response)) {
			throw failure(response, "image", !images.isEmpty());
		}
		return images;
	}

	private static boolean isImage(Blob blob) {
		String mimeType = blob.mimeType();
		return (mimeType == null || mimeType.regionMatches(true, 0, "image/", 0, "image/".length()))
				&& blob.data() != null && !isEmpty(blob.data());
	}

	// A text that is not base64 may have no bytes, but is not empty.
	private static boolean isEmpty(MediaData data) {
		return (data.isBase64()) ? data.asBase64().isEmpty() : data.length() == 0;
	}

	/**
	 * Check that a response had a medium for the sink.
	 * @param response the whole response
	 * @return the same response
	 */
	static GenerateContentResponse required(GenerateContentResponse response) {
		if (!hasMedium(response)) {
			throw failure(response, "medium", false);
		}
		return response;
	}

	/**
	 * Check that a stream had a medium for the sink.
	 * @param events the events
	 * @return the same events; fails if none had a medium
	 */
	static Flux<GenerateContentResponse> required(Flux<GenerateContentResponse> events) {
		return Flux.defer(() -> {
			ResponseMedia media = new ResponseMedia();
			return events.doOnNext(media::add).concatWith(Flux.defer(media::end));
		});
	}

	private void add(GenerateContentResponse event) {
		if (this.response == null) {
			return;
		}
		if (hasMedium(event)) {
			this.response = null;
		}
		else {
			this.response.add(event);
		}
	}

	private Flux<GenerateContentResponse> end() {
		return (this.response == null) ? Flux.empty()
				: Flux.error(failure(this.response.toResponse(), "medium", false));
	}

	// The data of a medium that was written to the sink is empty.
	private static boolean hasMedium(GenerateContentResponse response) {
		return response.candidates()
			.stream()
			.flatMap((candidate) -> candidate.inlineData().stream())
			.anyMatch((blob) -> blob.data() != null);
	}

	private static GeminiException failure(GenerateContentResponse response, String wanted, boolean found) {
		GeminiException failure = GeminiResponseOutcome.findFailure(response);
		if (failure instanceof GeminiBlockedException) {
			return failure;
		}
		String lead = (found) ? "The response has an image, but is incomplete: "
				: "The response has no %s: ".formatted(wanted);
		String message = lead + GeminiResponseOutcome.describe(response) + describeRest(response);
		return new GeminiNoMediaException(new Redactor(List.of()).redact(message, MAX_MESSAGE), response);
	}

	private static String describeRest(GenerateContentResponse response) {
		List<String> rest = new ArrayList<>();
		for (Part part : response.parts()) {
			Blob blob = part.inlineData();
			FunctionCall call = part.functionCall();
			if (blob != null) {
				rest.add(((part.isThought()) ? "a draft of type " : "a medium of type ") + blob.mimeType());
			}
			if (call != null) {
				rest.add("a call of " + call.name());
			}
			if (part.fileData() != null) {
				rest.add("a reference to a file of type " + part.fileData().mimeType());
			}
		}
		StringBuilder words = new StringBuilder();
		if (!rest.isEmpty()) {
			int shown = Math.min(rest.size(), MAX_PARTS);
			words.append("; it has ")
				.append(String.join(", ", rest.subList(0, shown)))
				.append((shown < rest.size()) ? " and more" : "");
		}
		String text = response.text().strip();
		if (!text.isEmpty()) {
			if (text.contains(DATA_URL)) {
				words.append("; its text has an image, which 'cometapi.gemini.read-data-urls' reads");
			}
			words.append("; it says \"").append(new Redactor(List.of()).redact(text, MAX_TEXT)).append('"');
		}
		return words.toString();
	}

}
