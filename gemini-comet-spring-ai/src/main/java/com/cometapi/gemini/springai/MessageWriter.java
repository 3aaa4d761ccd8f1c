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
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionCall;
import com.cometapi.gemini.api.FunctionDeclaration;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.prompt.FunctionProtocol;
import com.cometapi.gemini.prompt.PromptSpec;
import com.cometapi.gemini.schema.ToolSchemas;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.util.StringUtils;

/**
 * Writes messages and tool definitions of Spring AI into a prompt.
 */
final class MessageWriter {

	private static final Part EMPTY_PART = Part.builder().build();

	private static final String USER = "user";

	private static final String DATA_URL = "data:";

	private static final String BASE64 = ";base64,";

	private MessageWriter() {
	}

	static void writeMessages(List<Message> messages, PromptSpec prompt) {
		List<Content> contents = new ArrayList<>();
		for (Message message : messages) {
			if (!(message instanceof SystemMessage)) {
				add(toContent(message), contents);
			}
			else if (StringUtils.hasText(message.getText())) {
				prompt.system(message.getText());
			}
		}
		contents = withoutOpenCalls(contents);
		Content last = last(contents);
		if (last != null && USER.equals(last.role()) && !hasFunctionResponses(last)) {
			prompt.history(contents.subList(0, contents.size() - 1)).user(last.parts().toArray(Part[]::new));
		}
		else {
			prompt.history(contents);
		}
	}

	// The API rejects a function call without a result, which is missing if the response
	// was cut off or the function did not end.
	private static List<Content> withoutOpenCalls(List<Content> contents) {
		List<Content> result = new ArrayList<>();
		for (int i = 0; i < contents.size(); i++) {
			Content content = contents.get(i);
			boolean ended = i + 1 < contents.size() && !hasFunctionResponses(contents.get(i + 1));
			List<FunctionCall> open = (ended) ? FunctionProtocol.openCalls(content.parts()) : List.of();
			add((open.isEmpty()) ? content : withoutCalls(content, open), result);
		}
		return result;
	}

	private static Content withoutCalls(Content content, List<FunctionCall> calls) {
		return content.withParts(content.parts()
			.stream()
			.filter((part) -> part.functionCall() == null || !calls.contains(part.functionCall()))
			.toList());
	}

	private static void add(Content content, List<Content> contents) {
		// The API sends empty parts and contents, but refuses them.
		List<Part> parts = content.parts().stream().filter((part) -> !part.equals(EMPTY_PART)).toList();
		if (parts.stream().allMatch(Part::isEmpty)) {
			return;
		}
		Content last = last(contents);
		if (last != null && hasFunctionResponses(last) && hasFunctionResponses(content)) {
			// The results of all calls must be in one content.
			contents.set(contents.size() - 1,
					last.withParts(Stream.concat(last.parts().stream(), parts.stream()).toList()));
		}
		else {
			contents.add((parts.size() < content.parts().size()) ? content.withParts(parts) : content);
		}
	}

	private static @Nullable Content last(List<Content> contents) {
		return (contents.isEmpty()) ? null : contents.get(contents.size() - 1);
	}

	private static boolean hasFunctionResponses(Content content) {
		return content.parts().stream().anyMatch((part) -> part.functionResponse() != null)
				&& USER.equals(content.role());
	}

	static Content toContent(Message message) {
		if (message instanceof UserMessage user) {
			return Content.user(withMedia(user.getText(), user.getMedia()).toArray(Part[]::new));
		}
		if (message instanceof AssistantMessage assistant) {
			return toContent(assistant);
		}
		if (message instanceof ToolResponseMessage responses) {
			return Content.user(responses.getResponses().stream().map(MessageWriter::toPart).toArray(Part[]::new));
		}
		throw new IllegalArgumentException("Unknown type of message: " + message.getClass().getName());
	}

	private static List<Part> withMedia(@Nullable String text, List<Media> media) {
		List<Part> parts = new ArrayList<>();
		if (StringUtils.hasLength(text)) {
			parts.add(Part.text(text));
		}
		media.forEach((medium) -> parts.add(toPart(medium)));
		return parts;
	}

	private static Part toPart(Media medium) {
		if (medium instanceof BlobMedia received) {
			return Part.inlineData(received.blob());
		}
		String mimeType = medium.getMimeType().toString();
		Object data = medium.getData();
		if (data instanceof byte[] bytes) {
			return Part.inlineData(mimeType, bytes);
		}
		String address = data.toString();
		if (address.startsWith(DATA_URL)) {
			int start = address.indexOf(BASE64);
			if (start < 0) {
				throw new IllegalArgumentException("The medium must be base64: a 'data:' URL in another encoding");
			}
			return Part.inlineData(Blob.of(mimeType, MediaData.ofBase64(address.substring(start + BASE64.length()))));
		}
		if (!isAbsolute(address)) {
			// Spring AI also passes Base64 as text.
			return Part.inlineData(Blob.of(mimeType, MediaData.ofBase64(address)));
		}
		return Part.fileData(mimeType, address);
	}

	private static boolean isAbsolute(String address) {
		int colon = address.indexOf(':');
		return colon > 0 && colon < 20 && address.chars().limit(colon).allMatch(Character::isLetterOrDigit)
				&& URI.create(address.replace(' ', '+')).isAbsolute();
	}

	// What the model sent goes back unchanged, unless an advisor has changed the message.
	private static Content toContent(AssistantMessage message) {
		Content content = GeminiCometMetadata.content(message);
		if (content == null) {
			List<Part> parts = withMedia(message.getText(), message.getMedia());
			message.getToolCalls().forEach((call) -> parts.add(toPart(call)));
			return Content.model(parts.toArray(Part[]::new));
		}
		boolean sameText = Objects.equals(StringUtils.hasLength(message.getText()) ? message.getText() : "",
				content.text());
		boolean sameCalls = message.getToolCalls().isEmpty()
				|| message.getToolCalls().stream().allMatch((call) -> find(content.parts(), call) != null);
		return (sameText && sameCalls) ? content : rewrite(message, content);
	}

	private static Content rewrite(AssistantMessage message, Content content) {
		List<Part> parts = new ArrayList<>(withMedia(message.getText(), List.of()));
		content.parts()
			.stream()
			.filter((part) -> part.text() == null && part.functionCall() == null)
			.forEach(parts::add);
		List<Part> originals = new ArrayList<>(content.parts());
		for (ToolCall call : message.getToolCalls()) {
			Part original = find(originals, call);
			originals.remove(original);
			parts.add((original != null) ? original : toPart(call));
		}
		return content.withParts(parts);
	}

	private static @Nullable Part find(List<Part> parts, ToolCall call) {
		for (Part part : parts) {
			FunctionCall original = part.functionCall();
			if (original != null && toToolCall(original).equals(call)) {
				return part;
			}
		}
		return null;
	}

	private static Part toPart(ToolCall call) {
		return Part.functionCall(FunctionCall.builder()
			.id(emptyToNull(call.id()))
			.name(call.name())
			.args(JsonValues.readArguments(call.arguments()))
			.build());
	}

	static ToolCall toToolCall(FunctionCall call) {
		return new ToolCall((call.id() != null) ? call.id() : "", "function", (call.name() != null) ? call.name() : "",
				(call.args() != null) ? JsonValues.write(call.args()) : "{}");
	}

	private static Part toPart(ToolResponse response) {
		return Part.functionResponse(FunctionResponse.builder()
			.id(emptyToNull(response.id()))
			.name(response.name())
			.response(JsonValues.readResult(response.responseData()))
			.build());
	}

	// A model that sends no ids must not receive any.
	private static @Nullable String emptyToNull(@Nullable String id) {
		return StringUtils.hasLength(id) ? id : null;
	}

	static void writeTools(@Nullable List<ToolCallback> tools, PromptSpec prompt) {
		if (tools != null && !tools.isEmpty()) {
			prompt.functions(tools.stream()
				.map((tool) -> toDeclaration(tool.getToolDefinition()))
				.toArray(FunctionDeclaration[]::new));
		}
	}

	private static FunctionDeclaration toDeclaration(ToolDefinition tool) {
		return FunctionDeclaration.builder()
			.name(tool.name())
			.description(tool.description())
			.parametersJsonSchema(ToolSchemas.convert(JsonValues.readSchema(tool.inputSchema())))
			.build();
	}

}
