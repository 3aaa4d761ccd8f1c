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

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Signal;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Maps the intermediate states of a typed response to {@code entity} events.
 */
final class EntityEventMapper implements EventMapper<Object> {

	private final JsonMapper entityMapper;

	private final EventBuffer events;

	EntityEventMapper(JsonMapper entityMapper, EventBuffer events) {
		this.entityMapper = entityMapper;
		this.events = events;
	}

	@Override
	public List<ServerSentEvent<String>> map(Signal<Object> signal) {
		Throwable failure = signal.getThrowable();
		if (failure != null) {
			return fail(failure);
		}
		Object entity = signal.get();
		if (entity != null) {
			this.events.addJson("entity", this.entityMapper.writeValueAsString(entity));
		}
		else {
			this.events.add("done", Map.of());
		}
		return this.events.take();
	}

	@Override
	public List<ServerSentEvent<String>> fail(Throwable failure) {
		this.events.take();
		this.events.addError(failure);
		return this.events.take();
	}

}
