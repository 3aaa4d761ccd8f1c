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

import java.util.function.Supplier;

import com.cometapi.gemini.api.GenerateContentResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads a Java object repeatedly while the events of one stream arrive.
 *
 * @param <T> the type of the object
 */
final class StreamedEntityReader<T> {

	/**
	 * The value is read again only after its text has grown by a 64th, since each read
	 * takes time in proportion to the whole text.
	 */
	private static final int GROWTH_DIVISOR = 64;

	private final EntityReader<T> reader;

	private PartialJsonParser json;

	private int length;

	private int shown;

	StreamedEntityReader(EntityReader<T> reader) {
		this.reader = reader;
		this.json = reader.partial();
	}

	Flux<T> read(Flux<GenerateContentResponse> events, Supplier<T> whole) {
		return events.filter(this::add).onBackpressureLatest().<T>handle((event, sink) -> {
			T value = read();
			if (value != null) {
				sink.next(value);
			}
		}).concatWith(Mono.fromSupplier(whole));
	}

	// Values may be read on another thread than the one on which events arrive.
	private synchronized boolean add(GenerateContentResponse event) {
		if (event.isFunctionResponses()) {
			// The text before a function call is not part of the value.
			this.json = this.reader.partial();
			this.length = 0;
			this.shown = 0;
			return false;
		}
		String text = event.text();
		this.json.feed(text);
		this.length += text.length();
		return this.length - this.shown > this.shown / GROWTH_DIVISOR;
	}

	private synchronized @Nullable T read() {
		T value = (this.length > this.shown) ? this.reader.readPartial(this.json) : null;
		this.shown = this.length;
		return value;
	}

}
