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

package com.cometapi.gemini.web;

/**
 * Strategy for mapping a failure to the data of the {@code error} event. Implement it to
 * translate the messages or to handle exceptions of the application, and delegate
 * everything else to {@link #standard()}.
 *
 * <p>
 * The result is sent to the browser as it is and must therefore not contain messages of
 * exceptions that were not written for end users.
 */
@FunctionalInterface
public interface GeminiErrorEventMapper {

	/**
	 * Map a failure. Must not block.
	 * @param failure the failure that ended the stream of responses
	 * @return the data of the event
	 */
	GeminiErrorEvent map(Throwable failure);

	/**
	 * Return the default mapper, which uses a fixed code and an English message for each
	 * type of exception.
	 * @return the default mapper
	 */
	static GeminiErrorEventMapper standard() {
		return StandardErrorEventMapper.INSTANCE;
	}

}
