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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for README.md and the pages in docs: each Java block is a part of a file that
 * other tests compile and run, and each link leads somewhere.
 */
class DocumentsTests {

	private static final Pattern BLOCK = Pattern.compile("^```(\\w+)(?: ([\\w-]+))?\n(.*?)^```",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("`[^`\n]*`");

	private static final Pattern TYPE = Pattern.compile("`@?([A-Z]\\w*[a-z]\\w*)[`(.<]");

	private static final Pattern OUR_TYPE = Pattern.compile("`@?((?:Gemini|Prompt|Turn)\\w+)[`(.<]");

	private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

	/** Blocks with code of these libraries are compiled and run by nobody. */
	private static final Set<String> PEERS = Set.of("google-genai", "spring-ai", "langchain4j");

	private static final Set<String> TYPES_OF_OTHERS = Set.of("AutoConfiguration", "NullMarked", "RedisConfiguration",
			"Repository", "Store", "WebClient");

	private final List<String> sources = Documents
		.list(Path.of("src/test/java/com/cometapi/gemini/test/readme"), ".java")
		.map(Documents::read)
		.toList();

	@ParameterizedTest
	@MethodSource("documents")
	void everyJavaBlockIsAPartOfATest(Path document) {
		assertThat(blocks(document).filter((block) -> block.group(1).equals("java") && block.group(2) == null)
			.map((block) -> block.group(3))).allSatisfy(this::isPartOfASource);
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyJavaBlockOfAnotherLibraryIsMarked(Path document) {
		assertThat(blocks(document).filter((block) -> block.group(2) != null)).allSatisfy((block) -> {
			assertThat(block.group(2)).isIn(PEERS);
			assertThat(document.getFileName()).hasToString("from-" + block.group(2) + ".md");
		});
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyRelativeLinkLeadsToAFileAndAHeading(Path document) {
		String text = CODE.matcher(BLOCK.matcher(Documents.read(document)).replaceAll("")).replaceAll("");
		assertThat(LINK.matcher(text).results().map((link) -> link.group(1)))
			.filteredOn((link) -> !link.contains("://"))
			.allSatisfy((link) -> {
				String[] target = link.split("#", 2);
				Path file = (target[0].isEmpty()) ? document : document.resolveSibling(target[0]);
				assertThat(Files.exists(file)).as("file of the link '%s'", link).isTrue();
				if (target.length == 2) {
					assertThat(anchors(file)).as("headings for the link '%s'", link).contains(target[1]);
				}
			});
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyClassThatIsNamedExists(Path document) throws IOException {
		Pattern names = (document.endsWith("CONTRIBUTING.md")) ? TYPE : OUR_TYPE;
		String text = BLOCK.matcher(Documents.read(document)).replaceAll("");
		assertThat(names.matcher(text).results().map((name) -> name.group(1))).isSubsetOf(types());
	}

	@Test
	void everyPageIsLinkedFromTheReadme() {
		String readme = Documents.read(Documents.README);
		assertThat(Documents.list(Documents.DOCS, ".md")).hasSizeGreaterThan(15)
			.allSatisfy((page) -> assertThat(readme).contains("(docs/" + page.getFileName() + ")"));
	}

	@Test
	void theReadmeIsShortAndHasPicturesOfModestSize() {
		assertThat(Documents.read(Documents.README).lines().count()).isLessThanOrEqualTo(250);
		assertThat(Documents.list(Documents.DOCS.resolve("images"), ".png")).isNotEmpty()
			.allSatisfy((picture) -> assertThat(Files.size(picture)).isLessThan(200 * 1024));
	}

	private void isPartOfASource(String block) {
		String code = normalize(IMPORT.matcher(block).replaceAll(""));
		List<String> imports = IMPORT.matcher(block).results().map(MatchResult::group).toList();
		List<String> candidates = this.sources.stream().filter((source) -> normalize(source).contains(code)).toList();
		assertThat(candidates).as("sources that contain\n%s", block).isNotEmpty();
		assertThat(candidates).as("sources with the imports of\n%s", block)
			.anyMatch((source) -> imports.stream().allMatch(source::contains));
	}

	private static Stream<MatchResult> blocks(Path document) {
		return BLOCK.matcher(Documents.read(document)).results();
	}

	private static Set<String> anchors(Path document) {
		return HEADING.matcher(BLOCK.matcher(Documents.read(document)).replaceAll(""))
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	private static String normalize(String text) {
		return text.replaceAll("\\s+", "");
	}

	private static Set<String> types() throws IOException {
		Set<String> types = new HashSet<>(TYPES_OF_OTHERS);
		for (String module : List.of("gemini-comet-core", "gemini-comet-spring-ai", "gemini-comet-spring-batch",
				"gemini-comet-spring-boot-autoconfigure", "gemini-comet-spring-boot-test")) {
			try (Stream<Path> files = Files.walk(Documents.ROOT.resolve(module).resolve("src"))) {
				files.map((file) -> file.getFileName().toString())
					.filter((name) -> name.endsWith(".java") || name.endsWith(".kt"))
					.forEach((name) -> types.add(name.substring(0, name.lastIndexOf('.'))));
			}
		}
		return types;
	}

	private static List<Path> documents() {
		return Documents.all();
	}

}
