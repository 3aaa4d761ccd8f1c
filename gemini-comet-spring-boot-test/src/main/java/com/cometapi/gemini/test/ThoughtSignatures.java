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

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Creates and recognizes thought signatures.
 */
final class ThoughtSignatures {

	private static final String MADE_HERE = "simulated thought signature ";

	private static final String OF_PICTURE = " of picture ";

	private ThoughtSignatures() {
	}

	static String create() {
		return encode(MADE_HERE + UUID.randomUUID());
	}

	// A signature that is only valid for this picture.
	static String ofPicture(byte[] picture) {
		return encode(MADE_HERE + UUID.randomUUID() + OF_PICTURE + checksum(picture));
	}

	// Whether the signature can belong to this picture. Signatures from elsewhere are
	// accepted.
	static boolean fits(String signature, byte[] picture) {
		String text = decode(signature);
		return !text.startsWith(MADE_HERE) || text.endsWith(OF_PICTURE + checksum(picture));
	}

	static boolean isBase64(String signature) {
		try {
			decode(signature);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String checksum(byte[] picture) {
		CRC32 checksum = new CRC32();
		checksum.update(picture);
		return Long.toHexString(checksum.getValue());
	}

	private static String encode(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String decode(String signature) {
		return new String(Base64.getDecoder().decode(signature.replace('-', '+').replace('_', '/')),
				StandardCharsets.UTF_8);
	}

}
