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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cometapi.gemini.web.resume.GeminiStreamEvent;
import com.cometapi.gemini.web.resume.GeminiStreamExpiredException;

/**
 * Id of an event of a resumable stream, which a browser returns as {@code Last-Event-ID}.
 *
 * @param streamId the id of the stream
 * @param position the position of the event
 * @param last whether it is the last event
 */
record StreamEventId(String streamId, long position, boolean last) {

	private static final Pattern FORMAT = Pattern.compile("([\\w.-]{1,200}):(\\d{1,18})(:end)?");

	static String of(String streamId, GeminiStreamEvent event) {
		return streamId + ":" + event.position() + ((event.last()) ? ":end" : "");
	}

	static StreamEventId parse(String id) {
		Matcher matcher = FORMAT.matcher(id);
		if (!matcher.matches()) {
			throw new GeminiStreamExpiredException("The last event id is not of a resumable stream");
		}
		return new StreamEventId(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3) != null);
	}

}
