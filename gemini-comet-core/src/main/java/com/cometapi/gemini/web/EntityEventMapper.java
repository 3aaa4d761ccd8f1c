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

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Maps the intermediate states of a typed response to {@code entity} events.
 */
final class EntityEventMapper extends EventMapper {

	private final JsonMapper entityMapper;

	EntityEventMapper(JsonMapper entityMapper, EventBuffer events) {
		super(events);
		this.entityMapper = entityMapper;
	}

	@Override
	void add(Object entity) {
		events().addJson("entity", this.entityMapper.writeValueAsString(entity));
	}

	@Override
	void addEnd() {
		events().add("done", Map.of());
	}

}
