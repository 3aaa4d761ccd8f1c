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

package com.cometapi.gemini.extending;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.cometapi.gemini.GeminiTemplate;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.prompt.TurnAdvisor;
import com.cometapi.gemini.testsupport.GeminiServer;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the examples of the guide: an audit log and a cache of responses as exchange
 * filters, and the retrieval of context as a turn advisor.
 */
class ExtendingTests {

	@AutoClose
	private final GeminiServer server = GeminiServer.echoing();

	@Test
	void auditLogHasALineForEachCall() {
		List<String> log = new CopyOnWriteArrayList<>();
		GeminiTemplate gemini = this.server.template(new AuditLogFilter(log::add));
		this.server.answer("""
				{'candidates': [{'content': {'parts': [{'text': 'Hi'}]}, 'finishReason': 'STOP'}],
				 'usageMetadata': {'totalTokenCount': 12}}""");
		gemini.prompt("Hi").text();
		this.server.answerEvents("""
				{'candidates': [{'content': {'parts': [{'text': 'Hi'}]}}], 'usageMetadata': {'totalTokenCount': 5}}""",
				"""
						{'candidates': [{'finishReason': 'STOP'}], 'usageMetadata': {'totalTokenCount': 34}}""");
		gemini.prompt("Hi").model("gemini-2.5-pro").streamText().blockLast();
		this.server.answer(new MockResponse.Builder().code(503).build());
		assertThatExceptionOfType(GeminiException.class).isThrownBy(() -> gemini.prompt("Hi").text());

		assertThat(log).hasSize(3).startsWith("gemini-3.5-flash: 12 tokens", "gemini-2.5-pro: 34 tokens");
		assertThat(log.get(2)).startsWith("gemini-3.5-flash failed: ").contains("503");
	}

	@Test
	void cachedResponseIsReturnedWithoutACall() {
		GeminiTemplate gemini = this.server.template(new ResponseCacheFilter());

		assertThat(gemini.prompt("One").streamText().collectList().block()).containsExactly("re: ", "One");
		assertThat(gemini.prompt("One").streamText().collectList().block()).containsExactly("re: ", "One");
		assertThat(gemini.prompt("One").text()).isEqualTo("re: One");
		assertThat(gemini.prompt("Two").text()).isEqualTo("re: Two");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void retrievedContextIsSeenByTheModelAndNotStored() {
		TurnAdvisor retrieval = new RetrievalAdvisor((question) -> Mono.just(List.of("Cats are " + question)));
		GeminiChat chat = GeminiChat.create(this.server.template().withAdvisors(List.of(retrieval)));

		assertThat(chat.prompt("grey?").text()).isEqualTo("re: grey?");
		assertThat(chat.prompt("old?").streamText().collectList().block()).containsExactly("re: ", "old?");
		assertThat(this.server.requests().get(1).systemInstruction().text())
			.isEqualTo("Answer from these documents:\nCats are old?");
		assertThat(this.server.lastTexts()).isEqualTo("grey?|re: grey?|old?");
		assertThat(chat.conversation().contents()).hasSize(4);
	}

}
