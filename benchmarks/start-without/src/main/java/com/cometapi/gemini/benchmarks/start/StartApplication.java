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

package com.cometapi.gemini.benchmarks.start;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts, prints the cost of the start, and ends.
 */
@SpringBootApplication
@RestController
public class StartApplication {

	private static final PrintStream OUT = System.out;

	@GetMapping("/")
	String hello() {
		return "Hello";
	}

	/**
	 * Start and print milliseconds since the process began, milliseconds of CPU time,
	 * loaded classes, threads and KB of heap after a garbage collection.
	 * @param args the properties of the application
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(StartApplication.class, args)) {
			long wall = ManagementFactory.getRuntimeMXBean().getUptime();
			long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
			long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
			int threads = ManagementFactory.getThreadMXBean().getThreadCount();
			System.gc();
			long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
			OUT.printf("START %d %d %d %d %d%n", wall, cpu / 1_000_000, classes, threads, heap / 1024);
		}
	}

}
