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

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.GeminiMediaSinkException;
import com.cometapi.gemini.thread.GeminiThreads;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Converts images that a response contains as Markdown data URLs in its text to parts
 * with inline data.
 */
final class DataUrlImages {

	private static final String MODEL = "model";

	private final Map<Integer, DataUrlScanner> scanners = new TreeMap<>();

	private final boolean whole;

	private DataUrlImages(boolean whole) {
		this.whole = whole;
	}

	/**
	 * Read the images of a response.
	 * @param response the whole response
	 * @return the response with the images as inline data
	 */
	static GenerateContentResponse read(GenerateContentResponse response) {
		return new DataUrlImages(true).readEvent(response);
	}

	/**
	 * Read the images of a response.
	 * @param events the events of the response
	 * @return the events with the images as inline data; a text that may turn out to be
	 * an image is held back until a later event decides
	 */
	static Flux<GenerateContentResponse> read(Flux<GenerateContentResponse> events) {
		return Flux.defer(() -> {
			DataUrlImages images = new DataUrlImages(false);
			return events.map(images::readEvent)
				.onErrorResume((ex) -> images.rest().concatWith(Flux.error(ex)))
				.concatWith(Flux.defer(images::rest));
		});
	}

	/**
	 * Write the images to a media sink, like images that arrived as inline data.
	 * @param events the response, with images
	 * @param sink the media sink
	 * @param threads the threads on which the sink is called
	 * @return the events without the data of the images
	 */
	static Flux<GenerateContentResponse> writeMedia(Flux<GenerateContentResponse> events, GeminiMediaSink sink,
			GeminiThreads threads) {
		return Flux.defer(() -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			return events
				.concatMap((event) -> hasData(event) ? threads.onMediaThread(writeMedia(event, sink, cancelled))
						: Mono.just(event), 1)
				.doOnCancel(() -> cancelled.set(true));
		});
	}

	private static Mono<GenerateContentResponse> writeMedia(GenerateContentResponse event, GeminiMediaSink sink,
			AtomicBoolean cancelled) {
		return Mono.just(event).handle((images, next) -> {
			try {
				next.next(writeMedia(images, sink));
			}
			catch (GeminiMediaSinkException ex) {
				// The call was cancelled, which may have interrupted the sink
				if (!cancelled.get()) {
					throw ex;
				}
			}
		});
	}

	private static GenerateContentResponse writeMedia(GenerateContentResponse event, GeminiMediaSink sink) {
		return withParts(event,
				(candidate) -> candidate.parts().stream().map((part) -> writeMedia(part, sink)).toList());
	}

	private static Part writeMedia(Part part, GeminiMediaSink sink) {
		Blob blob = part.inlineData();
		if (blob == null || blob.data() == null || !hasData(part)) {
			return part;
		}
		try (OutputStream out = sink.open(blob.mimeType())) {
			blob.data().writeTo(out);
		}
		catch (IOException | RuntimeException ex) {
			throw new GeminiMediaSinkException("Writing an image of the response to the media sink failed: " + ex, ex);
		}
		return part.toBuilder()
			.inlineData(new Blob(blob.mimeType(), MediaData.of(new byte[0]), blob.displayName(), blob.additional()))
			.build();
	}

	private static boolean hasData(GenerateContentResponse event) {
		return event.candidates()
			.stream()
			.flatMap((candidate) -> candidate.parts().stream())
			.anyMatch(DataUrlImages::hasData);
	}

	private static boolean hasData(Part part) {
		return part.inlineData() != null && part.inlineData().data() != null && part.inlineData().data().length() > 0;
	}

	private GenerateContentResponse readEvent(GenerateContentResponse event) {
		return withParts(event, this::readParts);
	}

	private List<Part> readParts(Candidate candidate) {
		DataUrlScanner scanner = this.scanners.computeIfAbsent((candidate.index() != null) ? candidate.index() : 0,
				(index) -> new DataUrlScanner());
		List<Part> parts = new ArrayList<>(read(candidate.parts(), scanner));
		FinishReason finishReason = candidate.finishReason();
		if (this.whole || (finishReason != null && !finishReason.isUnspecified())) {
			parts.addAll(scanner.rest());
		}
		return parts;
	}

	private Flux<GenerateContentResponse> rest() {
		List<Candidate> candidates = new ArrayList<>(0);
		this.scanners.forEach((index, scanner) -> {
			List<Part> parts = scanner.rest();
			if (!parts.isEmpty()) {
				candidates
					.add(Candidate.builder().index(index).content(Content.model(parts.toArray(Part[]::new))).build());
			}
		});
		return (candidates.isEmpty()) ? Flux.empty()
				: Flux.just(GenerateContentResponse.builder().candidates(candidates).build());
	}

	/**
	 * Return whether a request sends images back as text.
	 * @param request the request
	 * @return {@code true} if a content of the model has a data URL in its text
	 */
	static boolean isIn(GenerateContentRequest request) {
		for (Content content : request.contents()) {
			if (isIn(content)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isIn(Content content) {
		if (MODEL.equals(content.role())) {
			for (Part part : content.parts()) {
				String text = part.text();
				if (text != null && text.contains("data:image/") && text.contains(";base64,")) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Convert images in the text of earlier responses to inline data.
	 * @param request the request
	 * @return the request with images
	 */
	static GenerateContentRequest read(GenerateContentRequest request) {
		List<Content> contents = request.contents()
			.stream()
			.map((content) -> isIn(content) ? read(content) : content)
			.toList();
		return request.toBuilder().contents(contents).build();
	}

	private static Content read(Content content) {
		DataUrlScanner scanner = new DataUrlScanner();
		List<Part> parts = new ArrayList<>(read(content.parts(), scanner));
		parts.addAll(scanner.rest());
		return new Content(content.role(), parts, content.additional());
	}

	private static List<Part> read(List<Part> parts, DataUrlScanner scanner) {
		List<Part> read = new ArrayList<>(parts.size());
		for (Part part : parts) {
			String text = part.text();
			if (text == null || part.isThought()) {
				read.addAll(scanner.rest());
				read.add(part);
				continue;
			}
			List<Part> found = scanner.add(text);
			if (part.equals(Part.text(text))) {
				read.addAll((text.isEmpty()) ? List.of(part) : found);
			}
			else {
				// Other members of the part, such as its signature, stay with its
				// beginning.
				Part first = (found.isEmpty()) ? Part.text("") : found.get(0);
				read.add(part.toBuilder().text(first.text()).inlineData(first.inlineData()).build());
				read.addAll(found.subList(Math.min(1, found.size()), found.size()));
			}
		}
		return read;
	}

	private static GenerateContentResponse withParts(GenerateContentResponse event,
			Function<Candidate, List<Part>> change) {
		List<Candidate> candidates = event.candidates().stream().map((candidate) -> {
			List<Part> parts = change.apply(candidate);
			if (parts.equals(candidate.parts())) {
				return candidate;
			}
			Content content = candidate.content();
			return candidate.toBuilder()
				.content((content != null) ? new Content(content.role(), parts, content.additional())
						: Content.model(parts.toArray(Part[]::new)))
				.build();
		}).toList();
		return (candidates.equals(event.candidates())) ? event : event.toBuilder().candidates(candidates).build();
	}

}
