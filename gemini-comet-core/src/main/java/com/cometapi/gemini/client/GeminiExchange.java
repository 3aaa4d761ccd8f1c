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

import com.cometapi.gemini.api.GenerateContentRequest;

import org.springframework.util.Assert;

/**
 * One call to a model, as a {@link GeminiExchangeFilter} sees it. Immutable.
 *
 * @param connection the name of the connection that the call goes to,
 * {@value #DEFAULT_CONNECTION} unless the application has several
 * @param model the bare id of the model
 * @param request the request
 * @param options the per-call options
 * @param streamed whether the response is streamed
 */
public record GeminiExchange(String connection, String model, GenerateContentRequest request, GeminiCallOptions options,
		boolean streamed) {

	/**
	 * Name of the connection of applications that have only one.
	 */
	public static final String DEFAULT_CONNECTION = "default";

	static final String GENERATE = "generateContent";

	static final String STREAM = "streamGenerateContent";

	/**
	 * Create an exchange.
	 */
	public GeminiExchange {
		Assert.hasText(connection, "'connection' must not be empty");
		Assert.hasText(model, "'model' must not be empty");
		Assert.notNull(request, "'request' must not be null");
		Assert.notNull(options, "'options' must not be null");
	}

	String operation() {
		return (this.streamed) ? STREAM : GENERATE;
	}

	/**
	 * Return a copy that goes to another connection. A key and headers of the call go
	 * along, see {@link GeminiCallOptions.Builder#apiKey} and
	 * {@link GeminiCallOptions.Builder#clearHeaders}.
	 * @param connection the name of the other connection
	 * @return the copy
	 */
	public GeminiExchange withConnection(String connection) {
		return new GeminiExchange(connection, this.model, this.request, this.options, this.streamed);
	}

	/**
	 * Return a copy that goes to another model. Thinking settings of the request stay as
	 * they are.
	 * @param model the id of the other model
	 * @return the copy
	 */
	public GeminiExchange withModel(String model) {
		String id = ModelId.normalize(model);
		return new GeminiExchange(this.connection, id, this.request.toBuilder().model(id).build(), this.options,
				this.streamed);
	}

	/**
	 * Return a copy with another request, to the same model.
	 * @param request the other request
	 * @return the copy
	 */
	public GeminiExchange withRequest(GenerateContentRequest request) {
		return new GeminiExchange(this.connection, this.model, request, this.options, this.streamed);
	}

	/**
	 * Return a copy with other per-call options.
	 * @param options the other options
	 * @return the copy
	 */
	public GeminiExchange withOptions(GeminiCallOptions options) {
		return new GeminiExchange(this.connection, this.model, this.request, options, this.streamed);
	}

}
