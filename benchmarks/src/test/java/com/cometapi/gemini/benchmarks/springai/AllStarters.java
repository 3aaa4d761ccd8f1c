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

package com.cometapi.gemini.benchmarks.springai;

import java.net.URI;
import java.time.Duration;

import com.cometapi.gemini.autoconfigure.GeminiConnectionDetails;
import com.cometapi.gemini.test.GeminiSimulator;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with Spring AI's starters for Google and OpenAI and that of this
 * library. Spring AI's starter for Google has no property for a base URL, so that the
 * client of Google's SDK is declared here.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AllStarters {

	// Not closed: Google's SDK holds streams open
	static final GeminiSimulator SIMULATOR = GeminiSimulator.builder().pace(Duration.ZERO).lenient().start();

	@Bean
	Client googleGenAiClient() {
		return Client.builder()
			.apiKey(SIMULATOR.getApiKey())
			.httpOptions(HttpOptions.builder().baseUrl(SIMULATOR.getBaseUrl().toString()).build())
			.build();
	}

	@Bean
	GeminiConnectionDetails connectionDetails() {
		return new GeminiConnectionDetails() {

			@Override
			public URI getBaseUrl() {
				return SIMULATOR.getBaseUrl();
			}

			@Override
			public String getApiKey() {
				return SIMULATOR.getApiKey();
			}

		};
	}

}
