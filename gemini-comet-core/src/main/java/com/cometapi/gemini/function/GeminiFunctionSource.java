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

package com.cometapi.gemini.function;

import java.util.List;

import org.reactivestreams.Publisher;

/**
 * Provides functions that are not part of the application, such as the tools of an MCP
 * server. A prompt that names the source asks it each time that it runs, so that the
 * functions may change while the application runs. Must be thread-safe.
 */
public interface GeminiFunctionSource {

	/**
	 * Return the name by which prompts refer to this source.
	 * @return the name, always the same
	 */
	String name();

	/**
	 * Return the functions that are available now. Must not block; may end with a
	 * {@link com.cometapi.gemini.error.GeminiException}, which ends the prompt before it
	 * is sent.
	 * @param names the functions to return, by the names that this source gives them;
	 * empty for all
	 * @return a single list, whose order is stable as long as the functions do not change
	 */
	Publisher<List<GeminiFunctionCallback>> functions(List<String> names);

}
