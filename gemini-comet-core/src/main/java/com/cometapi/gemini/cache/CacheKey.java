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

package com.cometapi.gemini.cache;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.cometapi.gemini.client.GeminiExchange;
import com.cometapi.gemini.client.GeminiJsonMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the keys of requests: the hash of the connection, the model and the JSON of the
 * request, with the members of maps in alphabetical order. Media are read, but not held
 * in memory.
 */
final class CacheKey {

	private static final JsonMapper MAPPER = GeminiJsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
		.build();

	private CacheKey() {
	}

	/**
	 * Return the key of a call. Reads media, which may block.
	 * @param exchange the call
	 * @return the key
	 */
	static String of(GeminiExchange exchange) {
		MessageDigest digest = sha256();
		digest.update(exchange.connection().getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
		digest.update(exchange.model().getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
		MAPPER.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), digest), exchange.request());
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
