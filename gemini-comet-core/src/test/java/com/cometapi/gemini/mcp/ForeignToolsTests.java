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

package com.cometapi.gemini.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.cometapi.gemini.function.GeminiFunctionCallback;
import com.cometapi.gemini.function.GeminiFunctionDecision;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that a server that is not trusted gets only the data that the application allows.
 */
class ForeignToolsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	@AutoClose
	private final GeminiServer model = new GeminiServer();

	private final GeminiTemplate gemini = this.model.template();

	@AutoClose
	private final FakeHttpServer fake = new FakeHttpServer();

	@AutoClose
	private final GeminiMcpServer server = GeminiMcpServer
		.create(GeminiMcpServerSettings.http("fake", this.fake.url()).build());

	private final GeminiFunctionCallback lookUp = GeminiFunctionCallback.of("lookUp", "Looks up a customer",
			() -> "Jo, 555-0100");

	private Map<String, Object> response() {
		List<Content> contents = this.model.lastRequest().contents();
		return contents.get(contents.size() - 1).parts().get(0).functionResponse().response();
	}

	// The result of another tool may have made the model call it.
	@Test
	void toolThatThePromptDoesNotNameIsNotCalled() {
		this.model.answerParts("{\"functionCall\": {\"name\": \"fake_write\", \"args\": {}}}").answerText("Done");

		this.gemini.prompt("Go").functionsFrom(this.server, "read").text();

		assertThat(response().get("error")).asString().startsWith("There is no function with this name");
		assertThat(this.fake.events).doesNotContain("write");
	}

	@Test
	void approvalGetsTheArgumentsBeforeTheyAreSent() {
		List<GeminiFunctionCall> asked = new ArrayList<>();
		this.model.answerParts("{\"functionCall\": {\"name\": \"lookUp\", \"args\": {}}}")
			.answerParts("{\"functionCall\": {\"name\": \"fake_write\", \"args\": {\"text\": \"Jo, 555-0100\"}}}")
			.answerText("Done");

		this.gemini.prompt("Go").functions(this.lookUp).functionsFrom(this.server).functionApproval((call) -> {
			asked.add(call);
			return (call.origin() == null) ? GeminiFunctionDecision.allow() : GeminiFunctionDecision.refuse("No");
		}).text();

		assertThat(asked).hasSize(2);
		assertThat(asked.get(1).origin().source()).isEqualTo("fake");
		assertThat(asked.get(1).args()).isEqualTo(Map.of("text", "Jo, 555-0100"));
		assertThat(this.fake.events).doesNotContain("write");
	}

	@Test
	void toolDoesNotReplaceAFunctionOfTheSameName() {
		this.fake.tools = "\"lookUp\"";
		assertThat(this.gemini.prompt("Go")
			.functions(this.lookUp)
			.functionsFrom(this.server)
			.request()
			.tools()
			.get(0)
			.functionDeclarations()).extracting(FunctionDeclaration::name).containsExactly("lookUp", "fake_lookUp");

		try (GeminiMcpServer without = GeminiMcpServer
			.create(this.server.settings().toBuilder().toolPrefix("").build())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.gemini.prompt("Go").functions(this.lookUp).functionsFrom(without).text())
				.withMessageContaining("two functions named 'lookUp'");
		}
	}

	@Test
	void toolAddedLaterIsNotOfferedIfItIsNotIncluded() {
		GeminiMcpServerSettings settings = this.server.settings().toBuilder().includeTools(List.of("read")).build();
		try (GeminiMcpServer restricted = GeminiMcpServer.create(settings)) {
			assertThat(
					this.gemini.prompt("Go").functionsFrom(restricted).request().tools().get(0).functionDeclarations())
				.hasSize(1);
			Awaitility.await().atMost(SOON).until(this.fake::isListenedTo);

			this.fake.change();

			Awaitility.await()
				.atMost(SOON)
				.untilAsserted(() -> assertThat(this.gemini.prompt("Go").functionsFrom(restricted).request().tools())
					.isEmpty());
		}
	}

}
