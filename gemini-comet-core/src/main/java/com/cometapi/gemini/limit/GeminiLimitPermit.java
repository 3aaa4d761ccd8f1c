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

package com.cometapi.gemini.limit;

import java.util.List;

/**
 * Permission for one call, which counts in each of its scopes.
 *
 * @param id the unique id of the permit
 * @param scopes the scopes, at least one
 * @param tokens the estimated number of tokens, 0 if no scope limits them
 */
public record GeminiLimitPermit(String id, List<GeminiLimitScope> scopes, long tokens) {

	public GeminiLimitPermit {
		scopes = List.copyOf(scopes);
	}

}
