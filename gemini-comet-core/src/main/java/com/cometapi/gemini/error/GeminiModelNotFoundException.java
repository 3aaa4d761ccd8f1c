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

package com.cometapi.gemini.error;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the endpoint does not offer the model to the key.
 */
public final class GeminiModelNotFoundException extends GeminiException {

	private final List<String> similarModels;

	public GeminiModelNotFoundException(String message, GeminiError error, List<String> similarModels,
			@Nullable Throwable cause) {
		super(GeminiFailureCode.MODEL_NOT_FOUND, message, error, false, cause);
		this.similarModels = List.copyOf(similarModels);
	}

	/**
	 * Return offered models with similar ids, from the list that the client loaded last.
	 * No call is made for them.
	 * @return the ids, the most similar first, never of a model that is known to be
	 * retired; empty if there are none
	 */
	public List<String> getSimilarModels() {
		return this.similarModels;
	}

}
