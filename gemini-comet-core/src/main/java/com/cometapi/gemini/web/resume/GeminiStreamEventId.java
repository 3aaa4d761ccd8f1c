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

package com.cometapi.gemini.web.resume;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Id of an event of a stream, which a browser returns as {@code Last-Event-ID}.
 *
 * @param streamId the id of the stream
 * @param position the position of the event, 0 if the browser has no event yet
 * @param last whether it is the last event of the stream
 */
public record GeminiStreamEventId(String streamId, long position, boolean last) {

	private static final Pattern FORMAT = Pattern.compile("([\\w.-]{1,200}):(\\d{1,18})(:end)?");

	public GeminiStreamEventId {
		Assert.notNull(streamId, "'streamId' must not be null");
		Assert.isTrue(position >= 0, "'position' must not be negative");
	}

	/**
	 * Return the id of a browser that has no event of a stream yet.
	 * @param streamId the id of the stream
	 * @return the id
	 */
	public static GeminiStreamEventId start(String streamId) {
		return new GeminiStreamEventId(streamId, 0, false);
	}

	/**
	 * Return the id of an event.
	 * @param streamId the id of the stream
	 * @param event the event
	 * @return the id
	 */
	public static GeminiStreamEventId of(String streamId, GeminiStreamEvent event) {
		return new GeminiStreamEventId(streamId, event.position(), event.last());
	}

	/**
	 * Parse the id that a browser has sent.
	 * @param id the text, as {@link #toString()} returns it
	 * @return the id
	 * @throws GeminiStreamExpiredException if the text is not the id of an event
	 */
	public static GeminiStreamEventId parse(String id) {
		Matcher matcher = FORMAT.matcher(id);
		if (!matcher.matches()) {
			throw new GeminiStreamExpiredException("The last event id is not of a resumable stream");
		}
		return new GeminiStreamEventId(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3) != null);
	}

	/**
	 * Return the id of the stream that a text belongs to.
	 * @param id the id of a stream or of one of its events
	 * @return the id of the stream
	 * @throws GeminiStreamExpiredException if the text is neither
	 */
	static String streamId(String id) {
		return parse((id.indexOf(':') < 0) ? start(id).toString() : id).streamId();
	}

	/**
	 * Return the text that is sent to a browser.
	 * @return the id of the stream, the position and, for the last event, {@code end}
	 */
	@Override
	public String toString() {
		return this.streamId + ":" + this.position + ((this.last) ? ":end" : "");
	}

}
