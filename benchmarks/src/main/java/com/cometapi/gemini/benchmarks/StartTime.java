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
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what the starter adds to the start of the smallest web application: the same
 * application is started in turns with and without it, each time in a process of its own.
 */
public final class StartTime {

	private static final PrintStream OUT = System.out;

	private static final String APPLICATION = "com.cometapi.gemini.benchmarks.start.StartApplication";

	private static final List<String> PROPERTIES = List.of("--server.port=0", "--logging.level.root=off",
			"--spring.main.banner-mode=off", "--cometapi.gemini.api-key=" + Prompts.API_KEY);

	private static final String RESULT = "START ";

	private static final String INTRODUCTION = """
			# What the starter adds to the start of an application

			`java -cp benchmarks/target/benchmarks.jar %s`

			%s

			The smallest application with `spring-boot-starter-webmvc` (one controller), started %d times in turns as `%s`%s. \
			Time is that from the start of the process until the application is ready. Medians.
			""";

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private static final String METADATA = "META-INF/spring-autoconfigure-metadata.properties";

	private StartTime() {
	}

	private static List<Long> start(String classPath) throws IOException {
		Path errors = Files.createTempFile("start", ".log");
		Process process = Processes.client(List.of("-XX:+UseSerialGC"), classPath, APPLICATION, PROPERTIES, errors);
		try (BufferedReader output = Processes.output(process)) {
			String result = output.lines()
				.filter((line) -> line.startsWith(RESULT))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("The application did not start, see " + errors));
			Files.delete(errors);
			return Arrays.stream(result.substring(RESULT.length()).split(" ")).map(Long::valueOf).toList();
		}
	}

	private static List<Long> medians(List<List<Long>> starts) {
		return IntStream.range(0, starts.get(0).size())
			.mapToObj((i) -> starts.stream().map((start) -> start.get(i)).sorted().toList().get(starts.size() / 2))
			.toList();
	}

	private static String row(String title, List<Long> values) {
		return "| " + title + " | "
				+ values.stream()
					.map((value) -> String.format(Locale.ROOT, "%,d", value))
					.collect(Collectors.joining(" | "))
				+ " |";
	}

	// An incremental compilation writes only the metadata of the classes that it
	// compiles, and Spring Boot reads all other auto-configurations at each start
	private static void checkMetadata(String classPath) throws IOException {
		for (String entry : classPath.split(File.pathSeparator)) {
			if (entry.contains("gemini-comet-spring-boot-autoconfigure")) {
				try (JarFile jar = new JarFile(entry)) {
					List<String> metadata = lines(jar, METADATA);
					for (String name : lines(jar, IMPORTS)) {
						if (!metadata.contains(name + "=")) {
							throw new IllegalStateException(
									"%s has no metadata of %s. Build it again with 'clean'.".formatted(entry, name));
						}
					}
				}
			}
		}
	}

	private static List<String> lines(JarFile jar, String name) throws IOException {
		try (InputStream input = jar.getInputStream(jar.getEntry(name))) {
			return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	/**
	 * Start the application again and again and print a table.
	 * @param arguments the number of rounds, 11 if there is none
	 * @throws IOException if a process cannot be started or a class path cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 11;
		checkMetadata(Variant.WITH.classPath());
		Map<Variant, List<List<Long>>> starts = new EnumMap<>(Variant.class);
		for (Variant variant : Variant.values()) {
			// Not measured, since the first start reads the files from the disk.
			start(variant.classPath());
		}
		for (int round = 0; round < rounds; round++) {
			List<Variant> order = new ArrayList<>(List.of(Variant.values()));
			Collections.rotate(order, -round);
			for (Variant variant : order) {
				starts.computeIfAbsent(variant, (key) -> new ArrayList<>()).add(start(variant.classPath()));
			}
		}
		OUT.println(INTRODUCTION.formatted(StartTime.class.getName(), Machine.describe(), rounds,
				"java -XX:+UseSerialGC -cp … StartApplication " + String.join(" ", PROPERTIES),
				Processes.isPinned() ? ", pinned to one core" : ""));
		OUT.println(
				"| | ms until ready | CPU ms | classes | threads | heap KB |\n| --- | --- | --- | --- | --- | --- |");
		starts.forEach((variant, results) -> OUT.println(row(variant.title, medians(results))));
	}

	/**
	 * The class path besides the application.
	 */
	private enum Variant {

		WITHOUT("without the starter", "start-without", "gemini-comet"),

		DEPENDENCIES("with its dependencies, but not its own jars", "start-with", "gemini-comet"),

		WITH("with the starter", "start-with", "gemini-comet-benchmarks");

		private final String title;

		private final String module;

		private final String leftOut;

		Variant(String title, String module, String leftOut) {
			this.title = title;
			this.module = module;
			this.leftOut = leftOut;
		}

		String classPath() throws IOException {
			// This class is in a jar in the folder "target" of the module above.
			Path benchmarks = Path.of(System.getProperty("java.class.path"))
				.toAbsolutePath()
				.resolve("../..")
				.normalize();
			Path classes = benchmarks.resolve("start-without/target/classes");
			Path libraries = benchmarks.resolve(this.module).resolve("target/lib");
			try (Stream<Path> jars = Files.list(libraries)) {
				return Stream.concat(Stream.of(classes), jars.filter(this::isWanted).sorted())
					.map(Path::toString)
					.collect(Collectors.joining(File.pathSeparator));
			}
		}

		private boolean isWanted(Path jar) {
			return !jar.getFileName().toString().startsWith(this.leftOut);
		}

	}

}
