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

package com.cometapi.gemini.benchmarks;

import java.net.URI;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The HTTP client of all contenders that use Reactor Netty.
 */
final class ReactorConnector {

	private static final int MAX_CONNECTIONS = 4000;

	private ReactorConnector() {
	}

	static HttpClient httpClient() {
		return HttpClient.create(ConnectionProvider.create("benchmarks", MAX_CONNECTIONS));
	}

	static String path(URI server, String model, boolean stream) {
		return server + "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
	}

}
