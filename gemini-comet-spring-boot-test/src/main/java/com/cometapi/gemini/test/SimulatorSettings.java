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

package com.cometapi.gemini.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Settings of a simulator.
 *
 * @param apiKey the accepted API key
 * @param moreModels the ids of additional models
 * @param pace the delay between two events of a stream
 * @param errorStyle the format of errors
 * @param lenient whether requests are accepted without validation
 * @param preparedResponses the responses to requests that match, in order
 */
record SimulatorSettings(String apiKey, Set<String> moreModels, Duration pace, ErrorStyle errorStyle, boolean lenient,
		List<PreparedResponse> preparedResponses) {

	/**
	 * A response to all requests that match.
	 *
	 * @param condition matches requests
	 * @param script scripts the response to a request
	 */
	record PreparedResponse(Predicate<RecordedRequest> condition, Consumer<ScriptedResponse> script) {

	}

}
