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

import java.util.List;
import java.util.Set;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Limits for the messages of a page that uses the AI SDK. Immutable.
 *
 * @param maxMessages the maximum number of messages
 * @param maxTextLength the maximum number of characters of all texts
 * @param maxFiles the maximum number of files in all messages
 * @param maxFileSize the maximum size of a file
 * @param mediaTypes the media types of files, with wildcards such as {@code image/*}
 * @param fileHosts the hosts whose files the endpoint of the model may fetch over HTTPS,
 * in lower case
 * @param pageTools the names of the tools that run in the page, whose results are
 * accepted
 */
public record UiMessageLimits(int maxMessages, int maxTextLength, int maxFiles, DataSize maxFileSize,
		List<String> mediaTypes, Set<String> fileHosts, Set<String> pageTools) {

	/**
	 * The default limits: 1,000 messages, a million characters, and 16 data URLs with
	 * images, audio, video, texts or PDF of up to 10 MB each; no other URLs and no
	 * results of tools.
	 */
	public static final UiMessageLimits DEFAULTS = new UiMessageLimits(1000, 1_000_000, 16, DataSize.ofMegabytes(10),
			List.of("image/*", "audio/*", "video/*", "text/*", "application/pdf"), Set.of(), Set.of());

	/**
	 * Create limits.
	 */
	public UiMessageLimits {
		Assert.isTrue(maxMessages > 0, "'maxMessages' must be positive");
		Assert.isTrue(maxTextLength > 0, "'maxTextLength' must be positive");
		Assert.isTrue(maxFiles >= 0, "'maxFiles' must not be negative");
		Assert.notNull(maxFileSize, "'maxFileSize' must not be null");
		mediaTypes = List.copyOf(mediaTypes);
		fileHosts = Set.copyOf(fileHosts);
		pageTools = Set.copyOf(pageTools);
	}

	/**
	 * Return a copy with other limits for the texts.
	 * @param maxMessages the maximum number of messages
	 * @param maxTextLength the maximum number of characters of all texts
	 * @return the copy
	 */
	public UiMessageLimits withTexts(int maxMessages, int maxTextLength) {
		return new UiMessageLimits(maxMessages, maxTextLength, this.maxFiles, this.maxFileSize, this.mediaTypes,
				this.fileHosts, this.pageTools);
	}

	/**
	 * Return a copy with other limits for the files.
	 * @param maxFiles the maximum number of files in all messages
	 * @param maxFileSize the maximum size of a file
	 * @param mediaTypes the media types, with wildcards such as {@code image/*}
	 * @return the copy
	 */
	public UiMessageLimits withFiles(int maxFiles, DataSize maxFileSize, String... mediaTypes) {
		return new UiMessageLimits(this.maxMessages, this.maxTextLength, maxFiles, maxFileSize, List.of(mediaTypes),
				this.fileHosts, this.pageTools);
	}

	/**
	 * Return a copy that accepts files by URL. The endpoint of the model fetches them,
	 * never this application.
	 * @param fileHosts the hosts, such as {@code files.example.com}
	 * @return the copy
	 */
	public UiMessageLimits withFileHosts(String... fileHosts) {
		return new UiMessageLimits(this.maxMessages, this.maxTextLength, this.maxFiles, this.maxFileSize,
				this.mediaTypes, Set.of(fileHosts), this.pageTools);
	}

	/**
	 * Return a copy that accepts the results of tools that run in the page. Since a page
	 * may invent results, no function of the server must be among the tools.
	 * @param pageTools the names of the tools
	 * @return the copy
	 */
	public UiMessageLimits withPageTools(String... pageTools) {
		return new UiMessageLimits(this.maxMessages, this.maxTextLength, this.maxFiles, this.maxFileSize,
				this.mediaTypes, this.fileHosts, Set.of(pageTools));
	}

}
