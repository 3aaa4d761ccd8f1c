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
 * Decides what a visitor is told of a failure. Replace it to translate the messages, or
 * to add failures of an application's own; what it does not know it can leave to
 * {@link #standard()}.
 *
 * <p>
 * What it returns goes to the browser as it is, so it must not repeat the message of an
 * exception that was not written for visitors.
 */
@FunctionalInterface
public interface GeminiErrorEventMapper {

	/**
	 * Return what a visitor is told. Must not block.
	 * @param failure what ended the stream of responses
	 * @return the data of the event
	 */
	GeminiErrorEvent map(Throwable failure);

	/**
	 * Return the mapper that is used where an application has none: a fixed code and an
	 * English sentence for each class of exception.
	 * @return the mapper
	 */
	static GeminiErrorEventMapper standard() {
		return StandardErrorEventMapper.INSTANCE;
	}

}
