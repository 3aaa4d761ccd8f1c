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

package com.cometapi.gemini.test.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tests that {@code SECURITY.md} names exist, and that each threat has
 * one.
 */
class SecurityPageTests {

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)(?:#(\\w+))?`");

	private static final String SOURCES = "src/test/java";

	@Test
	void eachThreatNamesATest() {
		List<String> threats = Documents.read(Documents.SECURITY)
			.lines()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| Threat "))
			.toList();
		assertThat(threats).hasSizeGreaterThan(15).allSatisfy((threat) -> assertThat(threat).containsPattern(TEST));
	}

	@Test
	void namedTestsExist() throws IOException {
		Map<String, Path> tests = findTests();
		assertThat(TEST.matcher(Documents.read(Documents.SECURITY)).results()).isNotEmpty().allSatisfy((test) -> {
			assertThat(tests).containsKey(test.group(1));
			if (test.group(2) != null) {
				assertThat(Documents.read(tests.get(test.group(1)))).contains("void " + test.group(2) + "(");
			}
		});
	}

	private static Map<String, Path> findTests() throws IOException {
		try (Stream<Path> modules = Files.walk(Documents.ROOT, 2)) {
			return modules.map((module) -> module.resolve(SOURCES))
				.filter(Files::isDirectory)
				.flatMap(SecurityPageTests::walk)
				.filter((file) -> file.toString().endsWith("Tests.java"))
				.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""), (file) -> file,
						(first, second) -> first));
		}
	}

	private static Stream<Path> walk(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
