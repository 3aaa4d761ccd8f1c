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

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the metadata of a simulated URL context.
 */
final class UrlContextGenerator {

	private UrlContextGenerator() {
	}

	// The simulated results of fetching the URLs, or null if there are none.
	static @Nullable ObjectNode metadata(SimulatedRequest request) {
		List<String> urls = new PromptKeywords(request.prompt()).urls();
		if (request.tool("urlContext") == null || urls.isEmpty()) {
			return null;
		}
		return Json.object("urlMetadata",
				urls.stream()
					.map((url) -> Json.object("retrievedUrl", url, "urlRetrievalStatus",
							"URL_RETRIEVAL_STATUS_" + ((isUnreachable(url)) ? "ERROR" : "SUCCESS")))
					.toList());
	}

	// Names below "invalid" never exist.
	private static boolean isUnreachable(String url) {
		try {
			String host = URI.create(url).getHost();
			return host == null || host.endsWith(".invalid");
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
	}

}
