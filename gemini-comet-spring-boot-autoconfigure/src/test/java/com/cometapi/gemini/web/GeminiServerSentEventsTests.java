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

package com.cometapi.gemini.web;

import java.time.Duration;
import java.util.List;

import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.client.GeminiJsonMapper;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GeminiServerSentEvents}.
 */
class GeminiServerSentEventsTests {

	private final JsonMapper mapper = GeminiJsonMapper.builder().build();

	private final GeminiServerSentEvents events = new GeminiServerSentEvents(this.mapper, Duration.ofSeconds(15));

	@Test
	void textBecomesEventsWithIdsThatCountUp() {
		assertThat(document(response("""
				{"candidates":[{"content":{"role":"model","parts":[{"text":"Hello\\n"}]}}],"responseId":"r1"}"""),
				response("""
						{"candidates":[{"content":{"parts":[{"text":" world"}]},"finishReason":"STOP"}],
						"usageMetadata":{"totalTokenCount":3},"modelVersion":"gemini-2.5-flash"}""")))
			.isEqualTo("""
					:heartbeat

					id:1
					event:text
					data:{"text":"Hello\\n"}

					id:2
					event:text
					data:{"text":" world"}

					id:3
					event:usage
					data:{"totalTokenCount":3}

					id:4
					event:done
					data:{"finishReason":"STOP","modelVersion":"gemini-2.5-flash","responseId":"r1"}

					""");
	}

	@Test
	void responseHasHeadersAgainstBuffering() {
		ResponseEntity<Flux<ServerSentEvent<String>>> response = this.events.response(Flux.empty());

		assertThat(response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
			.isEqualTo("text/event-stream;charset=UTF-8");
		assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-cache, no-store, no-transform");
		assertThat(response.getHeaders().getFirst("X-Accel-Buffering")).isEqualTo("no");
	}

	private GenerateContentResponse response(String json) {
		return this.mapper.readValue(json, GenerateContentResponse.class);
	}

	private String document(GenerateContentResponse... responses) {
		return document(Flux.just(responses));
	}

	private String document(Flux<GenerateContentResponse> responses) {
		StringBuilder document = new StringBuilder();
		List<ServerSentEvent<String>> events = this.events.events(responses)
			.collectList()
			.block(Duration.ofSeconds(10));
		assertThat(events).isNotNull();
		for (ServerSentEvent<String> event : events) {
			document.append(event.format()).append((event.data() != null) ? event.data() + "\n\n" : "\n");
		}
		return document.toString();
	}

}
