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

package com.cometapi.gemini.test;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Size of an image, read from its header.
 *
 * @param width the width in pixels
 * @param height the height in pixels
 */
record ImageSize(int width, int height) {

	private static final long PNG = 0x89504E470D0A1A0AL;

	private static final int JPEG = 0xFFD8;

	// The size, or null if the bytes are neither a PNG nor a JPEG picture.
	static @Nullable ImageSize read(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		if (bytes.length >= 24 && buffer.getLong(0) == PNG) {
			return new ImageSize(buffer.getInt(16), buffer.getInt(20));
		}
		return (bytes.length > 4 && (buffer.getShort(0) & 0xFFFF) == JPEG) ? readJpeg(buffer) : null;
	}

	// Goes from marker to marker until one that starts a frame.
	private static @Nullable ImageSize readJpeg(ByteBuffer buffer) {
		int position = 2;
		while (position + 9 < buffer.limit()) {
			int marker = buffer.getShort(position) & 0xFFFF;
			boolean frame = marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8
					&& marker != 0xFFCC;
			if (frame) {
				return new ImageSize(buffer.getShort(position + 7) & 0xFFFF, buffer.getShort(position + 5) & 0xFFFF);
			}
			position += 2 + (buffer.getShort(position + 2) & 0xFFFF);
		}
		return null;
	}

}
