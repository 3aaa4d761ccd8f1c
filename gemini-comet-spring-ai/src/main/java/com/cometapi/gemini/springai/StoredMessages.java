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

package com.cometapi.gemini.springai;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FileData;
import com.cometapi.gemini.api.Part;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;

/**
 * Converts messages of Spring AI to contents that can be stored in a conversation, and
 * back. The parts are those that are sent to the API; an additional member has everything
 * else that is needed to restore the message.
 */
final class StoredMessages {

	private static final String MEMBER = "springAi";

	private StoredMessages() {
	}

	static Content write(Message message) {
		Map<String, @Nullable Object> member = new LinkedHashMap<>();
		member.put("type", message.getMessageType().name());
		Map<String, Object> metadata = jsonMetadata(message);
		if (!metadata.isEmpty()) {
			member.put("metadata", metadata);
		}
		if (message instanceof SystemMessage) {
			return content("system", List.of(Part.text(text(message))), Map.of(), member);
		}
		if (message instanceof ToolResponseMessage responses) {
			member.put("responses", responses.getResponses().stream().map((response) -> toMap(response)).toList());
			return content("user", List.of(), Map.of(), member);
		}
		if (message instanceof AssistantMessage assistant) {
			return write(assistant, member);
		}
		Content content = MessageWriter.toContent(message);
		return content("user", content.parts(), Map.of(), member);
	}

	private static Content write(AssistantMessage message, Map<String, @Nullable Object> member) {
		Content received = GeminiCometMetadata.content(message);
		Content content = (received != null) ? received : MessageWriter.toContent(message);
		if (received != null) {
			member.put("received", true);
		}
		if (!content.text().equals(message.getText())) {
			member.put("text", message.getText());
		}
		if (!message.getToolCalls().isEmpty()) {
			member.put("toolCalls", message.getToolCalls().stream().map((call) -> toMap(call)).toList());
		}
		if (!message.getMedia().isEmpty()) {
			member.put("media", true);
		}
		return content("model", content.parts(), content.additional(), member);
	}

	private static Content content(String role, List<Part> parts, Map<String, @Nullable Object> additional,
			Map<String, @Nullable Object> member) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>(additional);
		all.put(MEMBER, member);
		return new Content(role, parts, Map.of()).withAdditional(all);
	}

	private static String text(Message message) {
		return (message.getText() != null) ? message.getText() : "";
	}

	private static Map<String, Object> toMap(ToolCall call) {
		return Map.of("id", StringUtils.hasLength(call.id()) ? call.id() : "", "type", call.type(), "name", call.name(),
				"arguments", call.arguments());
	}

	private static Map<String, Object> toMap(ToolResponse response) {
		return Map.of("id", StringUtils.hasLength(response.id()) ? response.id() : "", "name", response.name(),
				"responseData", response.responseData());
	}

	// Values that are not JSON are only of use to the running application.
	private static Map<String, Object> jsonMetadata(Message message) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		message.getMetadata().forEach((name, value) -> {
			boolean isOwn = AbstractMessage.MESSAGE_TYPE.equals(name) || GeminiCometMetadata.CONTENT.equals(name);
			if (!isOwn && isJson(value)) {
				metadata.put(name, value);
			}
		});
		return metadata;
	}

	private static boolean isJson(@Nullable Object value) {
		if (value instanceof Map<?, ?> members) {
			return members.keySet().stream().allMatch(String.class::isInstance)
					&& members.values().stream().allMatch(StoredMessages::isJson);
		}
		if (value instanceof List<?> elements) {
			return elements.stream().allMatch(StoredMessages::isJson);
		}
		return value instanceof String || value instanceof Number || value instanceof Boolean;
	}

	static Message read(Content content) {
		Map<?, ?> member = (content.additional().get(MEMBER) instanceof Map<?, ?> map) ? map : Map.of();
		Map<String, Object> metadata = new HashMap<>();
		if (member.get("metadata") instanceof Map<?, ?> values) {
			values.forEach((name, value) -> metadata.put(String.valueOf(name), value));
		}
		return switch (type(member, content)) {
			case SYSTEM -> SystemMessage.builder().text(content.text()).metadata(metadata).build();
			case USER -> UserMessage.builder().text(content.text()).media(media(content)).metadata(metadata).build();
			case TOOL -> ToolResponseMessage.builder()
				.responses(elements(member, "responses").stream()
					.map((response) -> new ToolResponse(text(response, "id"), text(response, "name"),
							text(response, "responseData")))
					.toList())
				.metadata(metadata)
				.build();
			case ASSISTANT -> readAssistant(content, member, metadata);
		};
	}

	private static MessageType type(Map<?, ?> member, Content content) {
		if (member.get("type") instanceof String type) {
			return MessageType.valueOf(type);
		}
		return ("model".equals(content.role())) ? MessageType.ASSISTANT : MessageType.USER;
	}

	private static AssistantMessage readAssistant(Content content, Map<?, ?> member, Map<String, Object> metadata) {
		if (Boolean.TRUE.equals(member.get("received"))) {
			Map<String, @Nullable Object> additional = new LinkedHashMap<>(content.additional());
			additional.remove(MEMBER);
			metadata.put(GeminiCometMetadata.CONTENT, content.withAdditional(additional));
		}
		boolean hasText = member.containsKey("text");
		return AssistantMessage.builder()
			.content((!hasText) ? content.text() : (member.get("text") instanceof String text) ? text : null)
			.properties(metadata)
			.toolCalls(elements(member, "toolCalls").stream()
				.map((call) -> new ToolCall(text(call, "id"), text(call, "type"), text(call, "name"),
						text(call, "arguments")))
				.toList())
			.media((Boolean.TRUE.equals(member.get("media"))) ? media(content) : List.of())
			.build();
	}

	private static List<Map<?, ?>> elements(Map<?, ?> member, String name) {
		List<Map<?, ?>> elements = new ArrayList<>();
		if (member.get(name) instanceof List<?> list) {
			list.forEach((element) -> elements.add((Map<?, ?>) element));
		}
		return elements;
	}

	private static String text(Map<?, ?> element, String name) {
		return String.valueOf(element.get(name));
	}

	private static List<Media> media(Content content) {
		List<Media> media = new ArrayList<>();
		for (Part part : content.parts()) {
			FileData file = part.fileData();
			if (part.inlineData() != null && !part.isThought()) {
				media.add(new BlobMedia(part.inlineData()));
			}
			else if (file != null && file.fileUri() != null) {
				media.add(new Media((file.mimeType() != null) ? MimeTypeUtils.parseMimeType(file.mimeType())
						: MimeTypeUtils.APPLICATION_OCTET_STREAM, URI.create(file.fileUri())));
			}
		}
		return media;
	}

}
