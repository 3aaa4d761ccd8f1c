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

import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Credentials that an application has configured for all of its {@code WebClient}s. They
 * are meant for its own servers and must not reach any other server.
 */
public final class ApplicationCredentials {

	private static final List<String> HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.PROXY_AUTHORIZATION,
			HttpHeaders.COOKIE, "x-goog-api-key");

	private ApplicationCredentials() {
	}

	/**
	 * Remove the credentials that the defaults of a builder contain, whether they are
	 * default headers, default cookies or set by a {@code defaultRequest}. Those that are
	 * added later stay.
	 * @param builder a copy of the application's builder, to be changed
	 * @return the same builder
	 */
	public static WebClient.Builder removeFrom(WebClient.Builder builder) {
		return builder.defaultHeaders(ApplicationCredentials::removeFrom)
			.defaultCookies(Map::clear)
			.defaultRequest((request) -> request.headers(ApplicationCredentials::removeFrom).cookies(Map::clear));
	}

	private static void removeFrom(HttpHeaders headers) {
		HEADERS.forEach(headers::remove);
	}

}
