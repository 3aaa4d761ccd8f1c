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

package com.cometapi.gemini.test;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pictures that {@link GeminiSimulator} draws and changes over several
 * turns.
 */
class SimulatedImagesTests {

	private static final String MODEL = "gemini-3.1-flash-image";

	private static final String PROMPT = "A red sun over hills";

	private static GeminiSimulator simulator;

	@BeforeAll
	static void start() {
		simulator = GeminiSimulator.builder().pace(Duration.ZERO).errorStyle(ErrorStyle.GOOGLE).start();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@ParameterizedTest
	@CsvSource({ "Make the sky red, d93636, d93636", "Now a red sky with a blue sun., d93636, 3468d8",
			"Please paint the sky orange, f28c28, d93636" })
	void whenPictureIsChangedThenOnlyTheNamedPartsChange(String change, String sky, String sun) throws Exception {
		JsonNode first = draw(PROMPT);

		HttpResponse<String> response = change(MODEL, first, change);

		JsonNode second = HttpCalls.json(response).at("/candidates/0/content");
		assertThat(second.at("/parts/0/text").asString()).contains("I changed the picture from before");
		BufferedImage before = picture(first);
		BufferedImage after = picture(second);
		assertThat(colour(before, 268, 75)).isEqualTo("d93636");
		assertThat(colour(after, 268, 75)).isEqualTo(sun);
		assertThat(colour(after, 0, 0)).isEqualTo(sky);
		assertThat(colour(after, 5, 200)).isEqualTo(colour(before, 5, 200));
		assertThat(after.getWidth()).isEqualTo(before.getWidth());
		assertThat(after.getHeight()).isEqualTo(before.getHeight());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Draw a house", "Please paint me another one" })
	void whenNewPictureIsAskedForThenEarlierOneIsLeftAlone(String prompt) throws Exception {
		JsonNode second = HttpCalls.json(change(MODEL, draw(PROMPT), prompt)).at("/candidates/0/content");

		assertThat(second.at("/parts/0/text").asString()).contains("I drew").doesNotContain("I changed");
		assertThat(picture(second).getHeight()).isEqualTo(384);
	}

	@Test
	void whenSignaturesStayWhereTheyWereThenTurnIsAccepted() throws Exception {
		assertThat(change(MODEL, draw(PROMPT), "Make it blue").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "0, Text part is missing a thought_signature in content position 2, 1",
			"1, Image part is missing a thought_signature in content position 2, 2" })
	void whenSignatureIsLostThenTurnIsRefused(int index, String message, int position) throws Exception {
		JsonNode first = draw(PROMPT);
		((ObjectNode) first.path("parts").path(index)).remove("thoughtSignature");

		HttpResponse<String> response = change(MODEL, first, "Make it blue");

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(HttpCalls.json(response).at("/error/message").asString())
			.startsWith(message + ", part position " + position + ".");
	}

	@Test
	void whenSignatureMovedToAnotherPartThenTurnIsRefused() throws Exception {
		JsonNode first = draw(PROMPT);
		String signature = first.at("/parts/0/thoughtSignature").asString();
		((ObjectNode) first.path("parts").path(1)).put("thoughtSignature", signature);

		HttpResponse<String> response = change(MODEL, first, "Make it blue");

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(HttpCalls.json(response).at("/error/message").asString()).isEqualTo("Invalid thought signature.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "skip_thought_signature_validator", "c2lnbmVkIGVsc2V3aGVyZQ==" })
	void whenSignatureIsForeignThenItIsAccepted(String signature) throws Exception {
		JsonNode first = draw(PROMPT);
		((ObjectNode) first.path("parts").path(1)).put("thoughtSignature", signature);

		assertThat(change(MODEL, first, "Make it blue").statusCode()).isEqualTo(200);
	}

	@Test
	void whenModelIsNotOfTheGemini3FamilyThenSignaturesAreNotRequired() throws Exception {
		JsonNode first = draw(PROMPT);
		first.path("parts").forEach((part) -> ((ObjectNode) part).remove("thoughtSignature"));

		assertThat(change("gemini-2.5-flash-image", first, "Make it blue").statusCode()).isEqualTo(200);
	}

	@Test
	void whenPictureIsStreamedThenOnlyFirstPieceOfTextIsSigned() throws Exception {
		List<JsonNode> parts = new ArrayList<>();
		for (String event : new HttpCalls(simulator).stream(MODEL, body(user(PROMPT))).body().split("\\R\\R")) {
			parts.add(Json.MAPPER.readTree(event.substring("data: ".length())).at("/candidates/0/content/parts/0"));
		}

		JsonNode picture = parts.get(parts.size() - 2);
		assertThat(picture.has("inlineData")).isTrue();
		assertThat(parts).hasSizeGreaterThan(5)
			.filteredOn((part) -> part.has("thoughtSignature"))
			.containsExactly(parts.get(0), picture);
	}

	private static JsonNode draw(String prompt) throws Exception {
		return HttpCalls.json(new HttpCalls(simulator).generate(MODEL, body(user(prompt)))).at("/candidates/0/content");
	}

	private static HttpResponse<String> change(String model, JsonNode first, String change) throws Exception {
		return new HttpCalls(simulator).generate(model, body(user(PROMPT) + "," + first + "," + user(change)));
	}

	private static String body(String contents) {
		String ratio = (contents.contains("model")) ? "" : ",'imageConfig':{'aspectRatio':'16:9'}";
		return ("{'generationConfig':{'responseModalities':['TEXT','IMAGE']" + ratio + "},'contents':[").replace('\'',
				'"') + contents + "]}";
	}

	private static String user(String text) {
		return "{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}]}";
	}

	private static BufferedImage picture(JsonNode content) throws Exception {
		byte[] png = Base64.getDecoder().decode(content.at("/parts/1/inlineData/data").asString());
		return ImageIO.read(new ByteArrayInputStream(png));
	}

	private static String colour(BufferedImage picture, int x, int y) {
		return Integer.toHexString(picture.getRGB(x, y) & 0xFFFFFF);
	}

}
