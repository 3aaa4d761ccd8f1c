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

import com.cometapi.gemini.observation.GeminiMeterObservationHandler;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tokens of calls in observations and meters.
 */
class GeminiClientMetersTests extends AbstractGeminiClientObservationTests {

	@Test
	void tokensAndTheFirstEventAreMetered() {
		start((connection, request) -> connection.eventStream().chunk(EVENTS).end());
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new GeminiMeterObservationHandler(meters));
		stream(client()).blockLast();
		stream(client()).blockLast();
		Tags call = Tags.of("cometapi.gemini.connection", "default", "gen_ai.request.model", MODEL,
				"gen_ai.response.model", "gemini-3.5-flash-001", "gen_ai.operation.name", "generate_content",
				"gen_ai.provider.name", "gcp.gemini", "server.address", "127.0.0.1");
		assertThat(tokens(meters, "input_tokens", call.and("gen_ai.token.modality", "unknown"))).isEqualTo(10);
		assertThat(tokens(meters, "output_tokens", call.and("gen_ai.token.modality", "text"))).isEqualTo(8);
		assertThat(tokens(meters, "output_tokens", call.and("gen_ai.token.modality", "unknown"))).isEqualTo(4);
		assertThat(tokens(meters, "reasoning.output_tokens", call)).isEqualTo(8);
		assertThat(meters.get("gen_ai.client.inference.operation.input_tokens")
			.tags(call.and("error.type", "none"))
			.summary()
			.max()).isEqualTo(5);
		assertThat(meters.get("gen_ai.client.inference.operation.output_tokens")
			.tags(call.and("error.type", "none"))
			.summary()
			.max()).isEqualTo(6);
		assertThat(meters.get("cometapi.gemini.time_per_output_token").tags(call).timer().count()).isEqualTo(2);
		assertThat(meters.get("gen_ai.client.inference.time_to_first_chunk").timer().count()).isEqualTo(2);
	}

	private static double tokens(SimpleMeterRegistry meters, String name, Tags tags) {
		return meters.get("gen_ai.client.inference.usage." + name).tags(tags).counter().count();
	}

	@Test
	void tokensAreMeteredByKindAndModality() {
		start((connection, request) -> connection.respond("200 OK", "application/json", bytes("""
				{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":105,\
				"candidatesTokenCount":20,"toolUsePromptTokenCount":30,"cachedContentTokenCount":40,\
				"promptTokensDetails":[{"modality":"TEXT","tokenCount":5},{"modality":"IMAGE","tokenCount":90}],\
				"toolUsePromptTokensDetails":[{"modality":"TEXT","tokenCount":30}],\
				"cacheTokensDetails":[{"modality":"SMELL","tokenCount":40}],\
				"candidatesTokensDetails":[{"modality":"TEXT","tokenCount":99}]}}""")));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig().observationHandler(new GeminiMeterObservationHandler(meters));
		call(client());
		assertThat(tokens(meters, "input_tokens", Tags.of("gen_ai.token.modality", "text"))).isEqualTo(35);
		assertThat(tokens(meters, "input_tokens", Tags.of("gen_ai.token.modality", "image"))).isEqualTo(90);
		assertThat(tokens(meters, "input_tokens", Tags.of("gen_ai.token.modality", "unknown"))).isEqualTo(10);
		assertThat(tokens(meters, "output_tokens", Tags.of("gen_ai.token.modality", "text"))).isEqualTo(20);
		assertThat(tokens(meters, "cache_read.input_tokens", Tags.of("gen_ai.token.modality", "unknown")))
			.isEqualTo(40);
		assertThat(meters.get("cometapi.gemini.usage.tool_use.input_tokens").counter().count()).isEqualTo(30);
		assertThat(meters.find("gen_ai.client.inference.usage.reasoning.output_tokens").counters()).isEmpty();
		assertThat(meters.find("cometapi.gemini.time_per_output_token").timers()).isEmpty();
	}

	@Test
	void tokensThatToolsFedBackAreInput() {
		start((connection, request) -> connection.respond("200 OK", "application/json", bytes("""
				{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,\
				"toolUsePromptTokenCount":30,"cachedContentTokenCount":2,"thoughtsTokenCount":1}}""")));
		call(client());
		assertThat(high(single())).contains("gen_ai.usage.input_tokens=35", "gen_ai.usage.output_tokens=1",
				"gen_ai.usage.cache_read.input_tokens=2");
	}

}
