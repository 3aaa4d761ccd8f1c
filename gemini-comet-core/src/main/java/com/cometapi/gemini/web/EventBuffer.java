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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import com.cometapi.gemini.error.GeminiFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Buffer for the events of a stream, with increasing ids that start at 1. Not
 * thread-safe.
 */
final class EventBuffer {

	private static final Log logger = LogFactory.getLog(GeminiServerSentEvents.class);

	// An unpaired surrogate, which cannot be encoded in UTF-8
	private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

	private final JsonMapper mapper;

	private final GeminiErrorEventMapper errorMapper;

	private List<ServerSentEvent<String>> events = new ArrayList<>();

	private long lastId;

	EventBuffer(JsonMapper mapper, GeminiErrorEventMapper errorMapper) {
		this.mapper = mapper;
		this.errorMapper = errorMapper;
	}

	void add(String name, Object data) {
		addJson(name, this.mapper.writeValueAsString(data));
	}

	void addJson(String name, String json) {
		this.lastId++;
		this.events.add(ServerSentEvent.builder(toData(json)).id(Long.toString(this.lastId)).event(name).build());
	}

	/**
	 * Add an event without a name and an id.
	 * @param data the data
	 */
	void addUnnamed(Object data) {
		addUnnamedText(toData(this.mapper.writeValueAsString(data)));
	}

	/**
	 * Add an event without a name and an id whose data is not JSON.
	 * @param text the data, on one line
	 */
	void addUnnamedText(String text) {
		this.events.add(ServerSentEvent.builder(text).build());
	}

	private static String toData(String json) {
		String line = onOneLine(json);
		return hasUnpairedSurrogate(line) ? escapeUnpairedSurrogates(line) : line;
	}

	// Raw JSON of the application may have line breaks, but only between its texts
	private static String onOneLine(String json) {
		return json.replace('\n', ' ').replace('\r', ' ');
	}

	private static boolean hasUnpairedSurrogate(String json) {
		for (int i = 0; i < json.length(); i++) {
			char character = json.charAt(i);
			if (Character.isSurrogate(character)) {
				if (!Character.isSurrogatePair(character, (i + 1 < json.length()) ? json.charAt(i + 1) : ' ')) {
					return true;
				}
				i++;
			}
		}
		return false;
	}

	private static String escapeUnpairedSurrogates(String json) {
		return UNPAIRED_SURROGATE.matcher(json)
			.replaceAll((surrogate) -> "\\\\u%04x".formatted((int) surrogate.group().charAt(0)));
	}

	void addError(Throwable failure) {
		addError(failure, Map.of());
	}

	void addError(Throwable failure, Map<String, @Nullable Object> details) {
		GeminiErrorEvent event = logAndDescribe(failure);
		Duration wait = event.retryAfter();
		EventData data = new EventData().put("code", event.code())
			.put("message", event.message())
			.put("transient", event.isTransient())
			.put("retryAfter", (wait != null) ? GeminiErrorEvent.toFullSeconds(wait) : null);
		details.forEach(data::put);
		add("error", data.members());
	}

	/**
	 * Log a failure and describe it for the client.
	 * @param failure the failure
	 * @return the description, without internals
	 */
	GeminiErrorEvent logAndDescribe(Throwable failure) {
		if (failure instanceof CancellationException) {
			logger.debug("Sending error event to the client: " + failure);
		}
		else if (failure instanceof GeminiFailure || failure instanceof TimeoutException) {
			logger.warn("Sending error event to the client: " + failure);
		}
		else {
			logger.error("Sending error event to the client", failure);
		}
		return StandardErrorEventMapper.mapOrDefault(this.errorMapper, failure);
	}

	/**
	 * Return and remove the buffered events.
	 * @return the events in order
	 */
	List<ServerSentEvent<String>> take() {
		List<ServerSentEvent<String>> taken = this.events;
		this.events = new ArrayList<>();
		return taken;
	}

}
