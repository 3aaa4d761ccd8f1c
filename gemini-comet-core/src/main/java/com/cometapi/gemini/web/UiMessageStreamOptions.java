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

import java.util.function.Function;

import com.cometapi.gemini.api.Blob;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.util.Assert;

/**
 * Options of one UI message stream. Immutable.
 */
public final class UiMessageStreamOptions {

	/**
	 * The default options: an id that the page creates, and media as data URLs.
	 */
	public static final UiMessageStreamOptions DEFAULTS = new UiMessageStreamOptions(null, UiMessageFormat::toDataUrl,
			null, null);

	private final @Nullable String messageId;

	private final Function<Blob, String> fileUrl;

	private final @Nullable Publisher<UiDataPart> data;

	private final @Nullable UiToolApprovals approvals;

	private UiMessageStreamOptions(@Nullable String messageId, Function<Blob, String> fileUrl,
			@Nullable Publisher<UiDataPart> data, @Nullable UiToolApprovals approvals) {
		this.messageId = messageId;
		this.fileUrl = fileUrl;
		this.data = data;
		this.approvals = approvals;
	}

	@Nullable String messageId() {
		return this.messageId;
	}

	Function<Blob, String> fileUrl() {
		return this.fileUrl;
	}

	@Nullable Publisher<UiDataPart> data() {
		return this.data;
	}

	@Nullable UiToolApprovals approvals() {
		return this.approvals;
	}

	/**
	 * Return a copy that gives the message an id.
	 * @param messageId the id of the message in the page
	 * @return the copy
	 */
	public UiMessageStreamOptions withMessageId(String messageId) {
		Assert.hasText(messageId, "'messageId' must not be empty");
		return new UiMessageStreamOptions(messageId, this.fileUrl, this.data, this.approvals);
	}

	/**
	 * Return a copy that sends the URL of a medium instead of its bytes.
	 * @param fileUrl returns the URL under which the page finds a medium of the response;
	 * must not block
	 * @return the copy
	 */
	public UiMessageStreamOptions withFileUrl(Function<Blob, String> fileUrl) {
		Assert.notNull(fileUrl, "'fileUrl' must not be null");
		return new UiMessageStreamOptions(this.messageId, fileUrl, this.data, this.approvals);
	}

	/**
	 * Return a copy that adds data of the application to the stream.
	 * @param data the data, sent as they arrive; cancelled when the responses end. If
	 * they fail, the stream fails after the last response
	 * @return the copy
	 */
	public UiMessageStreamOptions withData(Publisher<UiDataPart> data) {
		Assert.notNull(data, "'data' must not be null");
		return new UiMessageStreamOptions(this.messageId, this.fileUrl, data, this.approvals);
	}

	/**
	 * Return a copy that asks the user for the approvals that a prompt needs.
	 * @param approvals the approvals, which the prompt must have as well, by
	 * {@code functionApprovalAsync}
	 * @return the copy
	 */
	public UiMessageStreamOptions withApprovals(UiToolApprovals approvals) {
		Assert.notNull(approvals, "'approvals' must not be null");
		return new UiMessageStreamOptions(this.messageId, this.fileUrl, this.data, approvals);
	}

}
