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

package com.cometapi.gemini.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.cometapi.gemini.GeminiOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs mixed work and faults for a long time, and from time to time lets all calls end
 * and samples the resources that are still in use.
 */
final class Soak {

	private static final int LANES = 32;

	private static final int HTTP2_LANES = 8;

	private static final int SAMPLES = 20;

	private static final Duration SHORTEST_ROUND = Duration.ofSeconds(3);

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final double FAULTS = 0.12;

	private static final String FAILURE = "**unexpected** ";

	private final Process server;

	private final BufferedReader serverOutput;

	private final Duration duration;

	private final Report report;

	private final List<SoakWork> works = SoakWork.weighted();

	private final Map<String, LongAdder> done = new ConcurrentHashMap<>();

	private final PoolGauges pools = new PoolGauges();

	private final BufferLeaks buffers = new BufferLeaks();

	private final SoakVerdict verdict = new SoakVerdict();

	Soak(Process server, BufferedReader serverOutput, Duration duration, Report report) {
		this.server = server;
		this.serverOutput = serverOutput;
		this.duration = duration;
		this.report = report;
	}

	/**
	 * Run it.
	 * @param endpoint the server
	 * @return {@code true} if nothing leaks and every call had the expected outcome
	 * @throws IOException if the report cannot be written or the server is gone
	 */
	boolean run(Endpoint endpoint) throws IOException {
		this.buffers.watch();
		List<SoakSample> samples = new ArrayList<>();
		try (SoakApplications applications = SoakApplications.start(endpoint, this.pools)) {
			this.report.add(SoakSample.header());
			Duration round = this.duration.dividedBy(SAMPLES);
			round = (round.compareTo(SHORTEST_ROUND) < 0) ? SHORTEST_ROUND : round;
			long start = System.nanoTime();
			while (System.nanoTime() - start < this.duration.toNanos()) {
				work(applications, round);
				// Until the pools have closed all idle connections.
				await(() -> connections() == 0 && this.pools.isQuiet());
				samples.add(sample(System.nanoTime() - start));
				this.report.add(samples.get(samples.size() - 1).toRow());
			}
		}
		this.report.add(outcomes());
		boolean passed = this.verdict.judge(samples, failures());
		this.report.add(this.verdict.toString());
		return passed;
	}

	private void work(SoakApplications applications, Duration round) {
		long end = System.nanoTime() + round.toNanos();
		Flux<Void> plain = lanes(LANES, end, () -> any(applications.plain()));
		Flux<Void> http2 = lanes(HTTP2_LANES, end, () -> anyWork(applications.http2(), "h2 "));
		Flux.merge(plain, http2).then().block();
	}

	private static Flux<Void> lanes(int count, long end, Supplier<Mono<Void>> work) {
		BooleanSupplier goOn = () -> System.nanoTime() < end;
		return Flux.range(0, count).flatMap((lane) -> Mono.defer(work).repeat(goOn), count);
	}

	private Mono<Void> any(GeminiOperations gemini) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		if (random.nextDouble() >= FAULTS) {
			return anyWork(gemini, "");
		}
		Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
		return counted(SoakWork.run(gemini, fault), "fault " + fault);
	}

	private Mono<Void> anyWork(GeminiOperations gemini, String prefix) {
		SoakWork work = this.works.get(ThreadLocalRandom.current().nextInt(this.works.size()));
		return counted(work.run(gemini), prefix + work);
	}

	private Mono<Void> counted(Mono<Void> call, String name) {
		return call.doOnSuccess((nothing) -> count(name)).onErrorResume((ex) -> {
			count(FAILURE + name + ": " + ex.toString().replaceAll("[0-9.]+ s\\b", "… s"));
			return Mono.empty();
		});
	}

	private void count(String outcome) {
		this.done.computeIfAbsent(outcome, (key) -> new LongAdder()).increment();
	}

	private SoakSample sample(long nanos) {
		int leaks = this.buffers.count();
		Footprint footprint = Footprint.take();
		return new SoakSample(TimeUnit.NANOSECONDS.toSeconds(nanos), calls().mapToLong(LongAdder::sum).sum(),
				connections(), this.pools.acquired(), this.pools.pending(), footprint,
				Math.max(leaks, this.buffers.count()));
	}

	private Stream<LongAdder> calls() {
		return this.done.values().stream();
	}

	private long failures() {
		return this.done.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(FAILURE))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
	}

	private String outcomes() {
		StringBuilder text = new StringBuilder("\n## Calls\n\n| outcome | calls |\n| --- | --- |\n");
		this.done.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.forEach((entry) -> text.append("| %s | %,d |\n".formatted(entry.getKey(), entry.getValue().sum())));
		return text.toString();
	}

	// The server answers each line with the number of its connections.
	private long connections() {
		try {
			this.server.getOutputStream().write('\n');
			this.server.getOutputStream().flush();
			return Long.parseLong(this.serverOutput.readLine());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + TIMEOUT.toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}
	}

}
