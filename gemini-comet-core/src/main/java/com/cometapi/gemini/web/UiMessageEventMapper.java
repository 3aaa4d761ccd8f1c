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

import com.cometapi.gemini.api.GenerateContentResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps responses and data of the application to the chunks of a UI message stream.
 */
final class UiMessageEventMapper extends EventMapper<Object> {

	private final UiMessageFormat format;

	private final ResponseEventMapper responses;

	private final JsonMapper dataMapper;

	UiMessageEventMapper(JsonMapper mapper, JsonMapper dataMapper, EventBuffer events, UiMessageStreamOptions options) {
		super(events);
		this.dataMapper = dataMapper;
		this.format = new UiMessageFormat(mapper, events, options);
		this.responses = new ResponseEventMapper(mapper, events, this.format);
	}

	@Override
	void add(Object element) {
		if (element instanceof UiDataPart part) {
			this.format.addData(part, this.dataMapper.valueToTree(part.data()));
		}
		else {
			this.responses.add((GenerateContentResponse) element);
		}
	}

	@Override
	void addRest() {
		this.responses.addRest();
	}

	@Override
	void addEnd() {
		this.responses.addEnd();
	}

	@Override
	void addFailure(Throwable failure) {
		this.responses.addFailure(failure);
	}

}
