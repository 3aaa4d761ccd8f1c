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

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Collects bytes outside the heap. Small network buffers are copied together, so that a
 * peer that sends single bytes does not occupy a buffer for each. Thread-safe, since a
 * call may be cancelled while its bytes arrive or are read.
 */
final class OffHeapBuffer {

	private static final int CHUNK_SIZE = 64 * 1024;

	// The first buffers are kept as they are, which is enough for a small response.
	private static final int KEPT_AS_THEY_COME = 8;

	private List<DataBuffer> chunks = new ArrayList<>(0);

	private long size;

	private boolean released;

	/**
	 * Add bytes.
	 * @param buffer the bytes, released now or later
	 */
	synchronized void append(DataBuffer buffer) {
		if (!this.released) {
			this.size += buffer.readableByteCount();
			if (this.chunks.size() < KEPT_AS_THEY_COME) {
				this.chunks.add(buffer);
				return;
			}
			copy(buffer, this.chunks);
		}
		DataBufferUtils.release(buffer);
	}

	private static void copy(DataBuffer buffer, List<DataBuffer> chunks) {
		while (buffer.readableByteCount() > 0) {
			DataBuffer chunk = chunks.get(chunks.size() - 1);
			int writable = (chunks.size() > KEPT_AS_THEY_COME) ? CHUNK_SIZE - chunk.writePosition() : 0;
			if (writable == 0) {
				chunks.add(buffer.factory().allocateBuffer(CHUNK_SIZE));
				continue;
			}
			int count = Math.min(writable, buffer.readableByteCount());
			DataBuffer part = buffer.split(buffer.readPosition() + count);
			chunk.write(part);
			DataBufferUtils.release(part);
		}
	}

	/**
	 * Return the number of bytes collected.
	 * @return the number of bytes
	 */
	synchronized long size() {
		return this.size;
	}

	/**
	 * Take the bytes, so that only the caller can release them.
	 * @return the buffers, in order; none if they were taken or released before
	 */
	synchronized List<DataBuffer> take() {
		List<DataBuffer> taken = this.chunks;
		this.chunks = new ArrayList<>(0);
		this.size = 0;
		return taken;
	}

	/**
	 * Release the bytes that were not taken, and all bytes added later.
	 */
	synchronized void release() {
		this.released = true;
		take().forEach(DataBufferUtils::release);
	}

}
