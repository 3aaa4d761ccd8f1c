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

package com.cometapi.gemini.autoconfigure.observation;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.observation.DefaultGeminiFunctionObservationConvention;
import com.cometapi.gemini.observation.DefaultGeminiObservationConvention;
import com.cometapi.gemini.observation.DefaultGeminiTurnObservationConvention;
import com.cometapi.gemini.observation.GeminiMeterObservationHandler;
import com.cometapi.gemini.observation.GeminiMeters;
import com.cometapi.gemini.observation.GeminiObservationDocumentation;
import com.cometapi.gemini.observation.GeminiObservationDocumentation.Events;
import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page on observability names each observation, key and meter that exists,
 * and no others.
 */
class ObservabilityPageTests {

	private static final Pattern NAME = Pattern
		.compile("`((?:gen_ai|server|error|cometapi\\.gemini)\\.[a-z_.]+[a-z])`");

	@Test
	void pageNamesEverythingThatIsRecorded() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "observability.md"));
		Set<String> named = NAME.matcher(page)
			.results()
			.map((MatchResult match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		named.remove(DefaultGeminiObservationConvention.NAME + ".active");
		assertThat(named).isEqualTo(recorded());
	}

	private static Set<String> recorded() {
		Set<String> names = new TreeSet<>();
		for (GeminiObservationDocumentation observation : GeminiObservationDocumentation.values()) {
			Stream.of(observation.getLowCardinalityKeyNames(), observation.getHighCardinalityKeyNames())
				.flatMap(Arrays::stream)
				.map(KeyName::asString)
				.forEach(names::add);
		}
		names.add("gen_ai.token.modality");
		for (Events event : Events.values()) {
			names.add(DefaultGeminiObservationConvention.NAME + "." + event.getName());
		}
		Stream
			.of(DefaultGeminiObservationConvention.class, DefaultGeminiTurnObservationConvention.class,
					DefaultGeminiFunctionObservationConvention.class, GeminiMeterObservationHandler.class,
					GeminiMeters.class)
			.forEach((type) -> ReflectionUtils.doWithFields(type, (field) -> names.add((String) field.get(null)),
					(field) -> Modifier.isPublic(field.getModifiers()) && field.getType() == String.class));
		return names;
	}

}
