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

package com.cometapi.gemini.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.FunctionResponsePart;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.media.MediaTypes;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Converts the return values of functions to function responses.
 */
final class FunctionResultConverter {

	private static final String OUTPUT = "output";

	private static final String ERROR = "error";

	private final JsonMapper jsonMapper;

	private final long maxSize;

	private final UnaryOperator<Mono<FunctionResponse.Builder>> onFunctionThread;

	FunctionResultConverter(JsonMapper jsonMapper, long maxSize,
			UnaryOperator<Mono<FunctionResponse.Builder>> onFunctionThread) {
		this.jsonMapper = jsonMapper;
		this.maxSize = maxSize;
		this.onFunctionThread = onFunctionThread;
	}

	static FunctionResponse.Builder error(String text) {
		return FunctionResponse.builder().response(Map.of(ERROR, text));
	}

	/**
	 * Return the function response for a return value. The elements of a publisher are
	 * collected first. Blocks for a future that cannot call back.
	 * @param value the return value of the function
	 * @return the result, without name and id
	 * @throws Exception if the value cannot be converted, or the failure of a future
	 */
	Mono<FunctionResponse.Builder> of(@Nullable Object value) throws Exception {
		if (value instanceof Future<?> future && !(value instanceof CompletionStage<?>)) {
			return of(await(future));
		}
		Publisher<?> publisher = toPublisher(value);
		if (publisher == null) {
			return Mono.just(toResponse(value));
		}
		// Not on the thread of the publisher, since converting a result may block.
		Mono<?> whole = (publisher instanceof Mono<?> mono) ? mono
				: Flux.from(publisher).collect(Elements::new, Elements::add).map(Elements::list);
		return whole.flatMap((element) -> this.onFunctionThread.apply(Mono.defer(() -> read(element))))
			.switchIfEmpty(Mono.defer(() -> read(null)));
	}

	private static @Nullable Object await(Future<?> future) throws Exception {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			ReflectionUtils.rethrowException(ex.getCause());
			throw ex;
		}
		finally {
			// Has an effect only if the thread was interrupted.
			future.cancel(true);
		}
	}

	private Mono<FunctionResponse.Builder> read(@Nullable Object value) {
		try {
			return Mono.just(toResponse(value));
		}
		catch (Throwable ex) {
			return Mono.error(WrappedError.of(ex));
		}
	}

	private static @Nullable Publisher<?> toPublisher(@Nullable Object value) {
		if (value instanceof CompletionStage<?> stage) {
			return Mono.fromCompletionStage(stage);
		}
		ReactiveAdapter adapter = (value != null)
				? ReactiveAdapterRegistry.getSharedInstance().getAdapter(value.getClass()) : null;
		if (adapter == null) {
			return null;
		}
		Publisher<?> publisher = adapter.toPublisher(value);
		return (adapter.isMultiValue()) ? publisher : Mono.from(publisher);
	}

	private FunctionResponse.Builder toResponse(@Nullable Object value) {
		if (value instanceof FunctionResponse response) {
			return toResponse(response);
		}
		if (value instanceof GeminiFunctionResult result) {
			return toResponse(result.value(), result.media());
		}
		if (isMedium(value)) {
			return toResponse(null, List.of(toBlob(value)));
		}
		if (value instanceof Collection<?> values && !values.isEmpty()
				&& values.stream().allMatch(FunctionResultConverter::isMedium)) {
			return toResponse(null, values.stream().map(FunctionResultConverter::toBlob).toList());
		}
		return toResponse(value, List.of());
	}

	private FunctionResponse.Builder toResponse(FunctionResponse response) {
		if (response.response() == null && response.parts().isEmpty()) {
			// The endpoint refuses an empty response, and a prompt would resume the call
			return response.toBuilder().response(toObject(null));
		}
		checkSize(JsonValues.size(JsonValues.of(response.response(), this.jsonMapper)));
		return response.toBuilder();
	}

	private FunctionResponse.Builder toResponse(@Nullable Object value, List<Blob> media) {
		FunctionResponse.Builder response = FunctionResponse.builder();
		if (media.isEmpty()) {
			return response.response(toObject(value));
		}
		List<@Nullable String> types = media.stream().<@Nullable String>map(Blob::mimeType).toList();
		return response.response((value != null) ? toObject(value) : Map.of(OUTPUT, Map.of("media", types)))
			.parts(media.stream().map(FunctionResponsePart::inlineData).toList());
	}

	private Map<String, @Nullable Object> toObject(@Nullable Object value) {
		Object plain = JsonValues.of(value, this.jsonMapper);
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		if (plain instanceof Map<?, ?> members) {
			members.forEach((name, member) -> object.put(String.valueOf(name), member));
		}
		else {
			object.put(OUTPUT, plain);
		}
		checkSize(JsonValues.size(object));
		return object;
	}

	private void checkSize(long size) {
		if (size > this.maxSize) {
			throw new GeminiFunctionException(
					"The result is too large: it has more than %d characters".formatted(this.maxSize));
		}
	}

	private static boolean isMedium(@Nullable Object value) {
		return value instanceof Blob || value instanceof Resource;
	}

	private static Blob toBlob(@Nullable Object value) {
		if (value instanceof Blob blob) {
			return blob;
		}
		if (value instanceof Resource resource) {
			return toBlob(resource);
		}
		throw new IllegalArgumentException("Not a medium: " + value);
	}

	private static Blob toBlob(Resource resource) {
		try {
			MediaData data = (resource instanceof ByteArrayResource bytes) ? MediaData.of(bytes.getByteArray())
					: MediaData.of(resource.getContentAsByteArray());
			String type = MediaTypes.find(resource, data);
			Assert.isTrue(type != null,
					() -> "Cannot detect the media type of %s by its name or its first bytes: return a 'Blob' with a media type"
						.formatted(resource.getDescription()));
			return Blob.of(type, data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + resource.getDescription(), ex);
		}
	}

	/**
	 * The elements of a publisher, converted as they arrive so that their size is
	 * limited.
	 */
	private final class Elements {

		private final List<@Nullable Object> values = new ArrayList<>();

		private long size;

		void add(Object element) {
			if (isMedium(element)) {
				this.values.add(element);
				return;
			}
			Object value = JsonValues.of(element, FunctionResultConverter.this.jsonMapper);
			this.size += JsonValues.size(value);
			checkSize(this.size);
			this.values.add(value);
		}

		List<@Nullable Object> list() {
			return this.values;
		}

	}

}
