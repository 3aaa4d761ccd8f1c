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

package com.cometapi.gemini.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.benchmarks.Samples;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one event and writes one request with the mapper alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JsonBenchmark {

	private final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final ObjectReader reader = this.mapper.readerFor(GenerateContentResponse.class);

	private final ObjectWriter writer = this.mapper.writerFor(GenerateContentRequest.class);

	private final byte[] event = Samples.event();

	private final GenerateContentRequest request = Samples.request();

	/**
	 * Read one event.
	 * @return the event
	 */
	@Benchmark
	public GenerateContentResponse readEvent() {
		return this.reader.readValue(this.event);
	}

	/**
	 * Write one request.
	 * @return its bytes
	 */
	@Benchmark
	public byte[] writeRequest() {
		return this.writer.writeValueAsBytes(this.request);
	}

}
