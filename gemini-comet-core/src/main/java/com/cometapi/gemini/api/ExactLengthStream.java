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

package com.cometapi.gemini.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that fails unless it has the announced number of bytes. Reading the last
 * announced byte fails if there are more.
 */
final class ExactLengthStream extends FilterInputStream {

	private final long length;

	private long count;

	ExactLengthStream(InputStream in, long length) throws IOException {
		super(in);
		this.length = length;
		if (length == 0) {
			checkEnd();
		}
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (this.count == this.length) {
			return (length > 0) ? -1 : 0;
		}
		int read = this.in.read(target, offset, (int) Math.min(length, this.length - this.count));
		if (read < 0) {
			throw new IOException(
					"the source ended after %d bytes, %d were announced".formatted(this.count, this.length));
		}
		this.count += read;
		if (this.count == this.length) {
			checkEnd();
		}
		return read;
	}

	private void checkEnd() throws IOException {
		if (this.in.read() >= 0) {
			throw new IOException("the source has more than the %d bytes that were announced".formatted(this.length));
		}
	}

	@Override
	public long skip(long count) throws IOException {
		byte[] skipped = new byte[(int) Math.min(Math.max(count, 0), 8192)];
		return Math.max(0, read(skipped, 0, skipped.length));
	}

	@Override
	public boolean markSupported() {
		return false;
	}

}
