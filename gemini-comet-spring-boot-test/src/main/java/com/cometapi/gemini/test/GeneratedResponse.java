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

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A complete response before it is formatted as one message or as a stream.
 *
 * @param parts the parts, thoughts first
 * @param finish the members of the candidate that are sent with the finish reason, such
 * as grounding metadata
 * @param usage the token counts
 * @param signature the thought signature at the end of the text, or {@code null} for none
 */
record GeneratedResponse(List<ObjectNode> parts, ObjectNode finish, ObjectNode usage, @Nullable String signature) {

	static GeneratedResponse of(List<ObjectNode> parts, ObjectNode usage) {
		return new GeneratedResponse(parts, Json.object("finishReason", "STOP"), usage, null);
	}

}
