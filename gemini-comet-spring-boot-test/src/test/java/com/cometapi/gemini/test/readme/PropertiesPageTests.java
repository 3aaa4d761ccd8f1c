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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.test.autoconfigure.GeminiSimulatorProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page of the properties, which is generated from their metadata. With
 * {@code -Dgemini.docs.write=true} the page is written instead.
 */
class PropertiesPageTests {

	private static final Path PAGE = Documents.DOCS.resolve("properties.md");

	private static final String INTRODUCTION = """
			# Properties

			<!-- Generated from the metadata of the properties, see PropertiesPageTests. -->

			Each property has completion in the IDE. A property below `cometapi.gemini` that does not exist is reported in the log with the name that
			was probably meant. A dash means that there is no default.
			""";

	/** Pages that describe the properties below maps and lists. */
	private static final Map<String, String> LINKS = """
			budgets: [budgets](costs.md#budgets)
			connections: [connections](connections.md)
			fallback: [fallback](resilience.md)
			first-choice: [sharing the traffic](resilience.md#sharing-the-traffic)
			limits.connections: [limits](limits.md)
			limits.models: [limits](limits.md)
			mcp.servers: [properties of MCP servers](mcp.md#properties)
			prices: [costs](costs.md#costs)
			safety: [safety](prompts.md#set-the-temperature-the-length-and-the-safety)
			thinking.families: [thinking](prompts.md#control-the-thinking)
			""".lines().map((line) -> line.split(": ")).collect(Collectors.toMap((line) -> line[0], (line) -> line[1]));

	@Test
	void everyMapAndListOfPropertiesHasALink() {
		assertThat(properties().filter((property) -> hasPropertiesOfItsOwn(property.path("type").asString("")))
			.map(PropertiesPageTests::shortName)).containsExactlyInAnyOrderElementsOf(LINKS.keySet());
	}

	@Test
	void pageIsGeneratedFromTheMetadata() throws IOException {
		String page = generate();
		if (Boolean.getBoolean("gemini.docs.write")) {
			Files.writeString(PAGE, page);
		}
		assertThat(Documents.read(PAGE))
			.as("docs/properties.md is stale, write it again with: mvn -pl gemini-comet-spring-boot-test -am test "
					+ "-Dtest=PropertiesPageTests -Dsurefire.failIfNoSpecifiedTests=false -Dgemini.docs.write=true")
			.isEqualTo(page);
	}

	private static String generate() {
		Map<String, String> sections = properties()
			.sorted(Comparator.comparing((property) -> property.path("name").asString()))
			.collect(Collectors.groupingBy(PropertiesPageTests::section, TreeMap::new,
					Collectors.mapping(PropertiesPageTests::row, Collectors.joining())));
		StringBuilder page = new StringBuilder(INTRODUCTION);
		sections.forEach((section, rows) -> page.append("\n## ")
			.append(section)
			.append("\n\n| Property | Default | Description |\n|---|---|---|\n")
			.append(rows));
		return page.toString();
	}

	private static Stream<JsonNode> properties() {
		return Stream.of(GeminiConnectionDetails.class, GeminiSimulatorProperties.class)
			.flatMap((type) -> metadata(type).path("properties").valueStream());
	}

	private static boolean hasPropertiesOfItsOwn(String type) {
		return type.startsWith("java.util.Map<") || type.startsWith("java.util.List<com.cometapi.");
	}

	private static String shortName(JsonNode property) {
		return property.path("name").asString().replace("cometapi.gemini.", "");
	}

	private static String section(JsonNode property) {
		String[] segments = property.path("name").asString().split("\\.");
		int depth = (segments[0].equals("cometapi") && segments.length == 3) ? 2 : 3;
		return String.join(".", Arrays.asList(segments).subList(0, depth));
	}

	private static String row(JsonNode property) {
		String defaultValue = property.path("defaultValue").asString("");
		String link = LINKS.get(shortName(property));
		return "| `%s` | %s | %s%s |%n"
			.formatted(property.path("name").asString(), (defaultValue.isEmpty()) ? "–" : "`" + defaultValue + "`",
					property.path("description").asString().replace("|", "\\|"),
					(link != null) ? " See %s.".formatted(link) : "")
			.replace(System.lineSeparator(), "\n");
	}

	private static JsonNode metadata(Class<?> type) {
		// From the folder or the jar of the class: other jars have metadata as well.
		String file = type.getName().replace('.', '/') + ".class";
		String location = type.getResource("/" + file).toString();
		URI metadata = URI.create(location.replace(file, "META-INF/spring-configuration-metadata.json"));
		try (InputStream json = metadata.toURL().openStream()) {
			return GeminiJsonMapper.builder().build().readTree(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
