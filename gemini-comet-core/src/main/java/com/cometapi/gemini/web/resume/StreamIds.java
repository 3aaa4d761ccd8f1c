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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Creates ids of streams. An id has 128 random bits, followed by a hash of the key if the
 * stream has one, so that an id can be checked against a key without the store.
 */
final class StreamIds {

	private static final SecureRandom random = new SecureRandom();

	// Not a character of the encoded bytes
	private static final char SEPARATOR = '.';

	private static final int RANDOM_BYTES = 16;

	private static final int HASH_BYTES = 12;

	private StreamIds() {
	}

	static String create(@Nullable String key) {
		byte[] bytes = new byte[RANDOM_BYTES];
		random.nextBytes(bytes);
		return encode(bytes) + ((key != null) ? suffix(key) : "");
	}

	/**
	 * Return whether the stream with an id was started with a key.
	 * @param streamId the id of the stream
	 * @param key the key, or {@code null} for none
	 * @return whether it is exactly that key
	 */
	static boolean hasKey(String streamId, @Nullable String key) {
		return (key != null) ? streamId.endsWith(suffix(key)) : streamId.indexOf(SEPARATOR) < 0;
	}

	private static String suffix(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return SEPARATOR + encode(Arrays.copyOf(hash, HASH_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
