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

/**
 * Listener called when a limited call is admitted or rejected.
 */
@FunctionalInterface
public interface GeminiLimitListener {

	/**
	 * Called when a call is admitted or rejected. Must not block. An exception is logged
	 * and does not affect the call.
	 * @param event the event
	 */
	void onDecision(GeminiLimitEvent event);

}
