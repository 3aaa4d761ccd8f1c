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

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Renders a {@link Scene} with the word "simulated" as a PNG image, without AWT.
 */
final class SceneRenderer {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	// The word SIMULATED in five rows of dots.
	private static final String[] WORD = { ".###.#.#...#.#..#.#.....##..###.####.###.",
			"#....#.##.##.#..#.#....#..#..#..#....#..#", ".##..#.#.#.#.#..#.#....####..#..###..#..#",
			"...#.#.#...#.#..#.#....#..#..#..#....#..#", "###..#.#...#..##..####.#..#..#..####.###." };

	private static final int LONG_SIDE = 384;

	private final int width;

	private final int height;

	private final Scene scene;

	private final int hue;

	private SceneRenderer(int width, int height, Scene scene) {
		this.width = width;
		this.height = height;
		this.scene = scene;
		this.hue = scene.hue();
	}

	static byte[] png(Scene scene, String aspectRatio) {
		String[] sides = aspectRatio.matches("\\d+:\\d+") ? aspectRatio.split(":") : new String[] { "1", "1" };
		double ratio = Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
		int width = (ratio >= 1) ? LONG_SIDE : (int) Math.round(LONG_SIDE * ratio);
		int height = (ratio >= 1) ? (int) Math.round(LONG_SIDE / ratio) : LONG_SIDE;
		return new SceneRenderer(width, height, scene).write();
	}

	private byte[] write() {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			out.write(SIGNATURE);
			chunk(out, "IHDR", header());
			chunk(out, "tEXt",
					"Comment\0Simulated by the Gemini Comet simulator".getBytes(StandardCharsets.ISO_8859_1));
			chunk(out, "tEXt", this.scene.toChunk());
			chunk(out, "IDAT", pixels());
			chunk(out, "IEND", new byte[0]);
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] header() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(this.width);
		out.writeInt(this.height);
		out.write(new byte[] { 8, 2, 0, 0, 0 });
		return bytes.toByteArray();
	}

	private byte[] pixels() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
			byte[] row = new byte[1 + 3 * this.width];
			for (int y = 0; y < this.height; y++) {
				for (int x = 0; x < this.width; x++) {
					int colour = colour(x, y);
					row[1 + 3 * x] = (byte) (colour >> 16);
					row[2 + 3 * x] = (byte) (colour >> 8);
					row[3 + 3 * x] = (byte) colour;
				}
				out.write(row);
			}
		}
		return bytes.toByteArray();
	}

	// A sky that fades, a sun, hills, and the word on top.
	private int colour(int x, int y) {
		if (isWord(x, y)) {
			return 0xFFFFFF;
		}
		double hill = this.height * (0.68 + 0.08 * Math.sin((x + this.hue) * 6.0 / this.width));
		if (y > hill) {
			return shaded("hills", rgb(40, 110, 70), -(int) (50 * (y - hill) / this.height));
		}
		double distance = Math.hypot(x - this.width * 0.7, y - this.height * 0.35);
		if (distance < Math.min(this.width, this.height) * 0.12) {
			return shaded("sun", rgb(255, 214, 90), 0);
		}
		return shaded("sky", rgb(60 + this.hue / 4, 90, 200 - this.hue / 4), 60 * y / this.height);
	}

	private int shaded(String part, int usual, int light) {
		Integer asked = this.scene.colour(part);
		int base = (asked != null) ? asked : usual;
		return rgb((base >> 16 & 0xFF) + light, (base >> 8 & 0xFF) + light, base & 0xFF);
	}

	private boolean isWord(int x, int y) {
		int dot = Math.max(1, this.width * 3 / 4 / WORD[0].length());
		int column = Math.floorDiv(x - (this.width - dot * WORD[0].length()) / 2, dot);
		int row = Math.floorDiv(y - this.height * 7 / 8 + 3 * dot, dot);
		return row >= 0 && row < WORD.length && column >= 0 && column < WORD[row].length()
				&& WORD[row].charAt(column) == '#';
	}

	private static int rgb(int red, int green, int blue) {
		return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
	}

	private static int clamp(int value) {
		return Math.max(0, Math.min(255, value));
	}

	private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		CRC32 checksum = new CRC32();
		checksum.update(name);
		checksum.update(data);
		out.writeInt(data.length);
		out.write(name);
		out.write(data);
		out.writeInt((int) checksum.getValue());
	}

}
