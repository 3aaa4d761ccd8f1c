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

import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Holds the rest of a large line outside the heap, so that it is not copied each time the
 * line outgrows its array. Its position is the end of the line in that array. Not
 * thread-safe, except for its release.
 */
final class OffHeapLineBuffer {

	private static final int LARGE = 64 * 1024;

	private final OffHeapBuffer rest = new OffHeapBuffer();

	private int at = -1;

	/**
	 * Return whether a line is large enough to be held outside the heap.
	 * @param length the number of bytes so far
	 * @return {@code true} if it is
	 */
	static boolean isLarge(int length) {
		return length > LARGE;
	}

	/**
	 * Return whether there is a rest.
	 * @return {@code true} if there is
	 */
	boolean exists() {
		return this.at >= 0;
	}

	/**
	 * Return whether the rest starts at a position.
	 * @param position the position
	 * @return {@code true} if it does
	 */
	boolean isAt(int position) {
		return this.at == position;
	}

	/**
	 * Return the size of the rest.
	 * @return the number of bytes
	 */
	long size() {
		return exists() ? this.rest.size() : 0;
	}

	/**
	 * Add bytes up to the end of the line.
	 * @param buffer the bytes, read up to there and not released
	 * @param position the position of the rest
	 */
	void append(DataBuffer buffer, int position) {
		int start = buffer.readPosition();
		int lineEnd = buffer.indexOf((b) -> b == '\n' || b == '\r', start);
		this.at = position;
		this.rest.append(buffer.split((lineEnd >= 0) ? lineEnd : start + buffer.readableByteCount()));
	}

	/**
	 * Adjust the position after the content of the array was moved.
	 * @param count the number of bytes by which it was moved to the front
	 */
	void move(int count) {
		this.at = exists() ? this.at - count : -1;
	}

	/**
	 * Take the bytes.
	 * @return the bytes, to be released by the caller
	 */
	List<DataBuffer> take() {
		return this.rest.take();
	}

	/**
	 * Insert the bytes at their position.
	 * @param buffers the bytes, not released
	 * @param bytes the array
	 * @param end the end of the content of the array
	 * @return a new array
	 */
	byte[] join(List<DataBuffer> buffers, byte[] bytes, int end) {
		byte[] joined = new byte[end + count(buffers)];
		System.arraycopy(bytes, 0, joined, 0, this.at);
		int position = this.at;
		for (DataBuffer buffer : buffers) {
			int count = buffer.readableByteCount();
			buffer.read(joined, position, count);
			position += count;
		}
		System.arraycopy(bytes, this.at, joined, position, end - this.at);
		return joined;
	}

	/**
	 * Return a position of the array after the rest was inserted.
	 * @param position the position
	 * @param count the number of bytes of the rest
	 * @return the position there
	 */
	int shifted(int position, int count) {
		return (position >= this.at) ? position + count : position;
	}

	/**
	 * Discard the position of the rest.
	 */
	void forget() {
		this.at = -1;
	}

	/**
	 * Release the bytes. May be called by any thread.
	 */
	void release() {
		this.rest.release();
	}

	private static int count(List<DataBuffer> buffers) {
		return buffers.stream().mapToInt(DataBuffer::readableByteCount).sum();
	}

}
