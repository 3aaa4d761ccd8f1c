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

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.FunctionResponse;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.api.Part;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;

/**
 * Reads the messages of a request and checks them. Not thread-safe, to be used once.
 */
final class UiMessageReader {

	private static final String DATA = "data:";

	private static final String BASE64 = ";base64";

	private static final String APPROVED_OR_DENIED = "approval-responded";

	private final UiMessageRequest request;

	private final UiMessageLimits limits;

	private long textLength;

	private int files;

	UiMessageReader(UiMessageRequest request, UiMessageLimits limits) {
		this.request = request;
		this.limits = limits;
	}

	List<Content> contents() {
		List<UiMessage> messages = this.request.messages();
		if (messages.isEmpty()) {
			throw invalid("messages", "there is no message");
		}
		if (messages.size() > this.limits.maxMessages()) {
			throw tooLarge("messages", "there are more than %d messages".formatted(this.limits.maxMessages()));
		}
		List<Content> contents = new ArrayList<>();
		for (int i = 0; i < messages.size(); i++) {
			add(contents, messages.get(i).isUser(), parts(messages.get(i), "messages[%s]".formatted(i)));
		}
		if (!messages.get(messages.size() - 1).isUser()) {
			throw invalid("messages[%s].role".formatted(messages.size() - 1), "the last message must be of the user");
		}
		return contents;
	}

	// A response that was stopped early may have no text: its question and the next one
	// become one content.
	private static void add(List<Content> contents, boolean ofUser, List<Part> parts) {
		if (parts.isEmpty()) {
			return;
		}
		List<Part> all = new ArrayList<>();
		int last = contents.size() - 1;
		if (last >= 0 && ofUser == "user".equals(contents.get(last).role())) {
			all.addAll(contents.remove(last).parts());
		}
		all.addAll(parts);
		Part[] array = all.toArray(Part[]::new);
		contents.add((ofUser) ? Content.user(array) : Content.model(array));
	}

	List<Part> newParts() {
		int index = this.request.messages().size() - 1;
		UiMessage message = (index >= 0) ? this.request.messages().get(index) : null;
		if (this.request.isRegeneration() && (message == null || !message.isUser())) {
			throw invalid("messages", "a request for another response must end with the message of the user");
		}
		if (message == null) {
			throw invalid("messages", "there is no message");
		}
		String path = "messages[%s]".formatted(index);
		return (message.isAssistant()) ? toolResults(message, path) : parts(message, path);
	}

	private List<Part> parts(UiMessage message, String path) {
		if (!message.isUser() && !message.isAssistant()) {
			// Only the server gives instructions to the model
			throw invalid(path + ".role", "must be 'user' or 'assistant'");
		}
		List<Part> parts = new ArrayList<>();
		for (int i = 0; i < message.parts().size(); i++) {
			UiMessagePart part = message.parts().get(i);
			String place = "%s.parts[%s]".formatted(path, i);
			if (part.isOfType("text")) {
				addText(parts, part, place);
			}
			// Image models refuse their own images without the signatures, which only the
			// server has
			else if (message.isUser() && part.isOfType("file")) {
				addFile(parts, part, place);
			}
			else if (message.isUser() && !isData(part)) {
				throw invalid(place + ".type", "must be 'text', 'file' or 'data-*'");
			}
		}
		if (parts.isEmpty() && message.isUser()) {
			throw invalid(path + ".parts", "there is neither a text nor a file");
		}
		return parts;
	}

	private static boolean isData(UiMessagePart part) {
		return part.type() != null && part.type().startsWith("data-");
	}

	private void addText(List<Part> parts, UiMessagePart part, String path) {
		String text = part.text();
		if (!StringUtils.hasLength(text)) {
			return;
		}
		this.textLength += text.length();
		if (this.textLength > this.limits.maxTextLength()) {
			throw tooLarge(path + ".text",
					"the texts have more than %d characters".formatted(this.limits.maxTextLength()));
		}
		parts.add(Part.text(text));
	}

	private void addFile(List<Part> parts, UiMessagePart part, String path) {
		if (++this.files > this.limits.maxFiles()) {
			throw tooLarge(path, "there are more than %d files".formatted(this.limits.maxFiles()));
		}
		String url = part.url();
		if (url == null) {
			throw invalid(path + ".url", "is missing");
		}
		boolean isData = url.regionMatches(true, 0, DATA, 0, DATA.length());
		parts.add((isData) ? dataPart(part, url, path) : remotePart(part, url, path));
	}

	private Part dataPart(UiMessagePart part, String url, String path) {
		int comma = url.indexOf(',');
		String header = (comma > 0) ? url.substring(DATA.length(), comma) : "";
		if (!header.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
			throw invalid(path + ".url", "must be a data URL in base64");
		}
		MimeType type = checkedType(header.substring(0, header.length() - BASE64.length()), path + ".url");
		checkDeclaredType(part.mediaType(), type, path + ".mediaType");
		// Checked before the text is copied out of the URL
		long length = (url.length() - comma - 1L) / 4 * 3;
		if (length > this.limits.maxFileSize().toBytes()) {
			throw tooLarge(path + ".url", "the file has more than %s".formatted(this.limits.maxFileSize()));
		}
		String base64 = url.substring(comma + 1);
		if (base64.isEmpty() || !isBase64(base64)) {
			throw invalid(path + ".url", "is not base64");
		}
		return Part.inlineData(Blob.of(withoutParameters(type), MediaData.ofBase64(base64)));
	}

	private static boolean isBase64(String text) {
		int end = text.length();
		while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
			end--;
		}
		for (int i = 0; i < end; i++) {
			char character = text.charAt(i);
			boolean letter = character >= 'A' && character <= 'Z' || character >= 'a' && character <= 'z';
			if (!letter && !(character >= '0' && character <= '9') && character != '+' && character != '/') {
				return false;
			}
		}
		return end % 4 != 1 && text.length() % 4 == 0;
	}

	private Part remotePart(UiMessagePart part, String url, String path) {
		URI uri = parse(url);
		String host = (uri != null) ? uri.getHost() : null;
		boolean allowed = uri != null && host != null && "https".equalsIgnoreCase(uri.getScheme())
				&& uri.getUserInfo() == null && uri.getPort() == -1
				&& this.limits.fileHosts().contains(host.toLowerCase(Locale.ROOT));
		if (!allowed) {
			throw invalid(path + ".url", "must be a data URL or an address on one of the allowed hosts");
		}
		MimeType type = checkedType(String.valueOf(part.mediaType()), path + ".mediaType");
		return Part.fileData(withoutParameters(type), url);
	}

	private static @Nullable URI parse(String url) {
		try {
			return URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private MimeType checkedType(String text, String path) {
		MimeType type = parseType(text);
		if (type == null || !type.isConcrete()) {
			throw invalid(path, "has no media type");
		}
		boolean allowed = this.limits.mediaTypes()
			.stream()
			.anyMatch((pattern) -> MimeTypeUtils.parseMimeType(pattern).includes(type));
		if (!allowed) {
			throw invalid(path, "the media type must be one of " + String.join(", ", this.limits.mediaTypes()));
		}
		return type;
	}

	// The AI SDK also allows the first segment of a type alone
	private static void checkDeclaredType(@Nullable String text, MimeType actual, String path) {
		MimeType declared = (text != null) ? parseType((text.contains("/")) ? text : text + "/*") : actual;
		if (declared == null || !declared.includes(actual)) {
			throw invalid(path, "must be that of the data URL");
		}
	}

	private static @Nullable MimeType parseType(String text) {
		try {
			return MimeTypeUtils.parseMimeType(text);
		}
		catch (InvalidMimeTypeException ex) {
			return null;
		}
	}

	private static String withoutParameters(MimeType type) {
		return new MimeType(type.getType(), type.getSubtype()).toString();
	}

	private List<Part> toolResults(UiMessage message, String path) {
		List<Part> results = message.lastToolCalls()
			.stream()
			.filter((part) -> part.isInState(APPROVED_OR_DENIED) || isResultOfPage(part))
			.map((part) -> toolResult(part, path))
			.toList();
		if (results.isEmpty()) {
			throw invalid(path, "there is neither a message of the user nor the result of a tool");
		}
		return results;
	}

	// Results of server functions are not accepted from the page
	private boolean isResultOfPage(UiMessagePart part) {
		String name = part.nameOfTool();
		return (part.isInState("output-available") || part.isInState("output-error")) && name != null
				&& this.limits.pageTools().contains(name);
	}

	private Part toolResult(UiMessagePart part, String path) {
		String name = part.nameOfTool();
		if (!StringUtils.hasText(name)) {
			throw invalid(path + ".parts", "a tool has no name");
		}
		FunctionResponse.Builder response = FunctionResponse.builder()
			.id(UiToolCallIds.toWire(part.toolCallId()))
			.name(name);
		// A function response without a value lets the prompt run the function
		return Part.functionResponse(
				(part.isInState(APPROVED_OR_DENIED)) ? response.build() : response.response(response(part)).build());
	}

	private static Map<String, @Nullable Object> response(UiMessagePart part) {
		Map<String, @Nullable Object> response = new LinkedHashMap<>();
		if (part.isInState("output-error")) {
			response.put("error", (part.errorText() != null) ? part.errorText() : "The tool failed");
		}
		else if (part.output() instanceof Map<?, ?> members) {
			members.forEach((name, value) -> response.put(String.valueOf(name), value));
		}
		else {
			response.put("output", part.output());
		}
		return response;
	}

	private static InvalidUiMessageException invalid(String path, String problem) {
		return new InvalidUiMessageException(path, problem, HttpStatus.BAD_REQUEST);
	}

	private static InvalidUiMessageException tooLarge(String path, String problem) {
		return new InvalidUiMessageException(path, problem, HttpStatus.CONTENT_TOO_LARGE);
	}

}
