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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.api.Part;
import com.cometapi.gemini.function.GeminiFunctionCall;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;

/**
 * Request of {@code useChat} of the AI SDK, the {@code @RequestBody} of a handler method
 * in Spring MVC or Spring WebFlux. Everything in it comes from a browser and may be
 * invented; {@link #contents()} and {@link #newParts()} check what they return.
 *
 * @param id the id of the chat, created by the page
 * @param messages the messages of the chat; the last one is new or to be continued. A
 * page that sends only that one may name it {@code message}; with other messages, a
 * member of that name is one of the page's own
 * @param trigger {@code submit-message} or {@code regenerate-message}
 * @param messageId the id of the message to replace or to continue, or {@code null} for
 * none
 * @param body the members that the page has added to the request
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public record UiMessageRequest(@JsonProperty("id") @Nullable String id,
		@JsonProperty("messages") @JsonFormat(
				with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<UiMessage> messages,
		@JsonProperty("trigger") @Nullable String trigger, @JsonProperty("messageId") @Nullable String messageId,
		@JsonAnySetter Map<String, @Nullable Object> body) {

	private static final String ONLY_MESSAGE = "message";

	// The id of a conversation has neither control characters nor halves of surrogate
	// pairs
	private static final Pattern CHAT_ID = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{IsWhite_Space}]+");

	// Leaves room in the id of a conversation for a prefix, such as the name of the user
	private static final int MAX_CHAT_ID_LENGTH = 128;

	/**
	 * Create a request.
	 */
	public UiMessageRequest {
		messages = copyOf(messages);
		body = (body != null) ? Collections.unmodifiableMap(body) : Map.of();
		if (messages.isEmpty() && body.get(ONLY_MESSAGE) instanceof Map<?, ?> message) {
			messages = List.of(JsonMapper.shared().convertValue(message, UiMessage.class));
			body = without(body, ONLY_MESSAGE);
		}
	}

	private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> body, String name) {
		Map<String, @Nullable Object> others = new LinkedHashMap<>(body);
		others.remove(name);
		return Collections.unmodifiableMap(others);
	}

	// JSON may have null instead of a list or within one
	static <T> List<T> copyOf(@Nullable List<T> list) {
		return (list != null) ? list.stream().filter((element) -> element != null).toList() : List.of();
	}

	/**
	 * Return the id of the chat, checked. Anyone who knows the id can continue the chat.
	 * @return the id, with 1 to 128 characters, none of them white space or a control
	 * character
	 * @throws InvalidUiMessageException if the id is missing or not allowed
	 */
	public String chatId() {
		if (this.id == null || this.id.length() > MAX_CHAT_ID_LENGTH || !CHAT_ID.matcher(this.id).matches()) {
			throw new InvalidUiMessageException("id", "must have 1 to 128 visible characters", HttpStatus.BAD_REQUEST);
		}
		return this.id;
	}

	/**
	 * Return whether the page asks for a new response in place of an existing one. The
	 * request must then end with the message of the user.
	 * @return {@code true} if it does
	 */
	public boolean isRegeneration() {
		return "regenerate-message".equals(this.trigger);
	}

	/**
	 * Return all messages as the history of a prompt, within the
	 * {@linkplain UiMessageLimits#DEFAULTS default limits}.
	 * @return the contents, the last one of the user
	 * @throws InvalidUiMessageException if a message is not allowed
	 */
	public List<Content> contents() {
		return contents(UiMessageLimits.DEFAULTS);
	}

	/**
	 * Return all messages as the history of a prompt: the texts of both sides and the
	 * files of the user. Tool calls, reasoning and files of the assistant are left out,
	 * since the page may have invented them, and models require their signatures.
	 * @param limits the limits
	 * @return the contents, the last one of the user
	 * @throws InvalidUiMessageException if a message is not allowed
	 */
	public List<Content> contents(UiMessageLimits limits) {
		return new UiMessageReader(this, limits).contents();
	}

	/**
	 * Return the parts that are new in a chat whose history the server stores, within the
	 * {@linkplain UiMessageLimits#DEFAULTS default limits}.
	 * @return the parts
	 * @throws InvalidUiMessageException if the last message is not allowed
	 */
	public Part[] newParts() {
		return newParts(UiMessageLimits.DEFAULTS);
	}

	/**
	 * Return the parts that are new in a chat whose history the server stores: the texts
	 * and files of the last message, or, if it is one of the assistant, the results of
	 * {@linkplain UiMessageLimits#withPageTools tools of the page}, and function
	 * responses without a value for the calls that the user was asked to approve.
	 * @param limits the limits
	 * @return the parts
	 * @throws InvalidUiMessageException if the last message is not allowed
	 */
	public Part[] newParts(UiMessageLimits limits) {
		return new UiMessageReader(this, limits).newParts().toArray(Part[]::new);
	}

	/**
	 * Return the approvals of the user for a prompt and its stream.
	 * @param needsApproval decides whether the user has to approve a call; must not block
	 * @return the approvals, for this request only
	 */
	public UiToolApprovals approvals(Predicate<GeminiFunctionCall> needsApproval) {
		Assert.notNull(needsApproval, "'needsApproval' must not be null");
		UiMessage last = (this.messages.isEmpty()) ? null : this.messages.get(this.messages.size() - 1);
		return new UiToolApprovals((last != null && last.isAssistant()) ? last.lastToolCalls() : List.of(),
				needsApproval);
	}

}
