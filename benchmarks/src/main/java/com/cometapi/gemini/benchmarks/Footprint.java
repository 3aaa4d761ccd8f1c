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
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import io.netty.util.internal.PlatformDependent;

/**
 * Memory and threads that a process holds after a full garbage collection.
 *
 * @param heap the bytes in use on the heap
 * @param direct the bytes outside the heap, those of buffers
 * @param threads the threads
 */
record Footprint(long heap, long direct, int threads) {

	static Footprint take() {
		System.gc();
		return new Footprint(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), directMemory(),
				ManagementFactory.getThreadMXBean().getThreadCount());
	}

	void report(Result result, Footprint before, int streams) {
		result.put(Result.STREAM_HEAP, (double) (this.heap - before.heap) / streams);
		result.put(Result.STREAM_DIRECT, (double) (this.direct - before.direct) / streams);
		result.put(Result.NEW_THREADS, this.threads - before.threads);
	}

	// Netty counts its own memory, unless the JDK allocates it.
	private static long directMemory() {
		long jdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> "direct".equals(pool.getName()))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
		return jdk + Math.max(0, PlatformDependent.usedDirectMemory());
	}

	/**
	 * Count the connections to a server, as the kernel lists them.
	 * @param port the port of the server
	 * @return the number of established connections
	 */
	static long connections(int port) {
		String remote = String.format(Locale.ROOT, ":%04X", port);
		return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
			.map(Path::of)
			.filter(Files::exists)
			.flatMap(Footprint::lines)
			.map((line) -> line.strip().split("\\s+"))
			.filter((words) -> words[2].endsWith(remote) && "01".equals(words[3]))
			.count();
	}

	private static Stream<String> lines(Path file) {
		try {
			return Files.readAllLines(file).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
