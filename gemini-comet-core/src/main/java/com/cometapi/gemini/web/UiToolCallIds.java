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

package com.cometapi.gemini.web;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Ids of tool calls for a page. The AI SDK requires an id, which models may leave out.
 */
final class UiToolCallIds {

	private static final String PREFIX = "comet-";

	private UiToolCallIds() {
	}

	static String random() {
		return PREFIX + UUID.randomUUID();
	}

	/**
	 * Return the id of a call. If the model gave it none, the id is derived from the
	 * function, the arguments and the number of equal calls before it in the round.
	 * @param id the id that the model gave the call, or {@code null} for none
	 * @param name the name of the function
	 * @param args the arguments
	 * @param earlier the ids of the calls of the round before it
	 * @return the id
	 */
	static String of(@Nullable String id, String name, Map<String, ?> args, Collection<String> earlier) {
		if (id != null) {
			return id;
		}
		String first = PREFIX + digest(name + canonical(args));
		String next = first;
		for (int number = 2; earlier.contains(next); number++) {
			next = first + "-" + number;
		}
		return next;
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// A store may return members in another order and numbers of another type
	private static String canonical(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, String> members = new TreeMap<>();
			map.forEach((name, member) -> members.put(String.valueOf(name), canonical(member)));
			return members.toString();
		}
		if (value instanceof List<?> list) {
			return list.stream().map(UiToolCallIds::canonical).toList().toString();
		}
		if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
			return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
		}
		return (value instanceof String text) ? text.length() + ":" + text : String.valueOf(value);
	}

	/**
	 * Return the id that a model gave a call.
	 * @param id the id of the page
	 * @return the id, or {@code null} if the call has none
	 */
	static @Nullable String toWire(@Nullable String id) {
		return (id != null && id.startsWith(PREFIX)) ? null : id;
	}

}
