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

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * JSON in a sequence of buffers, read by a parser from start to end and by
 * {@link Base64Reader} from any position. Valid as long as the buffers are.
 */
final class JsonInput extends InputStream {

	private final List<ByteBuffer> pieces = new ArrayList<>();

	private int current;

	// The piece in which the last copy ended, since the next copy most likely follows it.
	private int copied;

	private long copiedStart;

	/**
	 * Add the next bytes.
	 * @param bytes the bytes
	 * @return this input
	 */
	JsonInput add(ByteBuffer bytes) {
		this.pieces.add(bytes.slice());
		return this;
	}

	/**
	 * Add the next bytes.
	 * @param buffers the bytes, not read and not released
	 * @return this input
	 */
	JsonInput addAll(List<DataBuffer> buffers) {
		for (DataBuffer buffer : buffers) {
			try (DataBuffer.ByteBufferIterator iterator = buffer.readableByteBuffers()) {
				while (iterator.hasNext()) {
					add(iterator.next());
				}
			}
		}
		return this;
	}

	@Override
	public int read() {
		return hasRemaining() ? this.pieces.get(this.current).get() & 0xFF : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		if (length == 0) {
			return 0;
		}
		if (!hasRemaining()) {
			return -1;
		}
		ByteBuffer piece = this.pieces.get(this.current);
		int count = Math.min(length, piece.remaining());
		piece.get(target, offset, count);
		return count;
	}

	private boolean hasRemaining() {
		while (this.current < this.pieces.size() && !this.pieces.get(this.current).hasRemaining()) {
			this.current++;
		}
		return this.current < this.pieces.size();
	}

	/**
	 * Copy bytes, independently of the position of the parser.
	 * @param position the number of bytes before them
	 * @param target takes the bytes
	 * @param maxCount the maximum number of bytes
	 * @return the number of bytes copied, fewer only at the end
	 */
	int copy(long position, byte[] target, int maxCount) {
		if (position < this.copiedStart) {
			this.copied = 0;
			this.copiedStart = 0;
		}
		int count = 0;
		while (this.copied < this.pieces.size()) {
			ByteBuffer piece = this.pieces.get(this.copied);
			long start = Math.max(0, position - this.copiedStart);
			if (start < piece.limit()) {
				int length = (int) Math.min(piece.limit() - start, maxCount - count);
				piece.get((int) start, target, count, length);
				count += length;
				if (count == maxCount) {
					break;
				}
			}
			this.copied++;
			this.copiedStart += piece.limit();
		}
		return count;
	}

	/**
	 * Copy the beginning.
	 * @param maxSize the maximum number of bytes
	 * @return the bytes
	 */
	byte[] beginning(int maxSize) {
		byte[] bytes = new byte[maxSize];
		return Arrays.copyOf(bytes, copy(0, bytes, maxSize));
	}

}
