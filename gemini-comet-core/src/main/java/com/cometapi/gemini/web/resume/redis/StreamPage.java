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

package com.cometapi.gemini.web.resume.redis;

import java.util.ArrayList;
import java.util.List;

import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reply of Redis to a reader.
 *
 * @param condition the condition of the stream
 * @param position the last position of the stream, 0 if it is unknown
 * @param events the events, which may be fewer than there are
 */
record StreamPage(Condition condition, long position, List<GeminiStreamEvent> events) {

	static StreamPage parse(List<String> reply, long after) {
		Condition condition = Condition.valueOf(reply.get(0));
		long position = (reply.size() > 1) ? Long.parseLong(reply.get(1)) : 0;
		List<GeminiStreamEvent> events = new ArrayList<>(reply.size() / 2);
		long next = after;
		for (int i = 2; i < reply.size(); i += 2) {
			next++;
			events.add(event(next, reply.get(i), reply.get(i + 1), condition == Condition.ENDED && next == position));
		}
		return new StreamPage(condition, position, events);
	}

	/**
	 * Parse a message about events.
	 * @param message the message
	 * @return the event that it contains, or {@code null} if there is none or the message
	 * is malformed
	 */
	static @Nullable GeminiStreamEvent parse(String message) {
		String[] members = message.split("\n", 3);
		try {
			return (members.length == 3) ? event(Long.parseLong(members[0]), members[1], members[2], false) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static GeminiStreamEvent event(long position, String name, String data, boolean last) {
		return new GeminiStreamEvent(position, (name.isEmpty()) ? null : name, data, last);
	}

	/**
	 * Condition of a stream, from the view of a reader.
	 */
	enum Condition {

		/**
		 * Further events may follow.
		 */
		RUNNING,

		/**
		 * The last event is stored.
		 */
		ENDED,

		/**
		 * The lease has run out.
		 */
		LOST,

		/**
		 * There is no such stream.
		 */
		UNKNOWN,

		/**
		 * The next event of the reader was removed.
		 */
		REMOVED,

		/**
		 * The stream is shorter than the reader says.
		 */
		BEYOND

	}

}
