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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Where and how the numbers came about.
 */
final class Machine {

	private Machine() {
	}

	static String describe(Options options) {
		return "%s, %d processors (%s), Linux %s, Java %s, Serial GC, heap %s; %s; %d rounds, %d s after %d s of CPU time; %s"
			.formatted(processor(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"),
					System.getProperty("os.version"), Runtime.version(), options.heap(),
					Processes.isPinned() ? "client and server pinned to one core each" : "not pinned", options.rounds(),
					options.measured().toSeconds(), options.warmUp().toSeconds(), LocalDate.now());
	}

	private static String processor() {
		try {
			return Files.readAllLines(Path.of("/proc/cpuinfo"))
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("Unknown processor");
		}
		catch (IOException ex) {
			return "Unknown processor";
		}
	}

}
