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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import com.cometapi.gemini.api.FunctionCall;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inputs of tools whose arguments are being streamed, each as a text that grows to
 * JSON. Not thread-safe.
 */
final class StreamedToolInputs {

	private static final int MAX_LENGTH = 64 * 1024;

	private static final int SHORT_LENGTH = 1024;

	private static final int MIN_FRAGMENT_LENGTH = 16;

	// A long input is read again when a 16th of it is new
	private static final int NEW_SHARE = 16;

	private final JsonMapper mapper;

	// By tool call id
	private final Map<String, String> texts = new HashMap<>(0);

	// Of the calls to which the model gives no id, in order
	private final Queue<String> ids = new ArrayDeque<>(0);

	// The approximate length of all fragments, and of those not read yet
	private long length;

	private long unread;

	StreamedToolInputs(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Add a fragment, and return whether the inputs are to be read now. Since each
	 * reading writes the whole JSON again, a long input is read less often than fragments
	 * arrive: the total time stays proportional to the length of the input.
	 * @param fragment the fragment of a call
	 * @return {@code true} to read the inputs
	 */
	boolean add(FunctionCall fragment) {
		long added = MIN_FRAGMENT_LENGTH + fragment.partialArgs()
			.stream()
			.mapToLong((arg) -> (arg.stringValue() != null) ? arg.stringValue().length() : 0)
			.sum();
		this.length += added;
		this.unread += added;
		boolean due = fragment.name() != null || this.length <= SHORT_LENGTH || this.unread >= this.length / NEW_SHARE;
		if (due) {
			this.unread = 0;
		}
		return due;
	}

	/**
	 * Return the id of the last one of the calls that are being streamed.
	 * @param calls the calls of a candidate, in order
	 * @return its own id, or one that stays the same until {@link #takeId}
	 */
	String idOfLast(List<FunctionCall> calls) {
		String id = calls.get(calls.size() - 1).id();
		if (id != null) {
			return id;
		}
		long count = calls.stream().filter((call) -> call.id() == null).count();
		while (this.ids.size() < count) {
			this.ids.add(UiToolCallIds.random());
		}
		return new ArrayList<>(this.ids).get((int) count - 1);
	}

	/**
	 * Return and remove the id of the next call to which the model gives no id.
	 * @return the id, a new one if the call was not streamed
	 */
	String takeId() {
		String id = this.ids.poll();
		return (id != null) ? id : UiToolCallIds.random();
	}

	/**
	 * Begin an input.
	 * @param id the id of the call
	 * @return {@code true} unless it has begun already
	 */
	boolean begin(String id) {
		return this.texts.putIfAbsent(id, "") == null;
	}

	/**
	 * Return the text by which an input has grown since the last call. It is empty if the
	 * arguments do not arrive in the order of the JSON, or if the input is too long.
	 * @param id the id of the call
	 * @param args the arguments that have arrived
	 * @return the new end of the text, may be empty
	 */
	String next(String id, @Nullable Map<String, ?> args) {
		String before = this.texts.getOrDefault(id, "");
		if (args == null || before.length() > MAX_LENGTH) {
			return "";
		}
		String text = withoutEnd(this.mapper.writeValueAsString(args));
		if (!text.startsWith(before)) {
			return "";
		}
		this.texts.put(id, text);
		return text.substring(before.length());
	}

	// The last value, and all that it is in, may become longer
	private static String withoutEnd(String json) {
		int end = json.length();
		while (json.charAt(end - 1) == '}' || json.charAt(end - 1) == ']') {
			end--;
		}
		return json.substring(0, (json.charAt(end - 1) == '"') ? end - 1 : end);
	}

	/**
	 * End an input.
	 * @param id the id of the call
	 * @return {@code true} if it had begun
	 */
	boolean end(String id) {
		return this.texts.remove(id) != null;
	}

	void clear() {
		this.length = 0;
		this.unread = 0;
		this.texts.clear();
		this.ids.clear();
	}

}
