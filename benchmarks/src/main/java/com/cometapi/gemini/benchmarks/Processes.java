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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the processes of a run, each on a core of its own if {@code taskset} is
 * installed.
 */
final class Processes {

	private static final int CLIENT_CORE = 0;

	private static final int SERVER_CORE = 1;

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	private Processes() {
	}

	static boolean isPinned() {
		return Files.isExecutable(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() > 1;
	}

	static Process server() throws IOException {
		return start(SERVER_CORE, List.of("-Xmx512m"), CLASS_PATH, LoadServer.class.getName(), List.of(),
				ProcessBuilder.Redirect.INHERIT);
	}

	static Process client(List<String> jvmArguments, Class<?> type, List<String> arguments, Path errors)
			throws IOException {
		return client(jvmArguments, CLASS_PATH, type.getName(), arguments, errors);
	}

	static Process client(List<String> jvmArguments, String classPath, String type, List<String> arguments, Path errors)
			throws IOException {
		return start(CLIENT_CORE, jvmArguments, classPath, type, arguments,
				ProcessBuilder.Redirect.to(errors.toFile()));
	}

	static BufferedReader output(Process process) {
		return process.inputReader(StandardCharsets.UTF_8);
	}

	private static Process start(int core, List<String> jvmArguments, String classPath, String type,
			List<String> arguments, ProcessBuilder.Redirect errors) throws IOException {
		List<String> command = new ArrayList<>();
		if (isPinned()) {
			command.addAll(List.of("taskset", "-c", "" + core));
		}
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", classPath, type));
		command.addAll(arguments);
		return new ProcessBuilder(command).redirectError(errors).start();
	}

}
