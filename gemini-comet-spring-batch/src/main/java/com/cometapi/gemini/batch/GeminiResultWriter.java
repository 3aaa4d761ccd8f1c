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

package com.cometapi.gemini.batch;

import java.util.stream.Stream;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.CompositeItemStream;

/**
 * Writes successful and failed results with a writer each.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
class GeminiResultWriter<I, O> implements ItemStreamWriter<GeminiItemResult<I, O>> {

	private final ItemWriter<? super GeminiItemResult<I, O>> writer;

	private final ItemWriter<? super GeminiItemResult<I, O>> failureWriter;

	private final CompositeItemStream streams;

	/**
	 * Create a writer. It opens and closes writers that are an {@link ItemStream}.
	 * @param writer writes the results that did not fail
	 * @param failureWriter writes the results that failed
	 */
	GeminiResultWriter(ItemWriter<? super GeminiItemResult<I, O>> writer,
			ItemWriter<? super GeminiItemResult<I, O>> failureWriter) {
		this.writer = writer;
		this.failureWriter = failureWriter;
		this.streams = new CompositeItemStream(Stream.of(writer, failureWriter)
			.filter(ItemStream.class::isInstance)
			.map(ItemStream.class::cast)
			.toList());
	}

	@Override
	public void open(ExecutionContext context) {
		this.streams.open(context);
	}

	@Override
	public void write(Chunk<? extends GeminiItemResult<I, O>> results) throws Exception {
		Chunk<GeminiItemResult<I, O>> outputs = new Chunk<>();
		Chunk<GeminiItemResult<I, O>> failures = new Chunk<>();
		for (GeminiItemResult<I, O> result : results) {
			(result.hasFailed() ? failures : outputs).add(result);
		}
		if (!outputs.isEmpty()) {
			this.writer.write(outputs);
		}
		if (!failures.isEmpty()) {
			this.failureWriter.write(failures);
		}
	}

	@Override
	public void update(ExecutionContext context) {
		this.streams.update(context);
	}

	@Override
	public void close() {
		this.streams.close();
	}

}
