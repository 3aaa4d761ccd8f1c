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

package com.cometapi.gemini.sample.chat;

import com.cometapi.gemini.error.GeminiException;
import com.cometapi.gemini.web.GeminiErrorEvent;
import com.cometapi.gemini.web.GeminiErrorEventMapper;

import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Sends the messages of the library's exceptions to the page, since its visitor is its
 * developer. A public page should not have this class: the standard messages reveal
 * nothing internal.
 */
@Component
class DetailedErrorEventMapper implements GeminiErrorEventMapper {

	@Override
	public GeminiErrorEvent map(Throwable failure) {
		GeminiErrorEvent event = GeminiErrorEventMapper.standard().map(failure);
		boolean known = failure instanceof GeminiException || failure instanceof IllegalArgumentException;
		return (known && StringUtils.hasText(failure.getMessage()))
				? new GeminiErrorEvent(event.code(), failure.getMessage(), event.isTransient(), event.retryAfter())
				: event;
	}

}
