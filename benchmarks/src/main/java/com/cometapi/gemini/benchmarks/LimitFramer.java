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

package com.cometapi.gemini.benchmarks;

import java.util.Arrays;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;

/**
 * Splits bytes into lines and passes on those with data.
 */
final class LimitFramer {

	private static final int NAME = "data: ".length();

	private final Consumer<String> texts;

	private byte[] bytes = new byte[64 * 1024];

	private int end;

	LimitFramer(Consumer<String> texts) {
		this.texts = texts;
	}

	void append(ByteBuf buffer) {
		int length = buffer.readableBytes();
		if (this.end + length > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, 2 * (this.end + length));
		}
		buffer.readBytes(this.bytes, this.end, length);
		int scanned = this.end;
		this.end += length;
		int start = 0;
		for (int i = scanned; i < this.end; i++) {
			if (this.bytes[i] == '\n') {
				if (i - start > NAME) {
					this.texts.accept(LimitParser.text(this.bytes, start + NAME, i - start - NAME));
				}
				start = i + 1;
			}
		}
		System.arraycopy(this.bytes, start, this.bytes, 0, this.end - start);
		this.end -= start;
	}

}
