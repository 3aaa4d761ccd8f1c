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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.thread.GeminiThreads;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A translator with a fixed clock, and shortcuts to it.
 */
final class Errors {

	static final String KEY = "sk-4fJ2-secret_of/the+caller";

	static final Instant NOW = Instant.parse("2026-03-25T04:21:40Z");

	static final CallContext CONTEXT = context("generateContent", "gemini-3.5-flash");

	static final CallContext MODELS = context("models", null);

	static final ErrorTranslator TRANSLATOR = new ErrorTranslator(GeminiJsonMapper.builder().build(),
			Clock.fixed(NOW, ZoneOffset.UTC));

	private Errors() {
	}

	static CallContext context(String operation, @Nullable String model) {
		return context(operation, model, GeminiClientSettings.builder(KEY).build());
	}

	static CallContext context(String operation, @Nullable String model, GeminiClientSettings settings) {
		return new CallContext(operation, model, GeminiCallOptions.DEFAULTS, settings, GeminiThreads.shared(),
				new KnownModels(), null);
	}

	static GeminiException translate(int status, String body) {
		return translate(status, new HttpHeaders(), body);
	}

	static GeminiException translate(int status, HttpHeaders headers, String body) {
		return translate(status, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	static GeminiException translate(int status, HttpHeaders headers, byte[] body) {
		return TRANSLATOR.fromResponse(status, headers, body, CONTEXT);
	}

	static @Nullable GeminiException inside(String body) {
		return TRANSLATOR.fromBody(200, new HttpHeaders(), GeminiJsonMapper.builder().build().readTree(body), CONTEXT);
	}

	static HttpHeaders header(String name, String value) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(name, value);
		return headers;
	}

	/**
	 * Everything that an application could print of an exception.
	 */
	static String print(GeminiException exception) {
		StringWriter text = new StringWriter();
		exception.printStackTrace(new PrintWriter(text, true));
		return text + "\n" + exception.getMessage() + "\n" + exception + "\n" + exception.getError();
	}

}
