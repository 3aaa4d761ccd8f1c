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

package com.cometapi.gemini.observation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Candidate;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FileData;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.GenerateContentResponse;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.error.Redactor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes contents as JSON in the form of OpenTelemetry's conventions: shortened, without
 * media and signatures, and without anything that looks like a key.
 */
final class ContentJson {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Redactor REDACTOR = new Redactor(List.of());

	private static final String TYPE = "type";

	private static final String CONTENT = "content";

	private static final String MIME_TYPE = "mime_type";

	private static final String MODALITY = "modality";

	private final int maxLength;

	ContentJson(int maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Write a system instruction.
	 * @param instruction the instruction, if any
	 * @return its parts, or {@code null} if there is none
	 */
	@Nullable String systemInstruction(@Nullable Content instruction) {
		return (instruction != null) ? JSON.writeValueAsString(new Writer(this.maxLength).parts(instruction)) : null;
	}

	/**
	 * Write the contents of a request.
	 * @param contents the contents, of which the last ones are written if there is not
	 * enough room for all
	 * @return a message for each
	 */
	String messages(List<Content> contents) {
		Writer writer = new Writer(this.maxLength);
		Deque<Map<String, @Nullable Object>> messages = new ArrayDeque<>();
		for (int i = contents.size() - 1; i >= 0 && writer.room > 0; i--) {
			messages.addFirst(message(inputRole(contents.get(i)), writer.parts(contents.get(i))));
		}
		return JSON.writeValueAsString(messages);
	}

	/**
	 * Write the contents of a response.
	 * @param response the response
	 * @return a message for each candidate
	 */
	String messages(GenerateContentResponse response) {
		Writer writer = new Writer(this.maxLength);
		List<Map<String, @Nullable Object>> messages = new ArrayList<>();
		for (Candidate candidate : response.candidates()) {
			if (candidate.content() != null) {
				messages.add(message("assistant", writer.parts(candidate.content())));
			}
		}
		return JSON.writeValueAsString(messages);
	}

	private static Map<String, @Nullable Object> message(String role, List<Map<String, @Nullable Object>> parts) {
		Map<String, @Nullable Object> message = new LinkedHashMap<>();
		message.put("role", role);
		message.put("parts", parts);
		return message;
	}

	private static String inputRole(Content content) {
		if ("model".equals(content.role())) {
			return "assistant";
		}
		boolean functionResponses = !content.parts().isEmpty()
				&& content.parts().stream().allMatch((part) -> part.functionResponse() != null);
		return (functionResponses) ? "tool" : "user";
	}

	/**
	 * Writes parts as long as there is room.
	 */
	private static final class Writer {

		private int room;

		Writer(int room) {
			this.room = room;
		}

		List<Map<String, @Nullable Object>> parts(Content content) {
			List<Map<String, @Nullable Object>> parts = new ArrayList<>();
			for (Part part : content.parts()) {
				if (this.room > 0) {
					parts.add(part(part));
				}
			}
			return parts;
		}

		private Map<String, @Nullable Object> part(Part part) {
			Map<String, @Nullable Object> values = new LinkedHashMap<>();
			if (part.text() != null) {
				values.put(TYPE, (part.isThought()) ? "reasoning" : "text");
				values.put(CONTENT, text(part.text()));
			}
			else if (part.functionCall() != null) {
				FunctionCall call = part.functionCall();
				values.put(TYPE, "tool_call");
				values.put("id", call.id());
				values.put("name", call.name());
				values.put("arguments", object(call.args()));
			}
			else if (part.functionResponse() != null) {
				FunctionResponse response = part.functionResponse();
				values.put(TYPE, "tool_call_response");
				values.put("id", response.id());
				values.put("response", object(response.response()));
			}
			else if (part.inlineData() != null) {
				values.put(TYPE, "blob");
				media(values, part.inlineData().mimeType());
				values.put(CONTENT, "");
			}
			else if (part.fileData() != null) {
				FileData file = part.fileData();
				values.put(TYPE, "uri");
				media(values, file.mimeType());
				values.put("uri", text(withoutQuery(file.fileUri())));
			}
			else {
				values.put(TYPE, "generic");
			}
			this.room -= 16;
			return values;
		}

		private String text(String text) {
			if (this.room <= 0) {
				return "…";
			}
			String redacted = REDACTOR.redact(text, this.room);
			this.room -= redacted.length();
			return redacted;
		}

		private @Nullable Object object(@Nullable Map<String, @Nullable Object> object) {
			if (object == null) {
				return null;
			}
			JsonNode node = JSON.valueToTree(object);
			Object redacted = REDACTOR.redact(node);
			int length = JSON.writeValueAsString(redacted).length();
			if (length > this.room) {
				return text(node.toString());
			}
			this.room -= length;
			return redacted;
		}

		private static void media(Map<String, @Nullable Object> values, @Nullable String mimeType) {
			values.put(MIME_TYPE, mimeType);
			values.put(MODALITY, modality(mimeType));
		}

		private static String modality(@Nullable String mimeType) {
			int slash = (mimeType != null) ? mimeType.indexOf('/') : -1;
			String type = (mimeType != null && slash > 0) ? mimeType.substring(0, slash) : "";
			return switch (type) {
				case "image", "audio", "video" -> type;
				default -> "document";
			};
		}

		// The query of a signed URI is a credential.
		private static String withoutQuery(@Nullable String uri) {
			String text = String.valueOf(uri);
			int query = text.indexOf('?');
			return (query >= 0) ? text.substring(0, query) : text;
		}

	}

}
