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

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.GenerateContentRequest;
import com.cometapi.gemini.api.Part;

/**
 * Estimates the tokens of requests before a model has counted them.
 */
public final class TokenEstimates {

	private static final int CHARACTERS_PER_TOKEN = 4;

	// The tokens that the API counts for a small image.
	private static final int TOKENS_PER_MEDIUM = 258;

	private TokenEstimates() {
	}

	/**
	 * Estimate the tokens of a request: its contents, system instruction and tools.
	 * @param request the request
	 * @return the number of tokens
	 */
	public static long of(GenerateContentRequest request) {
		long tokens = of(request.contents());
		if (request.systemInstruction() != null) {
			tokens += of(List.of(request.systemInstruction()));
		}
		if (!request.tools().isEmpty()) {
			tokens += of(request.tools().toString());
		}
		return tokens;
	}

	/**
	 * Estimate the tokens of contents.
	 * @param contents the contents
	 * @return the number of tokens
	 */
	public static long of(List<Content> contents) {
		return contents.stream().flatMap((content) -> content.parts().stream()).mapToLong(TokenEstimates::of).sum();
	}

	private static long of(Part part) {
		if (part.inlineData() != null || part.fileData() != null) {
			return TOKENS_PER_MEDIUM;
		}
		return of((part.text() != null) ? part.text()
				: String.valueOf((part.functionCall() != null) ? part.functionCall() : part.functionResponse()));
	}

	private static long of(String text) {
		return text.length() / CHARACTERS_PER_TOKEN + 1;
	}

}
