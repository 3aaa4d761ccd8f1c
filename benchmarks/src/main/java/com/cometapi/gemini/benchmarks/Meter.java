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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Measures the resources that were used between start and stop: the CPU time of this
 * process, including garbage collection and compilation, the bytes that it allocated, and
 * the CPU time of the server.
 */
final class Meter {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final ProcessHandle server;

	private final GarbageCount garbage = new GarbageCount();

	private long garbageBefore;

	private long endedThreadsBefore;

	private long allocatedBefore;

	private long cpuBefore;

	private long serverCpuBefore;

	private long wallBefore;

	Meter(long serverPid) {
		this.server = ProcessHandle.of(serverPid).orElseThrow();
	}

	void start() {
		this.garbageBefore = this.garbage.collect();
		this.endedThreadsBefore = endedThreads();
		this.allocatedBefore = allocated();
		this.serverCpuBefore = serverCpu();
		this.wallBefore = System.nanoTime();
		this.cpuBefore = SYSTEM.getProcessCpuTime();
	}

	void stop(Result result, long units) {
		result.put(Result.CPU, SYSTEM.getProcessCpuTime() - this.cpuBefore);
		result.put(Result.WALL, System.nanoTime() - this.wallBefore);
		result.put(Result.SERVER_CPU, serverCpu() - this.serverCpuBefore);
		result.put(Result.HEAP, heap());
		result.put(Result.UNITS, units);
		result.put(Result.THREADS, THREADS.getPeakThreadCount());
	}

	static void putWholeProcess(Result result) {
		result.put(Result.CPU, SYSTEM.getProcessCpuTime());
		result.put(Result.UNITS, 1);
		result.put(Result.THREADS, THREADS.getPeakThreadCount());
		result.put(Result.CLASSES, ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
	}

	static long cpu() {
		return SYSTEM.getProcessCpuTime();
	}

	static long peakMemory() {
		try {
			return Files.readAllLines(Path.of("/proc/self/status"))
				.stream()
				.filter((line) -> line.startsWith("VmHWM:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private long heap() {
		long allocated = allocated() - this.allocatedBefore;
		return (endedThreads() > this.endedThreadsBefore) ? this.garbage.collect() - this.garbageBefore : allocated;
	}

	private static long endedThreads() {
		return THREADS.getTotalStartedThreadCount() - THREADS.getThreadCount();
	}

	private static long allocated() {
		return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	private long serverCpu() {
		return this.server.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
	}

}
