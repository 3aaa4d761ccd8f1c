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
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.agent.RuntimeHintsAgent;
import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that was processed ahead of time, as the build plugins of Spring Boot do
 * it.
 */
@SuppressWarnings("removal")
public final class ProcessedApplication {

	private static final List<String> RECORDED_CODE = List.of("com.cometapi", "tools.jackson", "com.fasterxml",
			"com.github.victools");

	private final Class<?> type;

	private final Path folder;

	private final String libraries;

	private ProcessedApplication(Class<?> type, Path folder, String libraries) {
		this.type = type;
		this.folder = folder;
		this.libraries = libraries;
	}

	/**
	 * Process an application.
	 * @param type the class with the main method
	 * @param folder a folder for the result
	 * @param classPath tells which entries of the class path of the tests to keep
	 * @param args the arguments of the application
	 * @return the processed application
	 */
	public static ProcessedApplication process(Class<?> type, Path folder, Predicate<String> classPath, String... args)
			throws IOException, InterruptedException {
		ProcessedApplication application = new ProcessedApplication(type, folder, ForkedJvm.classPath(classPath));
		Path sources = folder.resolve("sources");
		List<String> all = new ArrayList<>(List.of(type.getName(), sources.toString(),
				application.resources().toString(), application.classes().toString(), "com.cometapi.gemini", "test"));
		all.addAll(List.of(args));
		ForkedJvm.run(SpringApplicationAotProcessor.class, folder, classPath, List.of(), all.toArray(String[]::new));
		List<String> javac = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", application.classes().toString(),
				"-cp", application.classPath()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(javac::add);
		}
		assertThat(runTool("javac", javac)).isZero();
		return application;
	}

	/**
	 * Return the class path of the processed application.
	 */
	public String classPath() {
		return classes() + File.pathSeparator + resources() + File.pathSeparator + this.libraries;
	}

	/**
	 * Return the options of a JVM that runs the {@link ReflectionRecorder} with the
	 * processed application.
	 */
	public List<String> recorderOptions() throws Exception {
		Path agent = Path.of(RuntimeHintsAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		String code = RECORDED_CODE.stream().map((name) -> "+" + name).collect(Collectors.joining(","));
		return List.of("-javaagent:" + agent + "=" + code, "-cp", classPath(), "-Dspring.aot.enabled=true");
	}

	/**
	 * Return the arguments of the {@link ReflectionRecorder}.
	 * @param args the arguments of the application
	 */
	public String[] recorderArgs(String... args) {
		return Stream.concat(Stream.of(report().toString(), this.type.getName()), Stream.of(args))
			.toArray(String[]::new);
	}

	/**
	 * Return the reflection on types of the library for which there are no hints.
	 */
	public List<String> reflectionWithoutHints() throws IOException {
		Map<String, JsonNode> hints = hints();
		List<String> uses = Files.readAllLines(report());
		assertThat(uses).hasSizeGreaterThan(200);
		return uses.stream()
			.filter((use) -> use.contains(" com.cometapi.gemini."))
			.filter((use) -> !isRegistered(use.split(" "), hints))
			.toList();
	}

	private Map<String, JsonNode> hints() {
		JsonNode metadata = JsonMapper.shared()
			.readTree(resources().resolve("META-INF/native-image/com.cometapi.gemini/test/reachability-metadata.json")
				.toFile());
		return StreamSupport.stream(metadata.path("reflection").spliterator(), false)
			.filter((entry) -> entry.path("type").isString())
			.collect(Collectors.toMap((entry) -> entry.path("type").asString(), (entry) -> entry,
					(first, second) -> first));
	}

	private static boolean isRegistered(String[] use, Map<String, JsonNode> hints) {
		JsonNode type = hints.get(use[1]);
		if (type == null) {
			return false;
		}
		return switch (use[0]) {
			case "java.lang.reflect.Method#invoke" -> isRegistered(type, "Methods", "methods", use[2]);
			case "java.lang.reflect.Constructor#newInstance" -> isRegistered(type, "Constructors", "methods", "<init>");
			case "java.lang.reflect.Field#get", "java.lang.reflect.Field#set" ->
				isRegistered(type, "Fields", "fields", use[2]);
			default -> true;
		};
	}

	private static boolean isRegistered(JsonNode type, String kind, String members, String name) {
		if (type.path("allDeclared" + kind).asBoolean(false) || type.path("allPublic" + kind).asBoolean(false)) {
			return true;
		}
		return StreamSupport.stream(type.path(members).spliterator(), false)
			.anyMatch((member) -> member.path("name").asString().equals(name));
	}

	private Path report() {
		return this.folder.resolve("reflection");
	}

	private Path classes() {
		return this.folder.resolve("classes");
	}

	private Path resources() {
		return this.folder.resolve("resources");
	}

	/**
	 * Run a tool of the JDK.
	 * @param name its name
	 * @param args its arguments
	 * @return the exit code
	 */
	public static int runTool(String name, List<String> args) {
		return ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, args.toArray(String[]::new));
	}

}
