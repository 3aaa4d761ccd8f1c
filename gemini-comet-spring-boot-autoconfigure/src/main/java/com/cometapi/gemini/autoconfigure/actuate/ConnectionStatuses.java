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

package com.cometapi.gemini.autoconfigure.actuate;

import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * Returns the health status of each connection. Keeps the optional health module out of
 * the endpoint.
 */
@FunctionalInterface
interface ConnectionStatuses {

	/**
	 * Check the connections, as far as the results are not cached.
	 * @return the codes of the statuses by the name of the connection
	 */
	Mono<Map<String, String>> get();

}
