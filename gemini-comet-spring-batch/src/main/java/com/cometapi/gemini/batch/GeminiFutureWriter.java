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

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.util.Assert;

/**
 * Waits for the results of a {@link GeminiItemProcessor} and writes them.
 *
 * @param <I> the type of the items
 * @param <O> the type of the outputs
 */
public class GeminiFutureWriter<I, O> implements ItemStreamWriter<Future<GeminiItemResult<I, O>>> {

	private final ItemWriter<? super GeminiItemResult<I, O>> writer;

	private GeminiItemTotals totals = GeminiItemTotals.NONE;

	/**
	 * Create a writer.
	 * @param writer writes the results; opened and closed by this writer
	 */
	public GeminiFutureWriter(ItemWriter<? super GeminiItemResult<I, O>> writer) {
		Assert.notNull(writer, "'writer' must not be null");
		this.writer = writer;
	}

	@Override
	public void open(ExecutionContext context) {
		this.totals = GeminiItemTotals.of(context);
		if (this.writer instanceof ItemStream stream) {
			stream.open(context);
		}
	}

	/**
	 * Wait for the results of a chunk and write them.
	 * @param chunk the calls in flight
	 * @throws GeminiStepFailedException if the following items would fail as well
	 */
	@Override
	public void write(Chunk<? extends Future<GeminiItemResult<I, O>>> chunk) throws Exception {
		Chunk<GeminiItemResult<I, O>> results = new Chunk<>();
		for (Future<GeminiItemResult<I, O>> result : chunk) {
			results.add(get(result));
		}
		this.writer.write(results);
		for (GeminiItemResult<I, O> result : results) {
			this.totals = this.totals.plus(result);
		}
	}

	private static <T> T get(Future<T> result) throws InterruptedException {
		try {
			return result.get();
		}
		catch (ExecutionException ex) {
			throw GeminiStepFailedException.of((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	@Override
	public void update(ExecutionContext context) {
		this.totals.save(context);
		if (this.writer instanceof ItemStream stream) {
			stream.update(context);
		}
	}

	@Override
	public void close() {
		if (this.writer instanceof ItemStream stream) {
			stream.close();
		}
	}

}
