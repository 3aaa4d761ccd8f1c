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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Content of a rendered image: a sky, a sun and hills. It is embedded in the image, so
 * that a later turn can modify it.
 *
 * @param hue the hue, which distinguishes the pictures of different prompts
 * @param colours the requested colours by part
 */
record Scene(int hue, Map<String, String> colours) {

	private static final Map<String, Integer> COLOURS = Map.ofEntries(Map.entry("red", 0xD93636),
			Map.entry("orange", 0xF28C28), Map.entry("yellow", 0xF7DE4A), Map.entry("gold", 0xE0B030),
			Map.entry("green", 0x3C9A4A), Map.entry("turquoise", 0x30B8B0), Map.entry("blue", 0x3468D8),
			Map.entry("purple", 0x7D3CB8), Map.entry("violet", 0x8F4FD0), Map.entry("pink", 0xF08CB4),
			Map.entry("brown", 0x80552E), Map.entry("black", 0x101018), Map.entry("grey", 0x8A8A92),
			Map.entry("gray", 0x8A8A92), Map.entry("white", 0xF4F4F8));

	private static final Map<String, String> PARTS = Map.of("sky", "sky", "sun", "sun", "moon", "sun", "hill", "hills",
			"hills", "hills", "mountain", "hills", "mountains", "hills", "meadow", "hills");

	private static final String CHUNK = "tEXt";

	private static final String KEYWORD = "Scene";

	private static final int START_OF_CHUNKS = 8;

	private static final int CHUNK_FRAME = 12;

	static Scene of(String prompt) {
		return new Scene(prompt.hashCode() & 0xFF, Map.of()).changed(prompt);
	}

	// This scene in the colours that the prompt names, as in "make the sky red".
	Scene changed(String prompt) {
		Map<String, String> changed = new TreeMap<>(this.colours);
		changed.putAll(colours(prompt));
		return new Scene(this.hue, changed);
	}

	// A colour belongs to the part right after it or else to the one before it.
	private static Map<String, String> colours(String prompt) {
		List<String> words = Arrays.asList(prompt.toLowerCase(Locale.ROOT).split("\\P{L}+"));
		Map<String, String> found = new TreeMap<>();
		String part = "sky";
		for (int i = 0; i < words.size(); i++) {
			part = PARTS.getOrDefault(words.get(i), part);
			if (COLOURS.containsKey(words.get(i))) {
				String next = (i + 1 < words.size()) ? PARTS.get(words.get(i + 1)) : null;
				found.put((next != null) ? next : part, words.get(i));
			}
		}
		return found;
	}

	@Nullable Integer colour(String part) {
		return COLOURS.get(this.colours.getOrDefault(part, ""));
	}

	String describe() {
		return (this.colours.isEmpty()) ? "a sky, a sun and hills"
				: this.colours.entrySet()
					.stream()
					.map((entry) -> entry.getValue() + " " + entry.getKey())
					.collect(Collectors.joining(", "));
	}

	// The content of the picture's text chunk.
	byte[] toChunk() {
		StringBuilder text = new StringBuilder(KEYWORD).append('\0').append("hue=").append(this.hue);
		this.colours.forEach((part, colour) -> text.append(';').append(part).append('=').append(colour));
		return text.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	// The scene of a picture, or null if the simulator did not draw it.
	static @Nullable Scene read(byte[] png) {
		if (ImageSize.read(png) == null) {
			return null;
		}
		ByteBuffer buffer = ByteBuffer.wrap(png);
		int position = START_OF_CHUNKS;
		while (position + CHUNK_FRAME <= png.length) {
			int length = buffer.getInt(position);
			if (length < 0 || length > png.length - position - CHUNK_FRAME) {
				return null;
			}
			String type = new String(png, position + 4, 4, StandardCharsets.ISO_8859_1);
			String text = (type.equals(CHUNK)) ? new String(png, position + 8, length, StandardCharsets.ISO_8859_1)
					: "";
			if (text.startsWith(KEYWORD + '\0')) {
				return parse(text.substring(KEYWORD.length() + 1));
			}
			position += CHUNK_FRAME + length;
		}
		return null;
	}

	private static Scene parse(String text) {
		Map<String, String> values = new TreeMap<>();
		for (String value : text.split(";")) {
			values.put(value.replaceAll("=.*", ""), value.replaceAll(".*=", ""));
		}
		String hue = values.remove("hue");
		return new Scene((hue != null) ? Integer.parseInt(hue) : 0, values);
	}

}
