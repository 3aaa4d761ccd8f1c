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

package com.cometapi.gemini.sample.chat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.cometapi.gemini.sample.aot.AotApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.agent.RuntimeHintsAgent;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application after it was processed ahead of time, in demo mode and on the
 * JVM.
 */
@SuppressWarnings("removal")
@Tag("slow")
@Tag("java25")
class AotTests {

	private static final String CLASS_PATH = ChatProcess.classPath();

	private static final List<String> CODE = List.of("com.cometapi", "tools.jackson", "com.fasterxml",
			"com.github.victools");

	@TempDir
	private static Path folder;

	private final HttpClient client = HttpClient.newHttpClient();

	@BeforeAll
	static void process() throws Exception {
		Path sources = folder.resolve("sources");
		try (ChatProcess processor = ChatProcess.start(folder, "processor.log",
				List.of("-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH, SpringApplicationAotProcessor.class.getName()),
				args(AotApplication.class.getName(), sources.toString(), resources().toString(), classes().toString(),
						"com.cometapi.gemini", "sample"))) {
			assertThat(processor.finish()).as(processor.log()).isZero();
		}
		List<String> javac = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", classes().toString(), "-cp", classPath()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(javac::add);
		}
		assertThat(run("javac", javac)).isZero();
	}

	@Test
	void applicationAnswersAndReflectsOnRegisteredTypesOnly() throws Exception {
		Path report = folder.resolve("reflection");
		String agent = Path.of(RuntimeHintsAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI())
			.toString();
		String code = CODE.stream().map((name) -> "+" + name).collect(Collectors.joining(","));
		try (ChatProcess application = start("recorded.log", "-XX:TieredStopAtLevel=1",
				"-javaagent:" + agent + "=" + code, "-cp", classPath())) {
			useEverything(application.address());
			assertThat(application.finish()).as(application.log()).isZero();
		}

		Map<String, JsonNode> registered = registeredTypes();
		List<String> uses = Files.readAllLines(report);
		assertThat(uses).hasSizeGreaterThan(200)
			.filteredOn((use) -> use.contains(" com.cometapi.gemini."))
			.filteredOn((use) -> !isRegistered(use.split(" "), registered))
			.isEmpty();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void applicationStartsFromACache() throws Exception {
		Path cache = folder.resolve("chat.aot");
		String jars = jars();
		try (ChatProcess training = start("training.log", "-XX:AOTCacheOutput=" + cache, "-cp", jars)) {
			useEverything(training.address());
			assertThat(training.finish()).as(training.log()).isZero();
		}
		// This mode refuses a cache that does not fit.
		try (ChatProcess application = start("cached.log", "-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-cp", jars)) {
			useEverything(application.address());
		}
	}

	private static ChatProcess start(String log, String... options) throws IOException {
		List<String> all = new ArrayList<>(List.of(options));
		all.addAll(List.of("-Dspring.aot.enabled=true", RecordedApplication.class.getName()));
		return ChatProcess.start(folder, log, all, args(folder.resolve("reflection").toString(), "--server.port=0",
				"--cometapi.gemini.simulator.pace=0ms", "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID()));
	}

	private static String[] args(String... args) {
		return StringUtils.concatenateStringArrays(args, AotApplication.PROPERTIES);
	}

	private void useEverything(URI address) throws Exception {
		URI chat = address.resolve("/api/chats/" + UUID.randomUUID());
		assertThat(post(chat, "{\"text\":\"Compare the weather in Paris and in Tokyo.\",\"features\":[\"functions\"]}"))
			.contains("event:function-result", "event:usage", "event:done");
		assertThat(post(URI.create(chat + "/table"), "{\"text\":\"List 3 planets.\"}")).contains("event:done");
		assertThat(post(chat, "{\"text\":\"Draw a sun.\",\"model\":\"gemini-3-pro-image\",\"features\":[\"image\"]}"))
			.contains("event:inline-data", "event:done");
		assertThat(post(chat, "{\"text\":\"Who won?\",\"features\":[\"search\",\"thoughts\"]}")).contains("event:done");
		assertThat(post(chat, "{\"text\":\"\"}")).contains("\"status\":400");
		assertThat(get(chat)).contains("List 3 planets.");
		assertThat(get(address.resolve("/api/models"))).contains("gemini-3.5-flash");
		assertThat(get(address.resolve("/actuator/health"))).contains("\"gemini\":{", "\"status\":\"UP\"");
		assertThat(get(address.resolve("/actuator/prometheus"))).contains("gen_ai");
		assertThat(get(address)).contains("Gemini Comet Chat");
		for (int i = 0; i < 2; i++) {
			assertThat(get(address.resolve("/api/ask?model=gemini-3.5-flash"))).contains("simulated");
		}
		assertThat(get(address.resolve("/api/ask?model=unknown"))).contains("\"status\":502",
				"\"code\":\"model-not-found\"");
		assertThat(get(address.resolve("/api/second"))).contains("simulated");
		assertThat(get(address.resolve("/actuator/gemini"))).contains("\"second\"", "\"limits\"");
	}

	private String post(URI uri, String json) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	private String get(URI uri) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri));
	}

	private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

	private static Map<String, JsonNode> registeredTypes() {
		JsonNode metadata = JsonMapper.shared()
			.readTree(resources().resolve("META-INF/native-image/com.cometapi.gemini/sample/reachability-metadata.json")
				.toFile());
		return StreamSupport.stream(metadata.path("reflection").spliterator(), false)
			.filter((entry) -> entry.path("type").isString())
			.collect(Collectors.toMap((entry) -> entry.path("type").asString(), (entry) -> entry,
					(first, second) -> first));
	}

	private static boolean isRegistered(String[] use, Map<String, JsonNode> types) {
		JsonNode type = types.get(use[1]);
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

	private static Path classes() {
		return folder.resolve("classes");
	}

	private static Path resources() {
		return folder.resolve("resources");
	}

	private static String classPath() {
		return classes() + File.pathSeparator + resources() + File.pathSeparator + CLASS_PATH;
	}

	// A cache is only for classes in jars.
	private static String jars() {
		List<String> jars = new ArrayList<>();
		for (String entry : classPath().split(File.pathSeparator)) {
			if (Files.isDirectory(Path.of(entry))) {
				Path jar = folder.resolve("classes-" + jars.size() + ".jar");
				assertThat(run("jar", List.of("--create", "--file", jar.toString(), "-C", entry, "."))).isZero();
				jars.add(jar.toString());
			}
			else if (entry.endsWith(".jar")) {
				jars.add(entry);
			}
		}
		return String.join(File.pathSeparator, jars);
	}

	private static int run(String tool, List<String> args) {
		return ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, args.toArray(String[]::new));
	}

}
