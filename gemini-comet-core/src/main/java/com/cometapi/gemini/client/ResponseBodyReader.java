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

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Model;
import com.cometapi.gemini.api.ResponseAccumulator;
import com.cometapi.gemini.api.ResponseOrigin;
import com.cometapi.gemini.error.GeminiException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * Reads the bodies of responses: whole responses, streams of events and lists of models.
 * The body of a response that is not successful is read as its error. Thread-safe.
 */
final class ResponseBodyReader {

	private final JsonMapper jsonMapper;

	private final GeminiClientSettings settings;

	private final ResponseReader responseReader;

	private final ResponseReader eventReader;

	ResponseBodyReader(JsonMapper jsonMapper, GeminiClientSettings settings) {
		this.jsonMapper = jsonMapper;
		this.settings = settings;
		this.responseReader = new ResponseReader(jsonMapper, settings.maxResponseSize());
		this.eventReader = new ResponseReader(jsonMapper, settings.maxEventSize());
	}

	/**
	 * Read the response of a model.
	 * @param body the body
	 * @param streamed whether it is a stream of events
	 * @return the events, one for a response that is not streamed
	 */
	Flux<GenerateContentResponse> read(ResponseBody body, boolean streamed) {
		if (!body.isSuccess()) {
			return body.<GenerateContentResponse>error().flux();
		}
		Flux<GenerateContentResponse> events = (streamed) ? events(body) : response(body).flux();
		GeminiMediaSink sink = body.mediaSink();
		if (this.settings.readDataUrls()) {
			events = (streamed) ? DataUrlImages.read(events) : events.map(DataUrlImages::read);
			if (sink != null) {
				events = DataUrlImages.writeMedia(events, sink, body.errors().context().threads());
			}
		}
		if (sink != null) {
			events = (streamed) ? ResponseMedia.required(events) : events.map(ResponseMedia::required);
		}
		return events;
	}

	private Flux<GenerateContentResponse> events(ResponseBody body) {
		return EventStream.of(body.buffers(), eventReader(body), body.attempt(), body.errors()::ofFailure);
	}

	private EventStreamReader eventReader(ResponseBody body) {
		return new EventStreamReader(this.eventReader, body.errors(), this.settings);
	}

	private Mono<GenerateContentResponse> response(ResponseBody body) {
		return (body.isEventStream()) ? readUnexpectedEvents(body)
				: body.read(this.settings.maxResponseSize(), (json) -> readResponse(json, body));
	}

	// The body may be held open after the last event, so it is not collected first.
	private Mono<GenerateContentResponse> readUnexpectedEvents(ResponseBody body) {
		return events(body).doOnNext((event) -> body.attempt().markHandedOver())
			.collect(ResponseAccumulator::new, ResponseAccumulator::add)
			.map(ResponseAccumulator::toResponse);
	}

	private @Nullable GenerateContentResponse readResponse(Supplier<JsonInput> json, ResponseBody body) {
		GenerateContentResponse response = parseResponse(json, body);
		if (response == null) {
			return null;
		}
		GeminiException error = body.errors().errorIn(response);
		if (error != null) {
			throw error;
		}
		body.errors().context().noteStatus(response);
		return isResponse(response) ? response : null;
	}

	private @Nullable GenerateContentResponse parseResponse(Supplier<JsonInput> json, ResponseBody body) {
		ResponseOrigin origin = body.errors().context().origin();
		try (JsonParser parser = this.responseReader.parser(json.get())) {
			return this.responseReader.read(parser, origin);
		}
		catch (JacksonException ex) {
			if (UnexpectedEventStream.isOne(json.get())) {
				return UnexpectedEventStream.read(json.get(), eventReader(body), body.attempt()::markHandedOver);
			}
			return this.responseReader.readTolerantly(json.get(), origin, ex).response();
		}
	}

	// JSON without any known member is not a response.
	private static boolean isResponse(GenerateContentResponse response) {
		return response.additional().isEmpty() || EventClassifier.hasContent(response)
				|| EventClassifier.hasMetadata(response);
	}

	/**
	 * Read a page of the list of models.
	 * @param body the body
	 * @param size the number of JSON tokens of all pages, to be increased
	 * @return the page
	 */
	Mono<ModelPage> readModels(ResponseBody body, AtomicLong size) {
		if (!body.isSuccess()) {
			return body.error();
		}
		DataSize maxSize = this.settings.maxResponseSize();
		return body.read(maxSize, (json) -> {
			JsonNode tree = readTree(json.get(), size);
			GeminiException error = body.errors().errorIn(tree);
			if (error != null) {
				throw error;
			}
			// Each page is limited by the parser.
			if (size.get() > HeapLimits.maxTokens(maxSize)) {
				throw body.errors().tooManyTokens(maxSize, ResponseErrors.MAX_RESPONSE_SIZE);
			}
			return ModelPage.read(tree, this.jsonMapper.readerFor(Model.class));
		});
	}

	private JsonNode readTree(JsonInput json, AtomicLong size) {
		try (JsonParser parser = this.responseReader.parser(json)) {
			JsonNode tree = this.jsonMapper.readTree(parser);
			size.addAndGet(parser.currentTokenCount());
			return tree;
		}
	}

}
