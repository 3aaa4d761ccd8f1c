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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.GenerationConfig;
import com.cometapi.gemini.api.GroundingChunk;
import com.cometapi.gemini.api.GroundingMetadata;
import com.cometapi.gemini.api.GroundingSupport;
import com.cometapi.gemini.api.Modality;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.api.Segment;
import com.cometapi.gemini.api.UsageMetadata;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.RecordedRequest;
import com.cometapi.gemini.test.autoconfigure.GeminiSimulatorBuilderCustomizer;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Prepared responses to the suggestions of the page, for demo mode. Each says that it was
 * prepared.
 */
@Component
class DemoResponses implements GeminiSimulatorBuilderCustomizer {

	private static final String NOTE = "\n\n*A prepared answer of the demo: no model was asked.*";

	private static final Pattern WORD = Pattern.compile("\\S+\\s*");

	@Override
	public void customize(GeminiSimulator.Builder simulator) {
		respond(simulator, "how AI works|AI hoạt động|AI 如何運作", (events) -> events
			.thought("The visitor wants a few words, so one picture in words is better than a list.")
			.text("**AI learns patterns from examples.** Shown millions of sentences or pictures, it adjusts millions of "
					+ "small numbers until its guesses fit what it saw. Asked something new, it makes the guess that "
					+ "fits best, one piece after the other."));
		respond(simulator, "9\\.9.+9\\.11",
				(events) -> events
					.thought("It looks like 11 against 9, but these are decimals: both need the same number of digits.")
					.text("""
							**9.9 is greater.**

							1. Give both numbers two digits behind the point: $9.9 = 9.90$.
							2. Compare the parts before the point: $9 = 9$.
							3. Compare the parts behind it: $90 > 11$.

							$$9.90 - 9.11 = \\frac{79}{100} > 0$$"""));
		respond(simulator, "Euro 2024",
				(events) -> events
					.text("**Spain** won the Euro 2024. In the final in Berlin on 14 July 2024 they beat England 2–1.")
					.source("Spain won the Euro 2024.", "en.wikipedia.org",
							"https://en.wikipedia.org/wiki/UEFA_Euro_2024")
					.source("In the final in Berlin on 14 July 2024 they beat England 2–1.", "uefa.com",
							"https://www.uefa.com/uefaeuro/history/seasons/2024/"));
		simulator.respondTo((request) -> asks(request, "Paris.+Tokyo") && hasFunctionResponses(request),
				(response) -> response.events(new Events()
					.text("**Tokyo is 3 °C warmer**: it is sunny there with 15 °C, while Paris has 12 °C under clouds.")
					.list()));
		simulator.respondTo((request) -> asks(request, "3 (planets|hành tinh|顆行星)"), (response) -> response.text("""
				{"title":"Planets by their distance from the sun (prepared for the demo)","rows":[
				{"name":"Mercury","value":57.9,"unit":"million km","remark":"The smallest planet"},
				{"name":"Venus","value":108.2,"unit":"million km","remark":"The hottest planet"},
				{"name":"Earth","value":149.6,"unit":"million km","remark":"The one with readers"}]}"""));
		simulator.respondTo(
				(request) -> asks(request, "red sun over green hills|mặt trời đỏ trên|紅日照在綠色山丘")
						&& wantsPicture(request),
				(response) -> response
					.events(new Events().picture("static/demo/sunset.png").text("A red sun over green hills.").list()));
	}

	private static void respond(GeminiSimulator.Builder simulator, String question, Consumer<Events> response) {
		simulator.respondTo((request) -> asks(request, question), (scripted) -> {
			Events events = new Events();
			response.accept(events);
			scripted.events(events.list());
		});
	}

	// In the languages of the page
	private static boolean asks(RecordedRequest request, String question) {
		return request.request()
			.contents()
			.stream()
			.filter((content) -> "user".equals(content.role()) && !content.text().isEmpty())
			.reduce((first, second) -> second)
			.filter((content) -> Pattern.compile(question).matcher(content.text()).find())
			.isPresent();
	}

	private static boolean wantsPicture(RecordedRequest request) {
		GenerationConfig config = request.request().generationConfig();
		return config != null && config.responseModalities().contains(Modality.IMAGE);
	}

	private static boolean hasFunctionResponses(RecordedRequest request) {
		List<Content> contents = request.request().contents();
		return contents.get(contents.size() - 1).parts().stream().anyMatch((part) -> part.functionResponse() != null);
	}

	/**
	 * The events of a streamed response.
	 */
	private static final class Events {

		private final List<Part> parts = new ArrayList<>();

		private final List<GroundingChunk> chunks = new ArrayList<>();

		private final List<GroundingSupport> supports = new ArrayList<>();

		private String plainText = "";

		Events thought(String text) {
			words(text).forEach((word) -> this.parts.add(Part.builder().text(word).thought(true).build()));
			return this;
		}

		Events text(String text) {
			this.plainText = text;
			words(text + NOTE).forEach((word) -> this.parts.add(Part.text(word)));
			return this;
		}

		// Drawn by the simulator, which can therefore change it in the next turn
		Events picture(String path) {
			try {
				Part picture = Part.inlineData("image/png", new ClassPathResource(path).getContentAsByteArray());
				this.parts.add(picture.toBuilder().thoughtSignature("cHJlcGFyZWQ=").build());
				return this;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		// The sentence is found by its end, because its start may be in bold
		Events source(String sentence, String title, String uri) {
			String end = sentence.substring(sentence.length() - 10);
			int index = this.plainText.indexOf(end) + end.length();
			int bytes = this.plainText.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
			this.supports.add(new GroundingSupport(new Segment(null, null, bytes, sentence, Map.of()),
					List.of(this.chunks.size()), List.of(), List.of(), Map.of()));
			this.chunks.add(GroundingChunk.web(uri, title));
			return this;
		}

		List<GenerateContentResponse> list() {
			List<GenerateContentResponse> events = new ArrayList<>();
			for (Part part : this.parts) {
				events.add(event(Candidate.builder().content(Content.model(part)).build()));
			}
			Candidate.Builder last = Candidate.builder().content(Content.model("")).finishReason(FinishReason.STOP);
			if (!this.chunks.isEmpty()) {
				last.groundingMetadata(GroundingMetadata.builder()
					.groundingChunks(this.chunks)
					.groundingSupports(this.supports)
					.build());
			}
			int words = this.parts.size();
			events.add(GenerateContentResponse.builder()
				.candidates(last.build())
				.modelVersion("demo")
				.usageMetadata(UsageMetadata.builder()
					.promptTokenCount(12)
					.candidatesTokenCount(words)
					.totalTokenCount(12 + words)
					.build())
				.build());
			return events;
		}

		private static GenerateContentResponse event(Candidate candidate) {
			return GenerateContentResponse.builder().candidates(candidate).build();
		}

		private static List<String> words(String text) {
			return WORD.matcher(text).results().map(MatchResult::group).toList();
		}

	}

}
