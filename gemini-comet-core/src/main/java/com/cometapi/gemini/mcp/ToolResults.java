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

package com.cometapi.gemini.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.cometapi.gemini.api.Blob;
import com.cometapi.gemini.api.MediaData;
import com.cometapi.gemini.function.GeminiFunctionException;
import com.cometapi.gemini.function.GeminiFunctionResult;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import org.jspecify.annotations.Nullable;

/**
 * Converts the results of tools to those of functions. Structured content replaces the
 * texts, which repeat it.
 */
final class ToolResults {

	private static final int MAX_ERROR = 4000;

	private final List<String> texts = new ArrayList<>();

	private final List<Map<String, Object>> resources = new ArrayList<>();

	private final List<Blob> media = new ArrayList<>();

	private ToolResults() {
	}

	/**
	 * Convert a result.
	 * @param result the result of a tool
	 * @return the result of a function
	 * @throws GeminiFunctionException if the tool reports an error
	 */
	static GeminiFunctionResult convert(CallToolResult result) {
		ToolResults results = new ToolResults();
		result.content().forEach(results::add);
		if (Boolean.TRUE.equals(result.isError())) {
			throw results.error(result.structuredContent());
		}
		return new GeminiFunctionResult(results.value(result.structuredContent()), results.media);
	}

	private void add(@Nullable Content content) {
		if (content instanceof TextContent text) {
			this.texts.add(text.text());
		}
		else if (content instanceof ImageContent image) {
			this.media.add(Blob.of(image.mimeType(), MediaData.ofBase64(image.data())));
		}
		else if (content instanceof AudioContent audio) {
			this.media.add(Blob.of(audio.mimeType(), MediaData.ofBase64(audio.data())));
		}
		else if (content instanceof ResourceLink link) {
			Map<String, Object> resource = describe(link.uri(), link.mimeType());
			put(resource, "name", link.name());
			put(resource, "title", link.title());
			put(resource, "description", link.description());
			this.resources.add(resource);
		}
		else if (content instanceof EmbeddedResource embedded) {
			addResource(embedded.resource());
		}
	}

	private void addResource(ResourceContents contents) {
		Map<String, Object> resource = describe(contents.uri(), contents.mimeType());
		if (contents instanceof TextResourceContents text) {
			put(resource, "text", text.text());
		}
		else if (contents instanceof BlobResourceContents blob) {
			String type = (blob.mimeType() != null) ? blob.mimeType() : "application/octet-stream";
			this.media.add(Blob.of(type, MediaData.ofBase64(blob.blob())));
		}
		this.resources.add(resource);
	}

	private static Map<String, Object> describe(@Nullable String uri, @Nullable String mimeType) {
		Map<String, Object> resource = new LinkedHashMap<>();
		put(resource, "uri", uri);
		put(resource, "mimeType", mimeType);
		return resource;
	}

	private static void put(Map<String, Object> resource, String name, @Nullable String value) {
		if (value != null) {
			resource.put(name, value);
		}
	}

	private @Nullable Object value(@Nullable Object structured) {
		if (this.resources.isEmpty()) {
			return (structured != null) ? structured : text();
		}
		Map<String, Object> value = new LinkedHashMap<>();
		Object output = (structured != null) ? structured : text();
		if (output != null) {
			value.put("output", output);
		}
		value.put("resources", this.resources);
		return value;
	}

	private @Nullable Object text() {
		return (this.texts.size() == 1) ? this.texts.get(0) : this.texts.isEmpty() ? null : this.texts;
	}

	private GeminiFunctionException error(@Nullable Object structured) {
		String text = this.texts.stream().collect(Collectors.joining("\n"));
		if (text.isBlank() && structured != null) {
			text = structured.toString();
		}
		return new GeminiFunctionException((text.isBlank()) ? "The tool failed" : shorten(text));
	}

	static String shorten(String text) {
		return (text.length() > MAX_ERROR) ? text.substring(0, MAX_ERROR) + "…" : text;
	}

}
