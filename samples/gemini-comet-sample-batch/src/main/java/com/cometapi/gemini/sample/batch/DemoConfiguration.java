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

package com.cometapi.gemini.sample.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.BlockReason;
import com.cometapi.gemini.batch.ItemRange;
import com.cometapi.gemini.test.RecordedRequest;
import com.cometapi.gemini.test.autoconfigure.GeminiSimulatorBuilderCustomizer;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * Prepared responses to the reviews of this sample, for demo mode. Each one says that it
 * is simulated. One review is blocked, and one gets a response that is not JSON.
 */
@Configuration(proxyBeanMethods = false)
class DemoConfiguration {

	private static final String BLOCKED = "BLOCKED";

	private static final Duration DELAY = Duration.ofMillis(400);

	@Bean
	GeminiSimulatorBuilderCustomizer demoResponses() throws Exception {
		Map<String, String> responses = responses();
		return (simulator) -> simulator
			.respondTo((request) -> BLOCKED.equals(responses.get(prompt(request))),
					(response) -> response.block(BlockReason.PROHIBITED_CONTENT).delay(DELAY))
			.respondTo((request) -> responses.containsKey(prompt(request)),
					(response) -> response.text((request) -> responses.get(prompt(request))).delay(DELAY));
	}

	private static Map<String, String> responses() throws Exception {
		List<String> lines = new ClassPathResource("demo-responses.txt").getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.toList();
		Map<String, String> responses = new HashMap<>();
		FlatFileItemReader<Review> reader = ReviewJobConfiguration.reviews(new ClassPathResource("reviews.csv"),
				ItemRange.ALL);
		reader.open(new ExecutionContext());
		for (String line : lines) {
			responses.put(reader.read().toPrompt(), line);
		}
		reader.close();
		return responses;
	}

	private static String prompt(RecordedRequest request) {
		return request.request().contents().get(0).text();
	}

}
