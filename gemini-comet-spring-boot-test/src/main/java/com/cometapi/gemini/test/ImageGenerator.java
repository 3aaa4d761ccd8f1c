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

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the requested image: a new one, or a modified version of the last one in the
 * conversation.
 */
final class ImageGenerator {

	private static final Pattern NEW_PICTURE = Pattern.compile(
			"^(please\\s+)?(draw|paint|sketch|create|generate|make)\\s+(me\\s+)?(an?|another|some|\\d+)\\s.*",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private final SimulatedRequest request;

	private final byte @Nullable [] earlier;

	private final Scene scene;

	ImageGenerator(SimulatedRequest request) {
		this.request = request;
		this.earlier = (NEW_PICTURE.matcher(request.prompt()).matches()) ? null : lastDrawing(request);
		Scene before = (this.earlier != null) ? Scene.read(this.earlier) : null;
		this.scene = (before != null) ? before.changed(request.prompt()) : Scene.of(request.prompt());
	}

	String remark() {
		return (this.earlier != null)
				? "I changed the picture from before. It shows now: " + this.scene.describe() + "."
				: "I drew " + this.scene.describe() + ".";
	}

	ObjectNode part() {
		byte[] png = SceneRenderer.png(this.scene, ratio());
		String signature = (this.request.model().isGemini3()) ? ThoughtSignatures.ofPicture(png) : null;
		return Json.object("inlineData", Json.object("mimeType", "image/png", "data", png), "thoughtSignature",
				signature);
	}

	private String ratio() {
		ImageSize size = (this.earlier != null) ? ImageSize.read(this.earlier) : null;
		String before = (size != null) ? size.width() + ":" + size.height() : "1:1";
		return this.request.config().path("imageConfig").path("aspectRatio").asString(before);
	}

	private static byte @Nullable [] lastDrawing(SimulatedRequest request) {
		List<JsonNode> contents = request.contents();
		for (int i = contents.size() - 1; i >= 0; i--) {
			byte[] drawing = drawing(contents.get(i));
			if (drawing != null) {
				return drawing;
			}
		}
		return null;
	}

	private static byte @Nullable [] drawing(JsonNode content) {
		byte[] last = null;
		for (JsonNode part : content.path("parts")) {
			byte[] bytes = bytes(part);
			last = (Scene.read(bytes) != null) ? bytes : last;
		}
		return last;
	}

	// The bytes of a part that passed the checks, none if it holds no data.
	static byte[] bytes(JsonNode part) {
		String data = part.path("inlineData").path("data").asString("");
		return Base64.getDecoder().decode(data.replace('-', '+').replace('_', '/'));
	}

}
