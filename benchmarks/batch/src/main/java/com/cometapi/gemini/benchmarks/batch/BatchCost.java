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

package com.cometapi.gemini.benchmarks.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * Measures the cost of a prompt of a batch job: CPU time and prompts per second of 1, 2
 * and 4 workers, each in a process of its own, with responses after 250 ms; and the heap
 * of one job with a million prompts, with immediate responses.
 */
public final class BatchCost {

	private static final PrintStream OUT = System.out;

	private static final Duration RESPONSE_TIME = Duration.ofMillis(250);

	private static final int WARM_UP = 2_000;

	private static final int PROMPTS = 4_000;

	private static final int LONG_JOB = 1_000_000;

	private BatchCost() {
	}

	private static void compare() throws IOException {
		OUT.println("| workers | CPU per prompt, µs | of one worker's | prompts/s | of one worker's |");
		OUT.println("|---|---|---|---|---|");
		try (ResponseServer server = new ResponseServer(RESPONSE_TIME)) {
			Figures one = measure(server, 1);
			print(1, one, one);
			print(2, measure(server, 2), one);
			print(4, measure(server, 4), one);
		}
	}

	private static void print(int workers, Figures figures, Figures one) {
		OUT.printf("| %d | %.0f | %.2f | %,.0f | %.2f |%n", workers, figures.cpuMicros(),
				figures.cpuMicros() / one.cpuMicros(), figures.rate(), figures.rate() / one.rate());
	}

	private static Figures measure(ResponseServer server, int workers) throws IOException {
		List<Process> processes = new ArrayList<>();
		List<BufferedReader> outputs = new ArrayList<>();
		for (int i = 0; i < workers; i++) {
			Process process = start(server, WARM_UP, PROMPTS);
			processes.add(process);
			outputs.add(process.inputReader(StandardCharsets.UTF_8));
		}
		for (BufferedReader output : outputs) {
			awaitReady(output);
		}
		for (Process process : processes) {
			release(process);
		}
		long nanos = 0;
		long cpu = 0;
		for (BufferedReader output : outputs) {
			String[] figures = output.readLine().split(" ");
			nanos = Math.max(nanos, Long.parseLong(figures[0]));
			cpu += Long.parseLong(figures[1]);
		}
		int prompts = workers * PROMPTS;
		return new Figures(cpu / 1e3 / prompts, prompts / (nanos / 1e9));
	}

	private static void grow() throws IOException {
		OUT.println("| items written | heap after a full collection, MB | threads |");
		OUT.println("|---|---|---|");
		try (ResponseServer server = new ResponseServer(Duration.ZERO)) {
			Process process = start(server, WARM_UP, LONG_JOB, "heap");
			BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
			awaitReady(output);
			release(process);
			output.lines().forEach(OUT::println);
		}
	}

	private static void awaitReady(BufferedReader output) throws IOException {
		Assert.state(BatchWorker.READY.equals(output.readLine()), "A worker failed to start, see its standard error");
	}

	private static void release(Process worker) throws IOException {
		worker.getOutputStream().write('\n');
		worker.getOutputStream().flush();
	}

	private static Process start(ResponseServer server, int warmUp, int prompts, String... options) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-Xmx256m", "-cp", System.getProperty("java.class.path"), BatchWorker.class.getName(),
						server.url(), Integer.toString(warmUp), Integer.toString(prompts)));
		command.addAll(List.of(options));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	/**
	 * Measure.
	 * @param arguments {@code heap} for the heap of a long job, none for the workers
	 * @throws IOException if a process does not start
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length > 0 && arguments[0].equals("heap")) {
			grow();
		}
		else {
			compare();
		}
	}

	/**
	 * The figures of a number of workers together.
	 *
	 * @param cpuMicros the CPU time of a prompt in microseconds
	 * @param rate the number of prompts per second
	 */
	private record Figures(double cpuMicros, double rate) {

	}

}
