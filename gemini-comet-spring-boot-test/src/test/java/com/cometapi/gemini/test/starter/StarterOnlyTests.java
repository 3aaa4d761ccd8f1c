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

package com.cometapi.gemini.test.starter;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.testsupport.ForkedJvm;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application whose class path is exactly what the starter brings, without
 * any of the optional libraries.
 */
class StarterOnlyTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern OPTIONAL = Pattern.compile(
			"<dependency>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<optional>true</optional>");

	@AutoClose
	private final GeminiSimulator simulator = GeminiSimulator.builder().pace(Duration.ZERO).lenient().start();

	@TempDir
	private Path folder;

	@Test
	void starterBringsNoOptionalLibrary() throws Exception {
		List<String> jars = Arrays.stream(classPath().split(File.pathSeparator))
			.map((entry) -> Path.of(entry).getFileName().toString())
			.toList();
		assertThat(optionalLibraries()).hasSizeGreaterThan(20)
			.allSatisfy(
					(library) -> assertThat(jars).noneMatch((jar) -> jar.matches(Pattern.quote(library) + "-\\d.*")));
	}

	@Test
	void applicationStartsAndAsks() throws Exception {
		this.simulator.next().text("1");
		this.simulator.next().text("2");
		this.simulator.next().text("{\"name\":\"Mars\",\"moons\":[\"Phobos\"]}");
		this.simulator.next()
			.response(GenerateContentResponse.builder()
				.candidates(Candidate.builder()
					.content(Content.model(Part
						.functionCall(FunctionCall.builder().name("weather").args(Map.of("city", "Rome")).build())))
					.finishReason(FinishReason.STOP)
					.build())
				.build());
		this.simulator.next().text("4");

		String output = ForkedJvm.run(StarterOnlyApplication.class, this.folder, (entry) -> false,
				List.of("-cp", copyApplication() + File.pathSeparator + classPath()),
				"--cometapi.gemini.base-url=" + this.simulator.getBaseUrl(),
				"--cometapi.gemini.api-key=" + this.simulator.getApiKey());

		assertThat(output).contains("text: 1", "stream: 2", "entity: Planet[name=Mars, moons=[Phobos]]", "function: 4")
			.doesNotContain("WARN", "ERROR");
		assertThat(this.simulator.requests().get(4).body()).contains("sunny in Rome");
	}

	private static String classPath() throws Exception {
		return Files.readString(ROOT.resolve("gemini-comet-spring-boot-starter/target/class-path"));
	}

	private static List<String> optionalLibraries() throws Exception {
		return Stream
			.of(Files.readString(ROOT.resolve("gemini-comet-core/pom.xml")),
					Files.readString(ROOT.resolve("gemini-comet-spring-boot-autoconfigure/pom.xml")))
			.flatMap((pom) -> OPTIONAL.matcher(pom).results())
			.map((MatchResult dependency) -> dependency.group(1))
			.toList();
	}

	// Without the other classes and files of the tests
	private Path copyApplication() throws Exception {
		Path classes = Path
			.of(StarterOnlyApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		Path target = this.folder.resolve("classes");
		String name = StarterOnlyApplication.class.getPackageName().replace('.', '/');
		FileSystemUtils.copyRecursively(classes.resolve(name), Files.createDirectories(target.resolve(name)));
		return target;
	}

}
