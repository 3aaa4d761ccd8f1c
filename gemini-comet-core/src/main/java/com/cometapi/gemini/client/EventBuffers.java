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

package com.cometapi.gemini.client;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Pool of the buffers for the bytes of events. A stream without bytes gives its buffer
 * back, since most open streams are waiting for their next event.
 */
final class EventBuffers {

	static final byte[] EMPTY = {};

	private static final int INITIAL_CAPACITY = 8 * 1024;

	// A buffer that grew beyond this for one large event is not used for further ones.
	private static final int KEPT_CAPACITY = 256 * 1024;

	private static final Queue<byte[]> UNUSED = new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

	private EventBuffers() {
	}

	/**
	 * Take a buffer.
	 * @param capacity the number of bytes that it has to hold
	 * @return the buffer
	 */
	static byte[] take(int capacity) {
		byte[] unused = UNUSED.poll();
		return (unused != null && unused.length >= capacity) ? unused : new byte[Math.max(INITIAL_CAPACITY, capacity)];
	}

	/**
	 * Give a buffer back that is not used any more.
	 * @param buffer the buffer
	 */
	static void giveBack(byte[] buffer) {
		if (isKept(buffer)) {
			UNUSED.offer(buffer);
		}
	}

	/**
	 * Return whether a buffer is small enough for further events.
	 * @param buffer the buffer
	 * @return {@code false} if it has grown for a large event
	 */
	static boolean isKept(byte[] buffer) {
		return buffer.length <= KEPT_CAPACITY;
	}

}
