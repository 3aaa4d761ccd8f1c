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

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Describes the media of a request as text.
 */
final class MediaDescription {

	private MediaDescription() {
	}

	static List<String> of(SimulatedRequest request) {
		List<String> lines = new ArrayList<>();
		request.lastContent().path("parts").forEach((part) -> {
			if (part.has("inlineData")) {
				lines.add("- " + inline(part.get("inlineData")));
			}
			if (part.has("fileData")) {
				lines.add("- a reference to `" + part.get("fileData").path("fileUri").asString("") + "` ("
						+ part.get("fileData").path("mimeType").asString("no type") + "), not fetched");
			}
		});
		return (lines.isEmpty()) ? lines
				: List.of("Media that arrived, and were not looked at:\n\n" + String.join("\n", lines));
	}

	private static String inline(JsonNode blob) {
		byte[] bytes = Base64.getDecoder().decode(blob.path("data").asString("").replace('-', '+').replace('_', '/'));
		String text = "`" + blob.path("mimeType").asString("") + "`, " + bytes.length + " bytes";
		ImageSize size = ImageSize.read(bytes);
		return (size != null) ? text + ", " + size.width() + " × " + size.height() + " pixels" : text;
	}

}
