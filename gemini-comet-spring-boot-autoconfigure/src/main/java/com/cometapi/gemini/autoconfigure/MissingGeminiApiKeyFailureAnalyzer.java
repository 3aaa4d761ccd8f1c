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

package com.cometapi.gemini.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * {@link AbstractFailureAnalyzer} for a missing API key.
 */
class MissingGeminiApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<MissingGeminiApiKeyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingGeminiApiKeyException cause) {
		return new FailureAnalysis(describe(cause.getUnresolved()),
				"""
						Set the property 'cometapi.gemini.api-key' or the environment variable COMETAPI_KEY, for example:

						    export COMETAPI_KEY=sk-...

						To develop without a key, add a test dependency on 'gemini-comet-spring-boot-test' and run a main method \
						in src/test/java that connects the application to a simulator ('mvn spring-boot:test-run'):

						    SpringApplication.from(Application::main).with(GeminiSimulatorConfiguration.class).run(args);

						To start without Gemini, set cometapi.gemini.enabled=false""",
				cause);
	}

	private static String describe(@Nullable String unresolved) {
		if (unresolved != null) {
			return "No API key for Gemini. The property 'cometapi.gemini.api-key' is %s, which is not set."
				.formatted(unresolved);
		}
		return "No API key for Gemini. Neither the property 'cometapi.gemini.api-key' nor COMETAPI_KEY is set.";
	}

}
