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

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.error.GeminiResponseMismatchException;
import com.cometapi.gemini.error.GeminiResponseOutcome;
import com.cometapi.gemini.error.GeminiResponseTruncatedException;
import com.cometapi.gemini.schema.GeminiSchema;
import com.cometapi.gemini.schema.GeminiSchemaMatcher;
import com.cometapi.gemini.schema.SchemaMatch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the text of a response as a Java object, either at its end or while it is
 * streamed. Thread-safe.
 *
 * @param <T> the type of the object
 */
public final class EntityReader<T> {

	private final JavaType type;

	private final GeminiSchema schema;

	private final GeminiSchemaMatcher matcher;

	private final ObjectReader strict;

	private final ObjectReader exact;

	private final ObjectReader lenient;

	private final @Nullable GeminiEntityValidator validator;

	EntityReader(JsonMapper jsonMapper, JavaType type, GeminiSchema schema, @Nullable GeminiEntityValidator validator) {
		this.type = type;
		this.schema = schema;
		this.matcher = new GeminiSchemaMatcher(schema, jsonMapper);
		this.strict = jsonMapper.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		this.exact = jsonMapper.reader()
			.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
		this.lenient = jsonMapper.readerFor(type)
			.without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
		this.validator = validator;
	}

	/**
	 * Return the schema of the type, to be sent with the request.
	 * @return the schema
	 */
	public GeminiSchema schema() {
		return this.schema;
	}

	/**
	 * Read the object from a whole response.
	 * @param response the response
	 * @return the object
	 * @throws GeminiResponseTruncatedException if the response was cut off by a limit
	 * @throws GeminiResponseMismatchException if the text does not fit the schema, cannot
	 * be read as the type or violates a constraint
	 * @throws com.cometapi.gemini.error.GeminiException if the response was blocked or
	 * has no text
	 */
	public T read(GenerateContentResponse response) {
		String text = ResponseText.of(response);
		FinishReason finishReason = response.finishReason();
		if (finishReason != null && finishReason.isCutOff()) {
			throw new GeminiResponseTruncatedException(
					"The response is incomplete after %d characters: %s, raise it or ask for less"
						.formatted(text.length(), GeminiResponseOutcome.describe(response)),
					text, response);
		}
		if (ResponseJson.hasTooManyValues(text)) {
			throw mismatch("it has more than %d values".formatted(ResponseJson.MAX_VALUES), text, response, null);
		}
		try {
			SchemaMatch match = this.matcher.match("", ResponseJson.read(text, this.exact, this.matcher.type()));
			refuse(match.mismatches(), text, response);
			T value = this.strict.readValue(match.value());
			if (value == null) {
				throw mismatch("it is null", text, response, null);
			}
			refuse(validate(value), text, response);
			return value;
		}
		catch (JacksonException ex) {
			throw mismatch(describe(ex), text, response, ex);
		}
		catch (StackOverflowError | OutOfMemoryError ex) {
			// Reactor does not propagate fatal errors, and the prompt would never end.
			throw mismatch("reading it failed with " + ex, text, response, ex);
		}
	}

	private void refuse(List<String> findings, String text, GenerateContentResponse response) {
		if (!findings.isEmpty()) {
			throw mismatch(String.join("; ", findings), text, response, null);
		}
	}

	private GeminiResponseMismatchException mismatch(String reason, String text, GenerateContentResponse response,
			@Nullable Throwable cause) {
		FinishReason finishReason = response.finishReason();
		boolean complete = finishReason == null || finishReason.isComplete();
		return new GeminiResponseMismatchException(this.type.toCanonical(),
				(complete) ? reason : GeminiResponseOutcome.describe(response) + "; " + reason, text, response, cause);
	}

	private static String describe(JacksonException ex) {
		String path = (ex instanceof DatabindException && !ex.getPath().isEmpty()) ? ex.getPathReference() + ": " : "";
		return path + ex.getOriginalMessage();
	}

	private List<String> validate(Object value) {
		GeminiEntityValidator validator = this.validator;
		if (validator == null) {
			return List.of();
		}
		if (!isContainer(value)) {
			return validator.validate(value);
		}
		List<String> violations = new ArrayList<>();
		elements(value).forEach((place, element) -> {
			if (element != null) {
				String path = "[" + place + "]" + (isContainer(element) ? "" : ".");
				validate(element).forEach((violation) -> violations.add(path + violation));
			}
		});
		return violations;
	}

	private static boolean isContainer(Object value) {
		return value instanceof Collection<?> || value instanceof Map<?, ?> || value instanceof Object[];
	}

	private static Map<?, ?> elements(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		Map<Integer, @Nullable Object> elements = new LinkedHashMap<>();
		Object[] values = (value instanceof Collection<?> collection) ? collection.toArray() : (Object[]) value;
		for (int i = 0; i < values.length; i++) {
			elements.put(i, values[i]);
		}
		return elements;
	}

	/**
	 * Read the growing value while the events of a stream arrive.
	 * @param events the events
	 * @param whole supplies the complete value at the end of the events
	 * @return the partial values, then the complete one; a slow subscriber gets the
	 * latest value
	 */
	public Flux<T> read(Flux<GenerateContentResponse> events, Supplier<T> whole) {
		return Flux.defer(() -> new StreamedEntityReader<>(this).read(events, whole));
	}

	PartialJsonParser partial() {
		return new PartialJsonParser(this.matcher.type());
	}

	/**
	 * Read a value that is not complete.
	 * @param json the partial value
	 * @return the value, or {@code null} if it cannot be read yet
	 */
	@Nullable T readPartial(PartialJsonParser json) {
		JsonNode tree = json.snapshot();
		JsonNode filled = (tree != null) ? this.matcher.fill(tree, json.unfinished()) : null;
		if (filled == null) {
			return null;
		}
		try {
			return this.lenient.readValue(filled);
		}
		catch (RuntimeException ex) {
			// A type may reject an incomplete value.
			return null;
		}
	}

}
