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

import java.util.List;

/**
 * Rules of the API beyond names and types, in the order in which they are checked.
 */
final class RequestRules {

	private static final List<Rule> RULES = List.of(new ContentRules(), new GenerationRules(), new ThinkingRules(),
			new ToolRules(), new FunctionCallRules(), new ImageHistoryRules());

	private RequestRules() {
	}

	static void check(SimulatedRequest request) {
		String cachedContent = request.body().path("cachedContent").asString("");
		if (!cachedContent.isEmpty()) {
			throw new RequestRejectedException(ApiError
				.notFound("Not found: cache content metadata " + cachedContent.replace("cachedContents/", "") + "."));
		}
		RULES.forEach((rule) -> rule.check(request));
	}

	/**
	 * A group of related rules.
	 */
	@FunctionalInterface
	interface Rule {

		void check(SimulatedRequest request);

	}

}
