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

package com.cometapi.gemini.sample.springai;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.client.GeminiJsonMapper;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.RecordedRequest;
import com.cometapi.gemini.test.autoconfigure.GeminiSimulatorBuilderCustomizer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The responses of demo mode: the sentence of the passages that shares most words with
 * the question, or the result of the tool. For a question about the sky, the simulator
 * calls the tool, as for all prompts with tools.
 */
@Component
class QuotedAnswer implements GeminiSimulatorBuilderCustomizer {

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder().build();

	private static final Pattern ABOUT_THE_SKY = Pattern
		.compile("(?i)\\b(sky|skies|clouds?|cloudy|forecast|weather)\\b");

	private static final Pattern PASSAGE = Pattern
		.compile("(?ms)^\\[([\\w-]+)] [^\\n]*\\n(.+?)(?=^\\[[\\w-]+] |^-----|\\z)");

	private static final Pattern FORECAST = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}): ([\\w: ]+)");

	@Override
	public void customize(GeminiSimulator.Builder simulator) {
		simulator.respondTo(QuotedAnswer::isPossible, (script) -> script.text(QuotedAnswer::of));
	}

	private static boolean isPossible(RecordedRequest request) {
		return request.path().contains("enerateContent") && (hasResult(request) || !isAboutTheSky(request));
	}

	private static boolean isAboutTheSky(RecordedRequest request) {
		return ABOUT_THE_SKY.matcher(question(prompt(request))).find();
	}

	private static String of(RecordedRequest request) {
		return "This is a simulated answer. " + (hasResult(request) ? forecast(request) : quote(prompt(request)));
	}

	private static String forecast(RecordedRequest request) {
		Matcher forecast = FORECAST.matcher(String.valueOf(lastContent(request)));
		return (forecast.find())
				? "The tool says that the sky of %s is “%s”.".formatted(forecast.group(1), forecast.group(2))
				: "The tool has failed.";
	}

	private static String quote(String prompt) {
		Set<String> words = WordHashEmbeddingModel.words(question(prompt)).collect(Collectors.toSet());
		return quotes(prompt).filter((quote) -> quote.score(words) > 0)
			.max(Comparator.comparingLong((quote) -> quote.score(words)))
			.map((quote) -> "The documents say: “%s” [%s]".formatted(quote.sentence(), quote.passage()))
			.orElse("The documents say nothing about it.");
	}

	private static Content lastContent(RecordedRequest request) {
		List<Content> contents = MAPPER.readValue(request.body(), GenerateContentRequest.class).contents();
		return (contents != null && !contents.isEmpty()) ? contents.get(contents.size() - 1) : Content.user("");
	}

	private static boolean hasResult(RecordedRequest request) {
		List<Part> parts = lastContent(request).parts();
		return parts != null && parts.stream().anyMatch((part) -> part.functionResponse() != null);
	}

	private static String prompt(RecordedRequest request) {
		return lastContent(request).text();
	}

	private static String question(String prompt) {
		return prompt.lines().findFirst().orElse("");
	}

	private static Stream<Quote> quotes(String prompt) {
		return PASSAGE.matcher(prompt)
			.results()
			.flatMap((passage) -> sentences(passage.group(2)).map((sentence) -> new Quote(passage.group(1), sentence)));
	}

	private static Stream<String> sentences(String text) {
		return Stream.of(text.split("(?<=[.!?])\\s+")).map(String::strip).filter((sentence) -> !sentence.isEmpty());
	}

	private record Quote(String passage, String sentence) {

		long score(Set<String> words) {
			return WordHashEmbeddingModel.words(this.sentence).distinct().filter(words::contains).count();
		}

	}

}
