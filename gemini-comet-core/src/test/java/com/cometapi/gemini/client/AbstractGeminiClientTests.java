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

package com.cometapi.gemini.client;

import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.GenerateContentResponse;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Base class for tests of calls with a {@link GeminiClient} to a server that writes
 * bytes.
 */
abstract class AbstractGeminiClientTests {

	static final String KEY = "sk-secret-0123456789";

	static final String MODEL = "gemini-3.5-flash";

	static final GenerateContentRequest REQUEST = GenerateContentRequest.builder().contents(Content.user("Hi")).build();

	static final String HEL = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}

			""";

	static final String LO = """
			data: {"candidates":[{"content":{"role":"model","parts":[{"text":"lo"}]},"finishReason":"STOP"}]}

			""";

	WireServer server;

	@AfterEach
	void closeServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	void start(WireServer.Script script) {
		this.server = WireServer.start(script);
	}

	Flux<GenerateContentResponse> stream(GeminiClient client) {
		return client.streamGenerateContent(MODEL, REQUEST, GeminiCallOptions.DEFAULTS);
	}

	GeminiClient client() {
		return client(UnaryOperator.identity());
	}

	GeminiClient client(UnaryOperator<GeminiClientSettings.Builder> settings) {
		URI url = this.server.url();
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create().compress(true)));
		return GeminiClient.create(builder, GeminiJsonMapper.builder().build(),
				settings.apply(GeminiClientSettings.builder(KEY).baseUrl(url).retry(GeminiRetrySettings.NONE)).build());
	}

}
