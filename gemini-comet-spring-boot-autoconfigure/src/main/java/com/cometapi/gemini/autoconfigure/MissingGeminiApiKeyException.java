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

/**
 * Thrown when no API key is configured.
 */
final class MissingGeminiApiKeyException extends RuntimeException {

	private static final String DEFAULT_ACTION = """
			Set the property 'cometapi.gemini.api-key' or the environment variable COMETAPI_KEY, for example:
			    export COMETAPI_KEY=sk-...
			To develop without a key, add a test dependency on 'gemini-comet-spring-boot-test' and run a main method \
			in src/test/java that connects the application to a simulator ('mvn spring-boot:test-run'):
			    SpringApplication.from(Application::main).with(GeminiSimulatorConfiguration.class).run(args);
			To start without Gemini, set cometapi.gemini.enabled=false""";

	private final String action;

	private MissingGeminiApiKeyException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Return the suggested action.
	 * @return the action
	 */
	String getAction() {
		return this.action;
	}

	static MissingGeminiApiKeyException ofDefaultConnection() {
		return new MissingGeminiApiKeyException(
				"No API key for Gemini. Neither the property 'cometapi.gemini.api-key' nor COMETAPI_KEY is set.",
				DEFAULT_ACTION);
	}

	static MissingGeminiApiKeyException ofPlaceholder(String property, String placeholder) {
		return new MissingGeminiApiKeyException(
				"No API key for Gemini. The property '%s' is %s, which is not set.".formatted(property, placeholder),
				property.equals("cometapi.gemini.api-key") ? DEFAULT_ACTION
						: "Set the property '%s'.".formatted(property));
	}

	static MissingGeminiApiKeyException ofOtherHost(String property, String connection) {
		return new MissingGeminiApiKeyException(
				"No API key for the Gemini connection '%s'. The property '%s' is not set.".formatted(connection,
						property),
				"""
						Set the property '%s'. The key of the default connection is not sent to another host, unless you say so:
						    %s=${cometapi.gemini.api-key}"""
					.formatted(property, property));
	}

}
