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

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.benchmarks.Samples;
import com.cometapi.gemini.client.GeminiCallOptions;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Reads the events of a stream from its bytes, with the whole client but without a
 * network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventStreamBenchmark {

	/**
	 * The size of one buffer in bytes: a little more than one event, or many events.
	 */
	@Param({ "512", "8192", "65536" })
	int bufferSize;

	private byte[] stream = {};

	private GeminiClient client = client();

	/**
	 * Build the bytes of the stream.
	 */
	@Setup
	public void setUp() {
		this.stream = Samples.events();
		this.client = client();
	}

	/**
	 * Read a stream of 1,000 events.
	 * @param blackhole takes the events
	 */
	@Benchmark
	@OperationsPerInvocation(Samples.EVENTS)
	public void read(Blackhole blackhole) {
		Flux<GenerateContentResponse> events = this.client.streamGenerateContent("gemini-3.5-flash", Samples.request(),
				GeminiCallOptions.DEFAULTS);
		events.doOnNext(blackhole::consume).blockLast();
	}

	private GeminiClient client() {
		WebClient.Builder builder = WebClient.builder()
			.exchangeFunction((request) -> Mono.just(ClientResponse.create(HttpStatus.OK)
				.header(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_EVENT_STREAM_VALUE)
				.body(buffers())
				.build()));
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				GeminiClientSettings.builder("sk-benchmark").build());
	}

	private Flux<DataBuffer> buffers() {
		int count = (this.stream.length + this.bufferSize - 1) / this.bufferSize;
		return Flux.range(0, count).map((index) -> {
			int start = index * this.bufferSize;
			int length = Math.min(this.bufferSize, this.stream.length - start);
			return DefaultDataBufferFactory.sharedInstance.wrap(ByteBuffer.wrap(this.stream, start, length));
		});
	}

}
