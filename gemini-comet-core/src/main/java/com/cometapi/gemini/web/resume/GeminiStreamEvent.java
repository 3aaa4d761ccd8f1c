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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Stored event of a stream.
 *
 * @param position the position in the stream: 1 for the first event, then increasing by 1
 * @param name the name of the event, or {@code null} for none
 * @param data the data, on one line
 * @param last whether it is the last event of the stream
 */
public record GeminiStreamEvent(long position, @Nullable String name, String data, boolean last) {

	// About what an event takes beside its text, in memory as well as in a database
	private static final int OVERHEAD = 128;

	public GeminiStreamEvent {
		Assert.isTrue(position > 0, "'position' must be positive");
		Assert.notNull(data, "'data' must not be null");
	}

	/**
	 * Return the mark that ends a stream which has no last event of its own.
	 * @param position the position after that of the last event
	 * @return the mark
	 */
	static GeminiStreamEvent incomplete(long position) {
		return new GeminiStreamEvent(position, null, "", true);
	}

	boolean isIncomplete() {
		return this.last && this.name == null && this.data.isEmpty();
	}

	/**
	 * Return the size that counts in the limits of a store.
	 * @return the length of the name and the data in characters, and 128 for the rest
	 */
	public long size() {
		return OVERHEAD + this.data.length() + ((this.name != null) ? this.name.length() : 0);
	}

}
