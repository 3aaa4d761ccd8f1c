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

package com.cometapi.gemini.batch;

/**
 * Listener called for each result that a step hands to its writer.
 */
@FunctionalInterface
public interface GeminiItemListener {

	/**
	 * Handle a result. Called on the thread of the step.
	 * @param job the name of the job
	 * @param result the result
	 */
	void onResult(String job, GeminiItemResult<?, ?> result);

}
