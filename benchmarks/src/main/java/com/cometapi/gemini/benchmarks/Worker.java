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

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongUnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * One contender at one kind of work, in a process of its own.
 */
public final class Worker {

	private static final PrintStream OUT = System.out;

	private static final int PICTURE_SIZE = 20 * 1024 * 1024;

	private static final int IN_FLIGHT = 64;

	private static final int OPEN_PAUSE = 500;

	private static final int OPEN_EVENTS = 10;

	private static final int MANY_EVENTS = 14;

	private static final int SLOW_PAUSE = 20;

	private static final int SLOW_EVENTS = 50;

	private static final long WARM_UP_STEP = Duration.ofMillis(250).toNanos();

	private final Contender contender;

	private final int port;

	private final Result result = new Result();

	private final Meter meter;

	private final Duration warmUp;

	private final Duration measured;

	private Worker(Contender contender, int port, long serverPid, Duration warmUp, Duration measured) {
		this.contender = contender;
		this.port = port;
		this.meter = new Meter(serverPid);
		this.warmUp = warmUp;
		this.measured = measured;
	}

	private void run(Work work) {
		switch (work) {
			case UNARY_1, UNARY_1_OBSERVED -> unary();
			case UNARY_64, UNARY_64_OBSERVED -> measure(this::inFlight);
			case UNARY_64_VIRTUAL -> measure(this::inVirtualThreads);
			case STREAM_1000 -> measure(repeated(this::stream));
			case FIRST_EVENT -> firstEvent();
			case OPEN_1000 -> openStreams(new OpenStreams(work.openStreams(), OPEN_EVENTS), false);
			case OPEN_2000 -> openStreams(new OpenStreams(work.openStreams(), MANY_EVENTS), true);
			case UPLOAD -> upload();
			case DOWNLOAD -> measure(repeated(this::download));
			case START -> start();
		}
		this.result.put(Result.MEMORY, Meter.peakMemory());
	}

	private void unary() {
		// With many calls at a time, the JIT compiler finishes sooner.
		warmUp(this::inFlight, this.warmUp.multipliedBy(3).dividedBy(4));
		measure(repeated(() -> {
			check(Wire.ANSWER.equals(this.contender.unary()), "another text");
			return 1;
		}));
	}

	private long inFlight(long nanos) {
		return new InFlight(this.contender::unaryAsync, IN_FLIGHT).run(nanos);
	}

	private long inVirtualThreads(long nanos) {
		Executor threads = new VirtualThreadTaskExecutor();
		return new InFlight(() -> CompletableFuture.<@Nullable String>supplyAsync(this.contender::unary, threads),
				IN_FLIGHT)
			.run(nanos);
	}

	private long stream() {
		int[] events = new int[1];
		this.contender.stream(Prompts.STREAM, (text) -> events[0] += text.isEmpty() ? 0 : 1).join();
		check(events[0] == Wire.EVENTS, events[0] + " events");
		return Wire.EVENTS;
	}

	private void firstEvent() {
		String model = Prompts.paced(SLOW_PAUSE, SLOW_EVENTS);
		warmUp(repeated(this::stream));
		new OpenStreams(1, SLOW_EVENTS).run(this.contender, model);
		OpenStreams streams = new OpenStreams(1, SLOW_EVENTS);
		this.meter.start();
		this.meter.stop(this.result, streams.run(this.contender, model));
		streams.report(this.result);
	}

	private void openStreams(OpenStreams streams, boolean weigh) {
		warmUp(repeated(this::stream));
		new OpenStreams(IN_FLIGHT, 2).run(this.contender, Prompts.paced(OPEN_PAUSE, 2));
		String histogram = System.getProperty(ClassHistogram.PROPERTY);
		ClassHistogram classes = (histogram != null) ? ClassHistogram.take() : null;
		Footprint before = Footprint.take();
		this.meter.start();
		long events = streams.run(this.contender, Prompts.paced(OPEN_PAUSE, streams.events()), () -> {
			this.result.put(Result.CONNECTIONS, Footprint.connections(this.port));
			if (weigh) {
				Footprint.take().report(this.result, before, streams.count());
			}
			if (classes != null) {
				ClassHistogram.take().write(Path.of(histogram), classes, streams.count());
			}
		});
		this.meter.stop(this.result, events);
		streams.report(this.result);
	}

	private void upload() {
		byte[] picture = new byte[PICTURE_SIZE];
		new Random(42).nextBytes(picture);
		measure(repeated(() -> {
			String answer = this.contender.upload(picture);
			check(Wire.ANSWER.equals(answer), answer);
			return PICTURE_SIZE;
		}));
	}

	private long download() {
		int size = this.contender.download();
		check(size == Wire.PICTURE_SIZE, size + " bytes");
		return size;
	}

	private void start() {
		check(Wire.ANSWER.equals(this.contender.unary()), "another text");
		long started = ManagementFactory.getRuntimeMXBean().getStartTime();
		this.result.put(Result.WALL, (System.currentTimeMillis() - started) * 1e6);
		Meter.putWholeProcess(this.result);
	}

	// The work takes its duration in nanoseconds and returns the number of units that
	// were done.
	private void measure(LongUnaryOperator work) {
		warmUp(work);
		this.meter.start();
		this.meter.stop(this.result, work.applyAsLong(this.measured.toNanos()));
	}

	// By CPU time: on a busy machine the compiler gets less done in the same time.
	private void warmUp(LongUnaryOperator work) {
		warmUp(work, this.warmUp);
	}

	private static void warmUp(LongUnaryOperator work, Duration cpu) {
		do {
			work.applyAsLong(WARM_UP_STEP);
		}
		while (Meter.cpu() < cpu.toNanos());
	}

	private static LongUnaryOperator repeated(Step step) {
		return (nanos) -> {
			long end = System.nanoTime() + nanos;
			long units = 0;
			do {
				units += step.run();
			}
			while (System.nanoTime() < end);
			return units;
		};
	}

	private static void check(boolean condition, String found) {
		if (!condition) {
			throw new IllegalStateException("The response is not the one that the server sent: " + found);
		}
	}

	/**
	 * Do the work and print what it cost.
	 * @param args the contender, the work, the server and its process id, the CPU time to
	 * warm up and the time to measure
	 */
	public static void main(String[] args) {
		Contenders contender = Contenders.of(args[0]);
		Endpoint server = Endpoint.ofLine(args[2]);
		Work work = Work.of(args[1]);
		Surroundings surroundings = Surroundings.of(work);
		Worker worker = new Worker(contender.create(server, surroundings),
				(contender == Contenders.COMET_HTTP2) ? server.securePort() : server.port(), Long.parseLong(args[3]),
				Duration.parse(args[4]), Duration.parse(args[5]));
		try {
			worker.run(work);
			surroundings.check(worker.result.get(Result.UNITS));
			OUT.println(worker.result.toLine());
		}
		catch (Throwable ex) {
			OUT.println("FAILED " + ex);
			ex.printStackTrace();
			System.exit(1);
		}
		// Some contenders leave threads behind that keep a process alive.
		System.exit(0);
	}

	/**
	 * A piece of work.
	 */
	@FunctionalInterface
	private interface Step {

		/**
		 * Do it.
		 * @return the number of units
		 */
		long run();

	}

}
