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

package com.cometapi.gemini.test.aisdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FinishReason;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.test.GeminiSimulator;
import com.cometapi.gemini.test.autoconfigure.AutoConfigureGeminiSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code useChat} of the AI SDK has in the end, compared with what a model said.
 */
@Tag("slow")
@AutoConfigureGeminiSimulator
abstract class AbstractUseChatTests {

	@Autowired
	private GeminiSimulator simulator;

	@LocalServerPort
	private int port;

	@BeforeAll
	static void install() throws Exception {
		AiSdkPage.install();
	}

	@BeforeEach
	void reset() {
		this.simulator.reset();
	}

	@Test
	void textAndReasoningBecomeParts() throws Exception {
		this.simulator.next()
			.events(List.of(event(Part.builder().text("Let me ").thought(true).build()),
					event(Part.builder().text("see.").thought(true).build()), event(Part.text("It is ")),
					end(Part.text("blue."))));

		JsonNode page = new AiSdkPage().send("Which colour?").awaitIdle().run(api("chat"));

		assertThat(page.at("/statuses").toString()).isEqualTo("[\"ready\"]");
		assertThat(page.at("/finishes").toString()).contains("\"finishReason\":\"stop\"");
		assertMessages(page, """
				[{"role":"user","parts":[{"type":"text","text":"Which colour?"}]},
				{"role":"assistant","parts":[{"type":"step-start"},
				{"type":"reasoning","id":"1","text":"Let me see.","state":"done"},
				{"type":"text","text":"It is blue.","state":"done"}]}]""");
	}

	final String api(String name) {
		return "http://localhost:%d/api/%s".formatted(this.port, name);
	}

	private static void assertMessages(JsonNode page, String expected) throws Exception {
		JsonNode messages = page.get("messages").deepCopy();
		for (JsonNode message : messages) {
			((ObjectNode) message).remove("id");
			((ObjectNode) message).remove("metadata");
		}
		JSONAssert.assertEquals(messages.toPrettyString(), expected, messages.toString(), true);
	}

	static GenerateContentResponse event(Part... parts) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(parts)).build())
			.build();
	}

	static GenerateContentResponse end(Part... parts) {
		return GenerateContentResponse.builder()
			.candidates(Candidate.builder().content(Content.model(parts)).finishReason(FinishReason.STOP).build())
			.build();
	}

}
