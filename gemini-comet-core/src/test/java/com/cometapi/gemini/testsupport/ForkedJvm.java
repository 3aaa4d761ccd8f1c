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

package com.cometapi.gemini.testsupport;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a main class with the class path of the tests in a JVM of its own, which is set up
 * for a short life.
 */
public final class ForkedJvm {

	private ForkedJvm() {
	}

	/**
	 * Run a main class until it ends, which it has to do without an error.
	 * @param main the class to run
	 * @param folder the folder for the output
	 * @param classPath tells which entries of the class path to keep
	 * @param options the options of the JVM
	 * @param args the arguments of the class
	 * @return what the process has printed
	 */
	public static String run(Class<?> main, Path folder, Predicate<String> classPath, List<String> options,
			String... args) throws IOException, InterruptedException {
		Path log = folder.resolve("log");
		Process process = start(main, log, classPath, options, args);
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(() -> "The process has ended").isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String output = Files.readString(log);
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

	/**
	 * Start a main class. The caller ends the process.
	 * @param main the class to run
	 * @param log the file for the output
	 * @param classPath tells which entries of the class path to keep
	 * @param options the options of the JVM
	 * @param args the arguments of the class
	 * @return the process
	 */
	public static Process start(Class<?> main, Path log, Predicate<String> classPath, List<String> options,
			String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", classPath(classPath)));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		// A key of the developer must not be used.
		builder.environment().remove("COMETAPI_KEY");
		return builder.start();
	}

	/**
	 * Return the class path of the tests.
	 * @param filter tells which of its entries to keep
	 */
	public static String classPath(Predicate<String> filter) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(filter)
			.collect(Collectors.joining(File.pathSeparator));
	}

}
