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

package com.cometapi.gemini.sample.aisdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatController} in demo mode, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "COMETAPI_KEY=")
class ChatControllerTests {

	@LocalServerPort
	private int port;

	@Test
	void simulatorAnswersWithoutAKey() throws Exception {
		HttpResponse<String> response = ask("Sec-Fetch-Site", "same-origin");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("text-delta", "[DONE]");
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site,cross-site", "Origin,https://elsewhere.example" })
	void requestFromAnotherSiteIsRefused(String header, String value) throws Exception {
		assertThat(ask(header, value).statusCode()).isEqualTo(403);
	}

	private HttpResponse<String> ask(String header, String value) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/api/chat"))
				.header("Content-Type", "application/json")
				.header(header, value)
				.POST(BodyPublishers.ofString("""
						{"id":"one","trigger":"submit-message","messages":[
						{"id":"m1","role":"user","parts":[{"type":"text","text":"Hello"}]}]}"""))
				.build(), BodyHandlers.ofString());
	}

}
