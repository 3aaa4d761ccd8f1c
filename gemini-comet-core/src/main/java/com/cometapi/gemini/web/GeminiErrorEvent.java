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

import org.springframework.util.Assert;

/**
 * What a visitor is told of a failure: the data of the {@code error} event.
 *
 * @param code a short, stable name that a page can tell failures apart by, such as
 * {@code rate-limit}
 * @param message a sentence that a visitor may read
 * @param isTransient whether the same question may be answered when it is asked again
 * later; {@code transient} in the event
 */
public record GeminiErrorEvent(String code, String message, boolean isTransient) {

	public GeminiErrorEvent {
		Assert.hasText(code, "'code' must not be empty");
		Assert.hasText(message, "'message' must not be empty");
	}

}
