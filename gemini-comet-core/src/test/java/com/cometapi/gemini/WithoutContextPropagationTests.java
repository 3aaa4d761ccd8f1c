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

package com.cometapi.gemini;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import com.cometapi.gemini.chat.FaultyRepository;
import com.cometapi.gemini.chat.GeminiChat;
import com.cometapi.gemini.chat.GeminiChatWindow;
import com.cometapi.gemini.chat.GeminiChats;
import com.cometapi.gemini.client.GeminiClient;
import com.cometapi.gemini.client.GeminiClientSettings;
import com.cometapi.gemini.prompt.GeminiDefaults;
import com.cometapi.gemini.testsupport.ForkedJvm;
import com.cometapi.gemini.testsupport.GeminiServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for prompts in a JVM without Micrometer's context propagation.
 */
@Tag("slow")
class WithoutContextPropagationTests extends AbstractRoundsTests {

	@Test
	void functionsStoresAndStreamsWork(@TempDir Path folder) throws Exception {
		this.server.answerParts(CALL).answerText("done").answerTextEvents("streamed");
		ForkedJvm.run(Application.class, folder, (entry) -> !entry.contains("context-propagation"), List.of(),
				this.server.url().toString());
		assertThat(this.server.requestCount()).isEqualTo(3);
	}

	public static class Application {

		public static void main(String[] args) {
			assertThat(ClassUtils.isPresent("io.micrometer.context.ContextRegistry", null)).isFalse();
			GeminiTemplate template = new GeminiTemplate(
					GeminiClient.create(WebClient.builder(), GeminiServer.MAPPER,
							GeminiClientSettings.builder("sk-test").baseUrl(URI.create(args[0])).build()),
					GeminiDefaults.of("gemini-3.5-flash"));
			GeminiChat chat = new GeminiChats(template, new FaultyRepository(), GeminiChatWindow.ALL).chat("a");
			assertThat(chat.prompt("One").functions(weather((call) -> 1)).text()).isEqualTo("done");
			assertThat(chat.prompt("Two").streamText().collectList().block()).containsExactly("streamed");
		}

	}

}
