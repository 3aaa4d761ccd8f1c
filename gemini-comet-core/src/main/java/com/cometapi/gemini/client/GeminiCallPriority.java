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

/**
 * Priority of a call that waits for a rate limit of the application.
 */
public enum GeminiCallPriority {

	/**
	 * Somebody is waiting for the response. The default.
	 */
	INTERACTIVE,

	/**
	 * Nobody is waiting for the response, as in a batch job. Goes ahead when no
	 * interactive call is waiting for the same limit.
	 */
	BACKGROUND

}
