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

package com.cometapi.gemini.prompt;

import java.util.List;
import java.util.Locale;

import com.cometapi.gemini.api.Content;
import com.cometapi.gemini.error.QuotedText;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The roles of contents: those of the API, and advice for those of other APIs.
 */
public final class ContentRoles {

	private static final String USER = "user";

	private static final String MODEL = "model";

	private ContentRoles() {
	}

	/**
	 * Complete the roles of contents that are to be sent: a content without a role is the
	 * user's.
	 * @param contents the contents
	 * @return the same contents, each with a role
	 * @throws IllegalArgumentException if the API does not know a role
	 */
	static List<Content> complete(List<Content> contents) {
		boolean complete = true;
		for (int i = 0; i < contents.size(); i++) {
			String role = contents.get(i).role();
			if (!USER.equals(role) && !MODEL.equals(role)) {
				complete = false;
				if (!isKnown(role)) {
					throw new IllegalArgumentException("contents[%s]: %s".formatted(i, refusal(role)));
				}
			}
		}
		return (complete) ? contents : contents.stream().map(ContentRoles::withRole).toList();
	}

	private static Content withRole(Content content) {
		return (StringUtils.hasText(content.role())) ? content
				: new Content(USER, content.parts(), content.additional());
	}

	/**
	 * Return whether the API knows a role.
	 * @param role the role, if any
	 * @return {@code true} if it does, or if there is none
	 */
	public static boolean isKnown(@Nullable String role) {
		return USER.equals(role) || MODEL.equals(role) || !StringUtils.hasText(role);
	}

	/**
	 * Describe why a role is refused.
	 * @param role the role
	 * @return a sentence that names the right one, if there is one
	 */
	public static String refusal(@Nullable String role) {
		return "The API does not know the role %s: %s".formatted(QuotedText.of(String.valueOf(role)),
				advice(String.valueOf(role)));
	}

	private static String advice(String role) {
		return switch (role.strip().toLowerCase(Locale.ROOT)) {
			case "assistant", "ai", "bot", MODEL -> "use 'model'";
			case "human", USER -> "use 'user'";
			case "function", "tool" -> "use 'user' for the results of functions";
			case "system", "developer" -> "set it as the system instruction of the prompt";
			default -> "use 'user' or 'model'";
		};
	}

}
