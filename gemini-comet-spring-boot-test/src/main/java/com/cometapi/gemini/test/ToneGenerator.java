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
import java.nio.ByteOrder;

/**
 * Generates a tone of half a second as 16-bit little-endian mono PCM at 24 kHz.
 */
final class ToneGenerator {

	static final String MIME_TYPE = "audio/L16;codec=pcm;rate=24000";

	private static final int RATE = 24000;

	private static final int HERTZ = 440;

	private ToneGenerator() {
	}

	static byte[] pcm() {
		ByteBuffer samples = ByteBuffer.allocate(RATE).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < RATE / 2; i++) {
			samples.putShort((short) (8000 * Math.sin(2 * Math.PI * HERTZ * i / RATE)));
		}
		return samples.array();
	}

}
