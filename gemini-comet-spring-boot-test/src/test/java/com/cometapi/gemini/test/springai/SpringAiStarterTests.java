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

package com.cometapi.gemini.test.springai;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the dependencies of the starter for Spring AI, and for how the guide adds it.
 */
class SpringAiStarterTests {

	private static final Path ROOT = Path.of("..");

	// Spring AI's auto-configurations back off silently without them.
	@Test
	void starterBringsWhatChatClientsNeed() throws Exception {
		String pom = Files.readString(ROOT.resolve("gemini-comet-spring-ai-starter/pom.xml"));
		List<String> dependencies = Pattern
			.compile("<dependency>.*?<artifactId>([^<]+)</artifactId>(.*?)</dependency>", Pattern.DOTALL)
			.matcher(pom)
			.results()
			.filter((dependency) -> dependency.group(2).isBlank())
			.map((dependency) -> dependency.group(1))
			.toList();

		assertThat(dependencies).contains("gemini-comet-spring-boot-starter", "gemini-comet-spring-ai",
				"spring-ai-client-chat", "spring-ai-autoconfigure-model-chat-client",
				"spring-ai-autoconfigure-model-chat-memory", "spring-ai-autoconfigure-model-tool");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/spring-ai.md", "docs/without-boot.md" })
	void guideNamesTheVersionOfTheBuild(String page) throws Exception {
		String revision = match(ROOT.resolve("pom.xml"), "<revision>([^<]+)</revision>").get(0);

		assertThat(match(ROOT.resolve(page),
				"<groupId>com.cometapi.gemini</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>([^<]+)</version>"))
			.isNotEmpty()
			.containsOnly(revision);
	}

	private static List<String> match(Path file, String pattern) throws Exception {
		return Pattern.compile(pattern)
			.matcher(Files.readString(file))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
	}

}
