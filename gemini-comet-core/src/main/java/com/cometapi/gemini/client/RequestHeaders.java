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

import org.springframework.http.HttpHeaders;

/**
 * Headers that every request of an operation has. They replace those of the same names
 * that the application has configured for its {@code WebClient}.
 *
 * @param accept the media type of the responses
 * @param auth the header that carries the key
 * @param defaults whether they are also default headers of the {@code WebClient}
 */
record RequestHeaders(String accept, GeminiAuth auth, boolean defaults) {

	// Lower case, as in HTTP/2: Spring's headers copy any other name at each access.
	private static final String ACCEPT = "accept";

	private static final String GOOGLE_KEY = "x-goog-api-key";

	private static final String AUTHORIZATION = "authorization";

	/**
	 * Set the headers of a request without options.
	 * @param headers the headers of the request, or the default headers
	 * @param apiKey the key of the settings
	 */
	void set(HttpHeaders headers, String apiKey) {
		headers.set(ACCEPT, this.accept);
		switch (this.auth) {
			case X_GOOG_API_KEY -> headers.set(GOOGLE_KEY, apiKey);
			case BEARER -> headers.set(AUTHORIZATION, "Bearer " + apiKey);
		}
	}

	/**
	 * Set the headers of a request, then those of the per-call options, which take
	 * precedence.
	 * @param headers the headers of the request. They must be those of the request
	 * itself, since a {@code defaultRequest} of the application would replace default
	 * headers.
	 * @param context the context of the call
	 */
	void set(HttpHeaders headers, CallContext context) {
		GeminiCallOptions options = context.options();
		// The default headers suffice. Setting headers of the request would copy them for
		// each call.
		if (this.defaults && headers.isEmpty() && options.apiKey() == null && options.headers().isEmpty()) {
			return;
		}
		set(headers, context.apiKey());
		options.headers().forEach(headers::set);
	}

}
